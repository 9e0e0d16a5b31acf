"""Talking about an idea."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Allowed, Decision, Denied
from ideas.enums import HIDDEN_STATUSES
from ideas.models import Idea
from ideas.permissions.common import Visitor, gone


def may_comment(user: Visitor, idea: Idea) -> Decision:
    decision = takes_comments(idea)
    if decision and not user.is_authenticated:
        return Denied(_("Sign in to comment. If you are new here, joining takes only an email address."))
    return decision


def takes_comments(idea: Idea) -> Decision:
    return gone(idea) if idea.status in HIDDEN_STATUSES else Allowed()


def may_answer(user: Visitor, idea: Idea) -> Decision:
    """Comment in the council's name."""
    if not user.has_perm("ideas.answer_officially"):
        return Denied(
            _("Only people who work for the council may answer officially. Leave a comment instead.")
        )
    return may_comment(user, idea)
