"""What people say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.kit.text import paragraphs
from ideas.enums import CommentSort, Stance
from ideas.models import Comment, Idea
from ideas.permissions import Visitor, may_edit_comment, may_take_back, takes_replies, wrote

type Row = dict[str, Any]


def comments_topic(idea: Idea) -> str:
    return f"idea_comments.{idea.pk}"


def author_name(comment: Comment) -> str:
    return str(comment.author) if comment.author else _("A resident")


def comment_rows(
    comments: Iterable[Comment],
    *,
    replies: Mapping[int, Sequence[Comment]] | None = None,
    visitor: Visitor | None = None,
    moderates: bool = False,
    open_to_replies: bool = False,
    at: datetime | None = None,
) -> list[Row]:
    """For the `comment` component: each comment with what the visitor may do to it, and the replies given for it."""
    below = replies or {}
    rows = []
    for comment in comments:
        mine = visitor is not None and wrote(visitor, comment)
        gone = _gone(comment, sees_held=mine or moderates)
        shown = below.get(comment.pk, ())
        sided = comment.has_stance and comment.stance != Stance.NEUTRAL
        rows.append(
            {
                "comment": comment,
                "author": author_name(comment),
                "body_html": "" if gone else paragraphs(comment.text),
                "gone": gone,
                "held": comment.held_at is not None and not gone,
                "stance": comment.stance if sided else "",
                "stance_words": comment.get_stance_display(),
                "mine": mine,
                "acts": _acts_on_what_is_gone(comment, mine=mine)
                if gone
                else _acts(
                    comment, visitor, mine=mine, moderates=moderates, open_to_replies=open_to_replies, at=at
                ),
                "replies": comment_rows(shown, visitor=visitor, moderates=moderates, at=at),
                "all_replies": _all_replies(comment, len(shown)),
            }
        )
    return rows


def sort_links(sort: str, *, url: str) -> list[dict[str, Any]]:
    return [
        {"text": each.label, "url": f"{url}?sort={each}#discussion", "current": each == sort}
        for each in CommentSort
    ]


def arrivals(count: int) -> str:
    """What a reader is told when others have written meanwhile; nothing of nothing."""
    if not count:
        return ""
    return ngettext("%(count)d new comment", "%(count)d new comments", count) % {"count": count}


def _gone(comment: Comment, *, sees_held: bool) -> str:
    """What stands in the place of words that are not shown."""
    if comment.removed_at is not None:
        return _("A moderator removed this comment on %(day)s. Reason: %(reason)s") % {
            "day": date_format(localtime(comment.removed_at), "j F Y"),
            "reason": comment.removed_reason,
        }
    if comment.taken_back_at is not None:
        return _("The person who wrote this comment took it back.")
    if comment.held_at is not None and not sees_held:
        return _("A moderator is looking at this comment before it is shown.")
    return ""


def _acts(
    comment: Comment,
    visitor: Visitor | None,
    *,
    mine: bool,
    moderates: bool,
    open_to_replies: bool,
    at: datetime | None,
) -> list[dict[str, str]]:
    """What the visitor may do to a comment, each as a link; `slot` says that the form opens below the comment."""
    if visitor is None:
        return []
    acts = []
    if open_to_replies and takes_replies(comment):
        acts.append(("reply", _("Reply"), True))
    if mine and at is not None and may_edit_comment(visitor, comment, at=at):
        acts.append(("edit_comment", _("Change"), True))
    if mine and may_take_back(visitor, comment):
        acts.append(("take_back_comment", _("Take back"), False))
    if not mine and not comment.official and comment.is_counted:
        acts.append(("flag_comment", _("Tell a moderator"), False))
    if moderates:
        acts.append(("remove_comment", _("Remove"), False))
    return [
        {"text": text, "url": reverse(f"ideas:{name}", args=[comment.pk]), "slot": "yes" if slot else ""}
        for name, text, slot in acts
    ]


def _acts_on_what_is_gone(comment: Comment, *, mine: bool) -> list[dict[str, str]]:
    """The author of a removed comment reads in full why, and may appeal."""
    if not mine or comment.removed_at is None:
        return []
    url = reverse("ideas:appeal_comment", args=[comment.pk])
    return [{"text": _("See why, and appeal"), "url": url, "slot": ""}]


def _all_replies(comment: Comment, shown: int) -> str:
    if comment.replies_count <= shown:
        return ""
    return ngettext("Show the reply", "Show all %(count)d replies", comment.replies_count) % {
        "count": comment.replies_count
    }
