"""Where an idea stands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Allowed, Decision, Denied
from ideas.enums import IdeaStatus
from ideas.models import Idea
from ideas.permissions.common import Visitor
from ideas.rules.statuses import Who

ROLES = {"ideas.change_idea_status": Who.OFFICER, "ideas.moderate": Who.MODERATOR}


def acts_as(user: Visitor) -> set[Who]:
    """As whom this account changes statuses."""
    return {who for permission, who in ROLES.items() if user.has_perm(permission)}


def may_change_status(user: Visitor, idea: Idea) -> Decision:
    if not acts_as(user):
        return Denied(
            _(
                "Your account may not change the status of ideas."
                " Ask an administrator of this site for the officer or moderator role."
            )
        )
    if idea.status == IdeaStatus.WITHDRAWN:
        return Denied(
            _("The author withdrew this idea, so its status stays as it is. It may be suggested again."),
            status=409,
        )
    if idea.status == IdeaStatus.MERGED:
        return Denied(
            _("This idea is joined with another one. Take them apart first, under “Join”."), status=409
        )
    if idea.status == IdeaStatus.REMOVED and idea.merged_into_id is not None:
        return Denied(
            _(
                "This idea was joined with another one when it was removed, so it has no status of its own."
                " A moderator can put it back under “Moderation”, “Removed”."
            ),
            status=409,
        )
    return Allowed()
