"""What people say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from engage.kit.text import paragraphs
from ideas.models import Comment, Idea


def comments_topic(idea: Idea) -> str:
    return f"idea_comments.{idea.pk}"


def author_name(comment: Comment) -> str:
    return str(comment.author) if comment.author else _("A resident")


def comment_rows(comments: Iterable[Comment]) -> list[dict[str, Any]]:
    return [
        {
            "comment": comment,
            "author": author_name(comment),
            "body_html": paragraphs(comment.text) if comment.removed_at is None else "",
        }
        for comment in comments
    ]
