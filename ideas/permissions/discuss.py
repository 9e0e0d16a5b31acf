"""Talking about an idea. The rules in prose are docs/rules/discussion.md."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Allowed, Decision, Denied
from engage.kit.moments import end
from ideas.models import Comment, Idea
from ideas.permissions.common import Visitor, gone, is_gone

EDIT_WINDOW = timedelta(minutes=15)


def may_comment(user: Visitor, idea: Idea) -> Decision:
    decision = takes_comments(idea)
    if decision and not user.is_authenticated:
        return Denied(_("Sign in to comment. If you are new here, joining takes only an email address."))
    return decision


def takes_comments(idea: Idea) -> Decision:
    return gone(idea) if is_gone(idea) else Allowed()


def takes_replies(comment: Comment) -> Decision:
    """One level: a reply stands below a comment that everybody can read."""
    if comment.parent_id is not None:
        return Denied(
            _("Replies stand below the comment that began the talk. Reply to that comment instead."),
            status=422,
        )
    if not comment.is_counted:
        return Denied(
            _("This comment is no longer shown, so nobody can reply to it. Write a comment of your own."),
            status=409,
        )
    return Allowed()


def may_answer(user: Visitor, idea: Idea) -> Decision:
    """Comment in the council's name."""
    if not user.has_perm("ideas.answer_officially"):
        return Denied(
            _("Only people who work for the council may answer officially. Leave a comment instead.")
        )
    return may_comment(user, idea)


def may_edit_comment(user: Visitor, comment: Comment, *, at: datetime) -> Decision:
    """Its author, for a quarter of an hour and only until somebody has replied to these words."""
    if not wrote(user, comment):
        return Denied(_("Only the person who wrote a comment may change it. You can reply to it."))
    decision = _within_reach(comment)
    if not decision:
        return decision
    if comment.held_at is not None:
        return Denied(
            _("A moderator is looking at this comment, so its words stay as they are until then."), status=409
        )
    if comment.replies_count:
        return Denied(
            _(
                "Somebody has replied to this comment, so its words stay as they are."
                " Write a reply to add something."
            ),
            status=409,
        )
    if at >= comment.written_at + EDIT_WINDOW:
        return Denied(
            _("You could change this comment until %(when)s. Write another one to add something.")
            % {"when": end(comment.written_at + EDIT_WINDOW)},
            status=409,
        )
    return Allowed()


def may_take_back(user: Visitor, comment: Comment) -> Decision:
    """Its author, at any time; what the council said stays on record."""
    if not wrote(user, comment):
        return Denied(
            _("Only the person who wrote a comment may take it back. You can tell a moderator about it.")
        )
    if comment.official:
        return Denied(_("An official answer stays on record. Answer once more to put it right."), status=409)
    return _within_reach(comment)


def wrote(user: Visitor, comment: Comment) -> bool:
    author = comment.author
    return user.is_authenticated and author is not None and author.account_id == user.pk


def _within_reach(comment: Comment) -> Decision:
    if comment.removed_at is not None:
        return Denied(
            _("A moderator removed this comment. The reason stands in its place on the idea's page."),
            status=409,
        )
    if comment.taken_back_at is not None:
        return Denied(_("You have taken this comment back already. You can write another one."), status=409)
    return Allowed()
