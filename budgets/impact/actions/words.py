"""Residents confirm or dispute what a group says it did."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from budgets.impact import events
from budgets.impact.actions.common import REFUSALS
from budgets.impact.enums import Says
from budgets.impact.models import Tally, Word
from budgets.models import Outcome
from engage.audit.actions import record
from engage.kit.refusals import writing
from engage.residents.models import Resident

COLUMNS = {Says.CONFIRM: "confirmed", Says.DISPUTE: "disputed"}
HAPPENED = {Says.CONFIRM: events.OUTCOME_CONFIRMED, Says.DISPUTE: events.OUTCOME_DISPUTED}


def say_of_outcome(
    *, outcome: Outcome, resident: Resident, says: str, doubt: str = "", at: datetime
) -> Tally:
    """One word for each resident and outcome; saying something else changes it, saying the same changes nothing."""
    with writing(REFUSALS):
        tally = _held(outcome)
        word = Word.objects.filter(outcome=outcome, resident=resident).first()
        if word is not None and (word.says, word.doubt) == (says, doubt):
            return tally
        before = word.says if word else None
        Word.objects.update_or_create(
            outcome=outcome, resident=resident, defaults={"says": says, "doubt": doubt, "said_at": at}
        )
        _count(tally, before, says)
        # Who said it is the resident's own: the record counts, and names nobody.
        record(HAPPENED[Says(says)], subject=outcome.award, actor=None, at=at, outcome=outcome.pk)
    return tally


@transaction.atomic
def take_back_word(*, outcome: Outcome, resident: Resident, at: datetime) -> Tally:
    """Where there was none, nothing changes."""
    tally = _held(outcome)
    word = Word.objects.filter(outcome=outcome, resident=resident).first()
    if word is not None:
        word.delete()
        _count(tally, word.says, None)
        record(events.OUTCOME_WORD_TAKEN_BACK, subject=outcome.award, actor=None, at=at, outcome=outcome.pk)
    return tally


def _held(outcome: Outcome) -> Tally:
    """The outcome's counters, made when nobody said anything yet; held so that words are counted one by one."""
    Tally.objects.bulk_create([Tally(outcome=outcome)], ignore_conflicts=True)
    return Tally.objects.select_for_update().get(outcome=outcome)


def _count(tally: Tally, before: str | None, after: str | None) -> None:
    moves = {}
    for says, step in ((before, -1), (after, +1)):
        if says is not None and before != after:
            moves[COLUMNS[Says(says)]] = F(COLUMNS[Says(says)]) + step
    if moves:
        Tally.objects.filter(pk=tally.pk).update(**moves)
        tally.refresh_from_db()
