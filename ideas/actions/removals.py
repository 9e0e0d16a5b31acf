"""Writing down that something was taken off the page, and that it came back.

For the verbs that do it, which hold the lock on the idea.
"""

from __future__ import annotations

from datetime import datetime

from engage.accounts.models import Account
from ideas.enums import FlagOutcome, FlagSource
from ideas.models import Comment, Flag, Idea, Removal


def note_removal(
    *,
    idea: Idea,
    comment: Comment | None = None,
    why: FlagSource | str = FlagSource.OTHER,
    reason: str,
    status_before: str = "",
    by: Account | None,
    at: datetime,
) -> Removal:
    """What was flagged is settled with it, and nothing waits any more."""
    if comment is None and idea.held_at is not None:
        idea.held_at = None
        idea.save(update_fields=["held_at"])
    settle_flags(idea, comment, outcome=FlagOutcome.REMOVED, by=by, at=at)
    return Removal.objects.create(
        idea=idea,
        comment=comment,
        why=why,
        reason=reason,
        status_before=status_before,
        removed_at=at,
        removed_by=by,
    )


def note_return(*, idea: Idea, comment: Comment | None = None, by: Account | None, at: datetime) -> None:
    removed = Removal.objects.filter(idea=idea, comment=comment, restored_at=None)
    removed.update(restored_at=at, restored_by=by)


def settle_flags(
    idea: Idea, comment: Comment | None, *, outcome: FlagOutcome, by: Account | None, at: datetime
) -> int:
    """How many were waiting."""
    waiting = Flag.objects.waiting().filter(idea=idea, comment=comment)
    return waiting.update(settled_at=at, settled_by=by, outcome=outcome)
