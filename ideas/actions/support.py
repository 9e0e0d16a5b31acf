"""Being for an idea."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction

from engage.audit.actions import record
from engage.kit.decisions import require
from engage.residents.models import Resident
from ideas.actions.common import lock
from ideas.actions.merge import withdraw_below
from ideas.events import (
    IDEA_SUPPORT_WITHDRAWN,
    IDEA_SUPPORTED,
)
from ideas.models import Idea
from ideas.permissions import (
    takes_support,
)
from ideas.queries import supports, supports_used
from ideas.rules.limits import Used, one_more_support

# The row and the counter in one statement; no rows are updated when there was nothing to do.
_GIVE = """
    WITH given AS (
        INSERT INTO ideas_support (idea_id, resident_id, given_at) VALUES (%(idea)s, %(resident)s, %(at)s)
        ON CONFLICT ON CONSTRAINT support_once DO NOTHING RETURNING 1
    )
    UPDATE ideas_idea SET supports_count = supports_count + 1
    WHERE id = %(idea)s AND EXISTS (SELECT FROM given)
"""
_TAKE_BACK = """
    WITH taken AS (
        DELETE FROM ideas_support WHERE idea_id = %(idea)s AND resident_id = %(resident)s RETURNING 1
    )
    UPDATE ideas_idea SET supports_count = supports_count - 1
    WHERE id = %(idea)s AND EXISTS (SELECT FROM taken)
"""


@dataclass(frozen=True, slots=True)
class Pressed:
    """The idea as it is now, whether the resident supports it, and whether this press changed that.

    `used` is what they have used of the limit on supports that the idea's call may have.
    """

    idea: Idea
    supported: bool
    changed: bool
    used: Used


@transaction.atomic
def support_idea(*, idea: Idea, resident: Resident, at: datetime) -> Pressed:
    """Give support. A second time is no offence: nothing changes. `idea` may be no more than its number."""
    locked = lock(idea)
    require(takes_support(locked, at=at))
    used = _held_used(locked, resident)
    if used.full and not supports(resident, locked):
        require(one_more_support(used, title=locked.call.title if locked.call else ""))
    changed = _changed(_GIVE, locked, resident, at)
    if changed:
        record(IDEA_SUPPORTED, subject=locked, actor=resident.account, at=at)
    return _pressed(idea, locked, used, changed=changed, step=1)


@transaction.atomic
def withdraw_support(*, idea: Idea, resident: Resident, at: datetime) -> Pressed:
    """Take support back, as long as support counts. Where there was none, nothing changes."""
    locked = lock(idea)
    require(takes_support(locked, at=at))
    used = Used(0, None) if locked.call is None else supports_used(locked.call, resident)
    changed = _changed(_TAKE_BACK, locked, resident, at)
    if changed:
        withdraw_below(locked, resident)
        record(IDEA_SUPPORT_WITHDRAWN, subject=locked, actor=resident.account, at=at)
    return _pressed(idea, locked, used, changed=changed, step=-1)


def _held_used(idea: Idea, resident: Resident) -> Used:
    """Where there is a limit, holds the resident too, so that presses on several ideas at once are counted one after
    the other."""
    if idea.call is None or idea.call.supports_each is None:
        return Used(0, None)
    Resident.objects.select_for_update(no_key=True).only("pk").get(pk=resident.pk)
    return supports_used(idea.call, resident)


def _changed(statement: str, idea: Idea, resident: Resident, at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"idea": idea.pk, "resident": resident.pk, "at": at})
        return cursor.rowcount == 1


def _pressed(idea: Idea, locked: Idea, used: Used, *, changed: bool, step: int) -> Pressed:
    if changed:
        locked.supports_count += step
        used = replace(used, used=used.used + step)
    idea.supports_count = locked.supports_count
    return Pressed(idea=locked, supported=step > 0, changed=changed, used=used)
