"""Talking about an idea."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from engage.audit.actions import record
from engage.kit.decisions import require
from engage.residents.models import Resident
from ideas.actions.common import COMMENT_LIMIT, SENT_TWICE, lock, move, words_of
from ideas.events import (
    IDEA_COMMENTED,
)
from ideas.models import Comment, Idea
from ideas.permissions import (
    may_answer,
    takes_comments,
)


@transaction.atomic
def comment_on_idea(
    *, idea: Idea, author: Resident, text: str, at: datetime, official: bool = False
) -> Comment:
    """Say something about an idea; `official` speaks for the council and needs the role for it.

    The same words sent twice in a row by the same person are one comment.
    """
    locked = lock(idea)
    require(may_answer(author.account or AnonymousUser(), locked) if official else takes_comments(locked))
    words = words_of(text, COMMENT_LIMIT, "text", _("Write your comment before you send it."))
    twin = Comment.objects.counted().filter(idea=locked, author=author, text=words, official=official)
    if sent := twin.filter(written_at__gt=at - SENT_TWICE).first():
        return sent
    comment = Comment.objects.create(idea=locked, author=author, text=words, official=official, written_at=at)
    move(idea, locked, comments_count=1)
    record(IDEA_COMMENTED, subject=locked, actor=author.account, at=at, comment=comment.pk, official=official)
    return comment
