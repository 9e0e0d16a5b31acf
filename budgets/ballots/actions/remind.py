"""A ballot that nobody closes is not forgotten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from budgets.ballots import events
from budgets.ballots.actions.common import hold
from budgets.ballots.enums import Phase
from budgets.ballots.models import Ballot
from budgets.ballots.queries import phase_of
from engage.audit.actions import record
from engage.audit.models import Record


@transaction.atomic
def remind_to_close(*, ballot: Ballot, at: datetime) -> bool:
    """Once in each week since voting has ended. False when that was done, or it is closed."""
    held = hold(ballot)
    if phase_of(held, at) != Phase.ENDED or held.closes_at is None:
        return False
    week = (at - held.closes_at).days // 7
    if Record.objects.filter(event=events.BALLOT_LEFT_OPEN, subject_id=held.pk, data__week=week).exists():
        return False
    record(events.BALLOT_LEFT_OPEN, subject=held, actor=None, at=at, week=week)
    return True
