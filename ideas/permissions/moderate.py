"""Telling moderators, what they may do, and objecting to it.

Everything here is about a thing: an idea, or one comment on it when `comment` is given.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Allowed, Decision, Denied
from engage.kit.moments import moment
from engage.residents.models import Resident
from ideas.enums import READABLE_STATUSES, IdeaStatus
from ideas.models import Appeal, Comment, Idea, Removal
from ideas.permissions.common import Visitor, gone

REMOVAL_APPEAL_DAYS = 30


def may_moderate(user: Visitor) -> Decision:
    if user.has_perm("ideas.moderate"):
        return Allowed()
    return Denied(
        _(
            "Your account may not moderate ideas and comments."
            " Ask an administrator of this site for the moderator role."
        )
    )


def may_see_held(user: Visitor, author_id: int | None) -> bool:
    """What waits for a moderator is seen by its author and by moderators."""
    resident = getattr(user, "resident", None)
    mine = resident is not None and resident.pk == author_id
    return mine or user.has_perm("ideas.moderate")


def is_moderated(idea: Idea) -> bool:
    """Whether it is hidden because of what it says, not because its author took it back or it leads elsewhere."""
    return idea.status == IdeaStatus.REMOVED or (
        idea.held_at is not None and idea.status in READABLE_STATUSES
    )


def may_flag(resident: Resident, idea: Idea, comment: Comment | None = None) -> Decision:
    if idea.status not in READABLE_STATUSES or idea.held_at is not None:
        return gone(idea)
    if comment is not None and not comment.is_counted:
        return Denied(_("Nobody sees this comment any more, so you need not report it."), status=409)
    if (comment or idea).author_id == resident.pk:
        return Denied(
            _("This is your own, so you cannot report it. You can change it, or take it back, on its page."),
            status=409,
        )
    return Allowed()


def may_remove_comment(user: Visitor, comment: Comment) -> Decision:
    if not (user.has_perm("ideas.remove_comment") or user.has_perm("ideas.moderate")):
        return Denied(
            _(
                "Your account may not remove comments. Ask an administrator of this site for the moderator role."
            )
        )
    return _removed_already() if comment.removed_at is not None else Allowed()


def may_remove_idea(user: Visitor, idea: Idea) -> Decision:
    decision = may_moderate(user)
    if not decision:
        return decision
    if idea.status == IdeaStatus.REMOVED:
        return Denied(_("This idea has been removed already. Nothing was changed."), status=409)
    if idea.status not in READABLE_STATUSES:
        return Denied(_("Nobody sees this idea any more, so there is nothing to remove."), status=409)
    return Allowed()


def may_hold(user: Visitor, idea: Idea, comment: Comment | None = None) -> Decision:
    """Hide until it is decided."""
    decision = may_moderate(user)
    if not decision:
        return decision
    thing = comment or idea
    if thing.held_at is not None:
        return Denied(_("This is held back already. Nothing was changed."), status=409)
    hidden = idea.status not in READABLE_STATUSES if comment is None else not comment.is_counted
    if hidden:
        return Denied(_("Nobody sees this any more, so there is nothing to hold back."), status=409)
    return Allowed()


def may_release(user: Visitor, idea: Idea, comment: Comment | None = None) -> Decision:
    decision = may_moderate(user)
    if decision and (comment or idea).held_at is None:
        return Denied(_("This is not held back. Nothing was changed."), status=409)
    return decision


def may_restore(user: Visitor, removal: Removal) -> Decision:
    decision = may_moderate(user)
    if decision and removal.restored_at is not None:
        return Denied(_("Somebody has put this back already. Nothing was changed."), status=409)
    return decision


def wrote_thing(user: Visitor, thing: Idea | Comment) -> Decision:
    """What concerns the author alone: why something was removed in full, the appeal, and the answer."""
    author = thing.author
    if user.is_authenticated and author is not None and author.account_id == user.pk:
        return Allowed()
    return Denied(
        _("Only the person who wrote this may appeal. If you think it was right, write to the council.")
    )


def may_appeal_removal(user: Visitor, removal: Removal, *, at: datetime) -> Decision:
    """Its author, once, and not for ever."""
    decision = wrote_thing(user, removal.comment or removal.idea)
    if not decision:
        return decision
    if removal.restored_at is not None:
        return Denied(_("This has been put back, so there is nothing to appeal against."), status=409)
    until = removal_appeal_until(removal)
    if at >= until:
        return Denied(
            _("The time to appeal ended at %(when)s. You can write to the council if you have new reasons.")
            % {"when": moment(until)},
            status=409,
        )
    return Allowed()


def removal_appeal_until(removal: Removal) -> datetime:
    return removal.removed_at + timedelta(days=REMOVAL_APPEAL_DAYS)


def may_decide_removal_appeal(user: Visitor, appeal: Appeal, removal: Removal | None) -> Decision:
    """Somebody other than who removed it. `removal` is the last one of the thing."""
    decision = may_moderate(user)
    if not decision:
        return decision
    if appeal.decided_at is not None:
        return Denied(_("Somebody has decided about this appeal already. Nothing was changed."), status=409)
    if removal is not None and removal.removed_by_id == user.pk:
        return Denied(
            _(
                "You removed this yourself, so somebody else must decide about the appeal."
                " Ask another moderator to do it."
            )
        )
    return Allowed()


def _removed_already() -> Denied:
    return Denied(_("This comment has been removed already."), status=409)
