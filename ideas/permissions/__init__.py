"""Who may do what with ideas, and the sentence a person reads when they may not."""

from ideas.permissions.calls import call_allows, may_announce, may_keep_calls
from ideas.permissions.common import Visitor
from ideas.permissions.discuss import may_answer, may_comment, takes_comments
from ideas.permissions.moderate import may_remove_comment
from ideas.permissions.status import may_change_status
from ideas.permissions.suggest import (
    may_edit,
    may_enter_for_others,
    may_invite,
    may_suggest,
    may_withdraw,
)
from ideas.permissions.support import may_support, takes_support

GRANTS: dict[str, set[str]] = {
    "ideas.view_idea": {"councillor", "officer", "moderator", "editor", "auditor", "administrator"},
    "ideas.change_idea_status": {"officer", "moderator", "administrator"},
    "ideas.enter_for_resident": {"officer", "moderator", "administrator"},
    "ideas.answer_officially": {"councillor", "officer", "moderator", "administrator"},
    "ideas.remove_comment": {"moderator", "administrator"},
    "ideas.view_call": {"councillor", "officer", "moderator", "editor", "auditor", "administrator"},
    "ideas.add_call": {"officer", "editor", "administrator"},
    "ideas.change_call": {"officer", "editor", "administrator"},
}

__all__ = [
    "GRANTS",
    "Visitor",
    "call_allows",
    "may_announce",
    "may_answer",
    "may_change_status",
    "may_comment",
    "may_edit",
    "may_enter_for_others",
    "may_invite",
    "may_keep_calls",
    "may_remove_comment",
    "may_suggest",
    "may_support",
    "may_withdraw",
    "takes_comments",
    "takes_support",
]
