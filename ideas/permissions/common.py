"""What the decisions share."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.kit.decisions import Denied
from ideas.enums import HIDDEN_STATUSES, IdeaStatus
from ideas.models import Idea

type Visitor = Account | AnonymousUser


def is_gone(idea: Idea) -> bool:
    """Whether not everybody can see it."""
    return idea.status in HIDDEN_STATUSES or idea.held_at is not None


def gone(idea: Idea) -> Denied:
    """Why not everybody can see it."""
    if idea.status == IdeaStatus.REMOVED:
        return Denied(
            _(
                "A moderator removed this idea. Its page says why. Look for a similar idea, or suggest another one."
            ),
            status=409,
        )
    if idea.status != IdeaStatus.WITHDRAWN and idea.held_at is not None:
        return Denied(
            _("A moderator is looking at this idea, so it stays as it is until then. Come back later."),
            status=409,
        )
    if idea.status == IdeaStatus.MERGED:
        return Denied(
            _(
                "This idea was joined with another one. Its address leads there: support and talk go on in one place."
            ),
            status=409,
        )
    return Denied(
        _("This idea was withdrawn by its author. Look for a similar idea, or suggest it yourself."),
        status=409,
    )
