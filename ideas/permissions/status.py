"""Where an idea stands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Allowed, Decision, Denied
from ideas.enums import IdeaStatus
from ideas.models import Idea
from ideas.permissions.common import Visitor


def may_change_status(user: Visitor, idea: Idea) -> Decision:
    if not user.has_perm("ideas.change_idea_status"):
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
    return Allowed()
