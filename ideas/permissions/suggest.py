"""A new idea."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Allowed, Decision, Denied
from ideas.enums import ENDED_STATUSES, IdeaStatus
from ideas.models import Idea
from ideas.permissions.common import Visitor, gone


def may_withdraw(user: Visitor, idea: Idea) -> Decision:
    """Only the author, and only until something was decided."""
    if not user.is_authenticated or idea.author is None or idea.author.account_id != user.pk:
        return Denied(
            _("Only the person who suggested an idea may withdraw it. Leave a comment to say what you think.")
        )
    if idea.status == IdeaStatus.WITHDRAWN:
        return Denied(_("You have already withdrawn this idea. You can suggest it again."), status=409)
    if idea.status == IdeaStatus.REMOVED:
        return gone(idea)
    if idea.status in ENDED_STATUSES:
        return Denied(
            _(
                "This idea has been decided (“%(status)s”), so it stays on record. Leave a comment to add something."
            )
            % {"status": idea.get_status_display()},
            status=409,
        )
    return Allowed()
