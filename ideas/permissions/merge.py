"""Making one of two ideas that say the same, and taking them apart again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Allowed, Decision, Denied
from ideas.enums import ENDED_STATUSES, IdeaStatus
from ideas.models import Idea, Merge
from ideas.permissions.common import Visitor


def may_merge(user: Visitor) -> Decision:
    if user.has_perm("ideas.merge_ideas"):
        return Allowed()
    return Denied(
        _(
            "Your account may not join ideas."
            " Ask an administrator of this site for the officer or moderator role."
        )
    )


def can_be_joined(*, kept: Idea, merged: Idea) -> Decision:
    """Whether these two, as they are now, can become one."""
    if kept.pk == merged.pk:
        return Denied(
            _("An idea cannot be joined with itself. Choose another one."), status=422, field="kept"
        )
    for idea in (merged, kept):
        if idea.held_at is not None:
            return _unfit(_("“%(idea)s” waits for a moderator. Let it be decided first."), idea)
        if idea.status == IdeaStatus.MERGED:
            return _unfit(_("“%(idea)s” is joined with another idea already. Choose that one instead."), idea)
        if idea.status in ENDED_STATUSES:
            return _unfit(
                _(
                    "“%(idea)s” has been decided, so its support no longer changes."
                    " Answer the other idea instead, and say what was decided here."
                ),
                idea,
            )
        if idea.status in {IdeaStatus.WITHDRAWN, IdeaStatus.REMOVED}:
            return _unfit(_("“%(idea)s” is no longer shown. Choose another one."), idea)
    return Allowed()


def can_be_undone(merge: Merge, *, top: Idea) -> Decision:
    """Whether a joining, whose supports have reached the idea `top` by now, can be taken apart."""
    if merge.undone_at is not None:
        return Denied(_("These ideas have been taken apart already."), status=409)
    if merge.merged.status == IdeaStatus.REMOVED:
        return Denied(
            _(
                "A moderator removed “%(idea)s”, so it cannot be an idea of its own."
                " Ask a moderator to put it back first, under “Moderation”, “Removed”."
            )
            % {"idea": merge.merged.title},
            status=409,
        )
    if top.status in ENDED_STATUSES:
        return Denied(
            _(
                "“%(idea)s” has been decided (“%(status)s”) with the support of both,"
                " so they stay together. Put it back to “Being looked at” first if that was a mistake."
            )
            % {"idea": top.title, "status": top.get_status_display()},
            status=409,
        )
    return Allowed()


def _unfit(sentence: object, idea: Idea) -> Denied:
    return Denied(str(sentence) % {"idea": idea.title}, status=409, field="kept")
