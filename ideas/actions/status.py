"""Where an idea stands, and why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from ideas.actions.common import REASON_LIMIT, lock, words_of
from ideas.actions.removals import note_removal, note_return
from ideas.enums import IdeaStatus
from ideas.events import IDEA_STATUS_CHANGED
from ideas.models import Idea, StatusChange
from ideas.permissions import acts_as, may_change_status
from ideas.rules.statuses import may_follow


@transaction.atomic
def change_status(
    *, idea: Idea, status: IdeaStatus | str, reason: str, by: Account, at: datetime
) -> StatusChange:
    """Move an idea to a status that may follow, with the reason that the public reads.

    Which may follow which, and by whom, is the table in `rules/statuses.py`.
    """
    locked = lock(idea)
    require(may_change_status(by, locked))
    if status not in IdeaStatus.values:
        raise Refused(
            Denied(_("There is no such status. Choose another status."), status=422, field="status")
        )
    if status == locked.status:
        raise Refused(
            Denied(
                _("The idea already has the status “%(status)s”. Choose another one, or leave a comment.")
                % {"status": locked.get_status_display()},
                status=422,
                field="status",
            )
        )
    require(may_follow(locked.status, IdeaStatus(status), acts_as(by)))
    words = words_of(
        reason, REASON_LIMIT, "reason", _("Give the reason. Everyone can read it on the idea's page.")
    )
    return set_status(idea, locked, IdeaStatus(status), words, actor=by, at=at)


@transaction.atomic
def settle_by_vote(
    *, idea: Idea, funded: bool, reason: str, by: Account | None, at: datetime
) -> StatusChange | None:
    """The result of the vote that an idea went to is public: it goes ahead, or not.

    None when it does not wait for a vote, because somebody has moved it on since.
    """
    locked = lock(idea)
    if locked.status != IdeaStatus.BALLOT:
        return None
    after = IdeaStatus.ACCEPTED if funded else IdeaStatus.DECLINED
    return set_status(idea, locked, after, reason, actor=by, at=at, by_vote=True)


def set_status(
    idea: Idea,
    locked: Idea,
    status: IdeaStatus,
    reason: str,
    *,
    actor: Account | None,
    at: datetime,
    **data: bool,
) -> StatusChange:
    """For verbs that have decided that the status moves. A joined idea has been told already where it leads."""
    before = locked.status
    locked.status = idea.status = status
    locked.save(update_fields=["status", "merged_into"])
    change = StatusChange.objects.create(idea=locked, status=status, reason=reason, changed_at=at)
    moved = {"before": str(before), "after": str(status), **data}
    record(IDEA_STATUS_CHANGED, subject=locked, actor=actor, at=at, **moved)
    if status == IdeaStatus.REMOVED:
        note_removal(idea=locked, reason=reason, status_before=before, by=actor, at=at)
    elif before == IdeaStatus.REMOVED:
        note_return(idea=locked, by=actor, at=at)
    return change
