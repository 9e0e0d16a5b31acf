"""What the decisions share."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.kit.decisions import Denied
from ideas.enums import IdeaStatus
from ideas.models import Idea

type Visitor = Account | AnonymousUser


def gone(idea: Idea) -> Denied:
    if idea.status == IdeaStatus.REMOVED:
        return Denied(
            _(
                "A moderator removed this idea. Its page says why. Look for a similar idea, or suggest another one."
            ),
            status=409,
        )
    return Denied(
        _("This idea was withdrawn by its author. Look for a similar idea, or suggest it yourself."),
        status=409,
    )
