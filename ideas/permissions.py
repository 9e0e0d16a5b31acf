"""Who may do what with ideas, and the sentence a person reads when they may not."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.kit.decisions import Allowed, Decision, Denied
from engage.kit.moments import end, moment
from ideas.enums import ENDED_STATUSES, HIDDEN_STATUSES, OPEN_STATUSES, IdeaStatus
from ideas.models import Call, Comment, Idea

type Visitor = Account | AnonymousUser

GRANTS: dict[str, set[str]] = {
    "ideas.view_idea": {"councillor", "officer", "moderator", "editor", "auditor", "administrator"},
    "ideas.change_idea_status": {"officer", "moderator", "administrator"},
    "ideas.answer_officially": {"councillor", "officer", "moderator", "administrator"},
    "ideas.remove_comment": {"moderator", "administrator"},
    "ideas.view_call": {"councillor", "officer", "moderator", "editor", "auditor", "administrator"},
    "ideas.add_call": {"officer", "editor", "administrator"},
    "ideas.change_call": {"officer", "editor", "administrator"},
}


def may_keep_calls(user: Visitor) -> Decision:
    if user.has_perm("ideas.change_call"):
        return Allowed()
    return Denied(
        _(
            "Your account may not set up calls for ideas. Ask an administrator of this site for the officer role."
        )
    )


def call_is_open(call: Call, *, at: datetime) -> Decision:
    if at < call.opens_at:
        return Denied(
            _("“%(call)s” opens at %(when)s. Come back then, or suggest your idea now without this call.")
            % {"call": call.title, "when": moment(call.opens_at)},
            status=409,
            field="call",
        )
    if at >= call.closes_at:
        return Denied(
            _(
                "“%(call)s” closed at %(when)s, so it takes no more ideas."
                " You can still suggest your idea without this call."
            )
            % {"call": call.title, "when": end(call.closes_at)},
            status=409,
            field="call",
        )
    return Allowed()


def may_support(user: Visitor, idea: Idea) -> Decision:
    """Give support or take it back. A second support is no offence: the verb answers that nothing changed."""
    decision = takes_support(idea)
    if decision and not user.is_authenticated:
        return Denied(
            _("Sign in to support this idea. If you are new here, joining takes only an email address.")
        )
    return decision


def takes_support(idea: Idea) -> Decision:
    """Once an idea is decided, its number stays what the decision was made on."""
    if idea.status in OPEN_STATUSES:
        return Allowed()
    if idea.status in HIDDEN_STATUSES:
        return _gone(idea)
    return Denied(
        _(
            "This idea has been decided (“%(status)s”), so its support no longer changes."
            " You can still comment on it."
        )
        % {"status": idea.get_status_display()},
        status=409,
    )


def may_comment(user: Visitor, idea: Idea) -> Decision:
    decision = takes_comments(idea)
    if decision and not user.is_authenticated:
        return Denied(_("Sign in to comment. If you are new here, joining takes only an email address."))
    return decision


def takes_comments(idea: Idea) -> Decision:
    return _gone(idea) if idea.status in HIDDEN_STATUSES else Allowed()


def may_answer(user: Visitor, idea: Idea) -> Decision:
    """Comment in the council's name."""
    if not user.has_perm("ideas.answer_officially"):
        return Denied(
            _("Only people who work for the council may answer officially. Leave a comment instead.")
        )
    return may_comment(user, idea)


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


def may_withdraw(user: Visitor, idea: Idea) -> Decision:
    """Only the author, and only until something was decided."""
    if not user.is_authenticated or idea.author is None or idea.author.account_id != user.pk:
        return Denied(
            _("Only the person who suggested an idea may withdraw it. Leave a comment to say what you think.")
        )
    if idea.status == IdeaStatus.WITHDRAWN:
        return Denied(_("You have already withdrawn this idea. You can suggest it again."), status=409)
    if idea.status == IdeaStatus.REMOVED:
        return _gone(idea)
    if idea.status in ENDED_STATUSES:
        return Denied(
            _(
                "This idea has been decided (“%(status)s”), so it stays on record. Leave a comment to add something."
            )
            % {"status": idea.get_status_display()},
            status=409,
        )
    return Allowed()


def _gone(idea: Idea) -> Denied:
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
