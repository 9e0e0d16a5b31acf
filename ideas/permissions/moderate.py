"""Taking away what breaks the rules."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Allowed, Decision, Denied
from ideas.models import Comment
from ideas.permissions.common import Visitor


def may_remove_comment(user: Visitor, comment: Comment) -> Decision:
    if not user.has_perm("ideas.remove_comment"):
        return Denied(
            _(
                "Your account may not remove comments. Ask an administrator of this site for the moderator role."
            )
        )
    if comment.removed_at is not None:
        return Denied(_("This comment has been removed already."), status=409)
    return Allowed()
