"""Being for an idea."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Decision, Denied
from ideas.enums import OPEN_STATUSES
from ideas.models import Idea
from ideas.permissions.calls import call_allows
from ideas.permissions.common import Visitor, gone, is_gone
from ideas.rules.phases import Act


def may_support(user: Visitor, idea: Idea, *, at: datetime) -> Decision:
    """Give support or take it back. A second support is no offence: the verb answers that nothing changed."""
    decision = takes_support(idea, at=at)
    if decision and not user.is_authenticated:
        return Denied(
            _("Sign in to support this idea. If you are new here, joining takes only an email address.")
        )
    return decision


def takes_support(idea: Idea, *, at: datetime) -> Decision:
    """In its call's time for it. Once an idea is decided, its number stays what the decision was made on."""
    if is_gone(idea):
        return gone(idea)
    if idea.status in OPEN_STATUSES:
        return call_allows(idea.call, Act.SUPPORT, at=at)
    return Denied(
        _(
            "This idea has been decided (“%(status)s”), so its support no longer changes."
            " You can still comment on it."
        )
        % {"status": idea.get_status_display()},
        status=409,
    )
