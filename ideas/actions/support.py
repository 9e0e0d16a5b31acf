"""Being for an idea."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from engage.audit.actions import record
from engage.kit.decisions import require
from engage.residents.models import Resident
from ideas.actions.common import lock, move
from ideas.events import (
    IDEA_SUPPORT_WITHDRAWN,
    IDEA_SUPPORTED,
)
from ideas.models import Call, Idea, Support
from ideas.permissions import (
    takes_support,
)
from ideas.queries import supports, supports_used
from ideas.rules.limits import one_more_support


@transaction.atomic
def support_idea(*, idea: Idea, resident: Resident, at: datetime) -> bool:
    """True when this gave support, False when the resident supported the idea already."""
    locked = lock(idea)
    require(takes_support(locked, at=at))
    if locked.call is not None and locked.call.supports_each is not None:
        _keep_within_limit(locked, locked.call, resident)
    if not _insert_support(locked, resident, at):
        return False
    move(idea, locked, supports_count=1)
    record(IDEA_SUPPORTED, subject=locked, actor=resident.account, at=at)
    return True


@transaction.atomic
def withdraw_support(*, idea: Idea, resident: Resident, at: datetime) -> bool:
    """True when support was taken back, False when there was none."""
    locked = lock(idea)
    require(takes_support(locked, at=at))
    deleted, _rows = Support.objects.filter(idea=locked, resident=resident).delete()
    if not deleted:
        return False
    move(idea, locked, supports_count=-1)
    record(IDEA_SUPPORT_WITHDRAWN, subject=locked, actor=resident.account, at=at)
    return True


def _keep_within_limit(idea: Idea, call: Call, resident: Resident) -> None:
    """Holds the resident, so that presses on several ideas at once are counted one after the other."""
    Resident.objects.select_for_update(no_key=True).get(pk=resident.pk)
    used = supports_used(call, resident)
    if used.full and not supports(resident, idea):
        require(one_more_support(used, title=call.title))


def _insert_support(idea: Idea, resident: Resident, at: datetime) -> bool:
    """One statement that asks and writes; the ORM's own way to skip a conflict does not say whether it did."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ideas_support (idea_id, resident_id, given_at) VALUES (%s, %s, %s)"
            " ON CONFLICT ON CONSTRAINT support_once DO NOTHING",
            [idea.pk, resident.pk, at],
        )
        return cursor.rowcount == 1
