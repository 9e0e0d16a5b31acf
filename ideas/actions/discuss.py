"""Talking about an idea."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, Words, require
from engage.residents.models import Resident
from ideas.actions.common import COMMENT_LIMIT, SENT_TWICE, lock, words_of
from ideas.actions.counters import count_comment
from ideas.actions.screening import Screened, screened
from ideas.enums import Stance
from ideas.events import IDEA_COMMENT_EDITED, IDEA_COMMENT_TAKEN_BACK, IDEA_COMMENTED
from ideas.models import Comment, Idea
from ideas.permissions import (
    may_answer,
    may_edit_comment,
    may_take_back,
    takes_comments,
    takes_replies,
)

NO_WORDS: Words = _("Write your comment before you send it.")


@transaction.atomic
def comment_on_idea(
    *,
    idea: Idea,
    author: Resident,
    text: str,
    at: datetime,
    official: bool = False,
    stance: str = Stance.NEUTRAL,
    parent: Comment | None = None,
) -> Comment:
    """Say something about an idea, or reply to a comment on it; `official` speaks for the council and needs the role.

    Replies and official answers take no side, whatever `stance` says. The same words sent twice in a row by the same
    person are one comment.
    """
    locked = lock(idea)
    require(may_answer(author.account or AnonymousUser(), locked) if official else takes_comments(locked))
    words = words_of(text, COMMENT_LIMIT, "text", NO_WORDS)
    above, sent = _above_and_sent(locked, parent, author, words, official=official, at=at)
    if above is not None:
        require(takes_replies(above))
    side = Stance.NEUTRAL if official or above else _stance(stance)
    if sent is not None:
        return sent
    looked_at = Screened() if official else screened(author=author, text=words, field="text", at=at)
    comment = Comment.objects.create(
        idea=locked,
        author=author,
        parent=above,
        text=words,
        stance=side,
        official=official,
        written_at=at,
        held_at=looked_at.held_at,
    )
    if comment.is_counted:
        count_comment(idea, locked, comment, 1)
    looked_at.raise_flags(idea=locked, comment=comment, at=at)
    record(IDEA_COMMENTED, subject=locked, actor=author.account, at=at, comment=comment.pk, official=official)
    return comment


@transaction.atomic
def edit_comment(*, comment: Comment, by: Resident, text: str, at: datetime, stance: str = "") -> Comment:
    """Put other words in place of one's own. The words before are kept nowhere: the page says that it was changed."""
    locked = lock(comment.idea)
    comment = _as_it_is(comment)
    require(takes_comments(locked))
    require(may_edit_comment(by.account or AnonymousUser(), comment, at=at))
    words = words_of(text, COMMENT_LIMIT, "text", NO_WORDS)
    side = _stance(stance or comment.stance) if comment.has_stance else Stance.NEUTRAL
    if (words, side) == (comment.text, comment.stance):
        return comment
    looked_at = screened(author=by, text=words, field="text", at=at)
    count_comment(locked, locked, comment, -1)
    comment.text, comment.stance, comment.edited_at, comment.held_at = words, side, at, looked_at.held_at
    comment.save(update_fields=["text", "stance", "edited_at", "held_at"])
    looked_at.raise_flags(idea=locked, comment=comment, at=at)
    if comment.is_counted:
        count_comment(locked, locked, comment, 1)
    record(IDEA_COMMENT_EDITED, subject=locked, actor=by.account, at=at, comment=comment.pk)
    return comment


@transaction.atomic
def take_back_comment(*, comment: Comment, by: Resident, at: datetime) -> Comment:
    """Erase one's own words for good, for moderators too. Replies stay, below a line that says what was here."""
    locked = lock(comment.idea)
    comment = _as_it_is(comment)
    require(may_take_back(by.account or AnonymousUser(), comment))
    if comment.is_counted:
        count_comment(locked, locked, comment, -1)
    comment.text, comment.taken_back_at = "", at
    comment.save(update_fields=["text", "taken_back_at"])
    record(IDEA_COMMENT_TAKEN_BACK, subject=locked, actor=by.account, at=at, comment=comment.pk)
    return comment


def _above_and_sent(
    idea: Idea, parent: Comment | None, author: Resident, words: str, *, official: bool, at: datetime
) -> tuple[Comment | None, Comment | None]:
    """The comment that is replied to, as it is now, and the same words if they were sent a moment ago. One query."""
    lately = {"written_at__gt": at - SENT_TWICE, "removed_at": None, "taken_back_at": None}
    sent = Q(author=author, parent=parent, text=words, official=official, **lately)
    either = sent if parent is None else sent | Q(pk=parent.pk)
    found = {each.pk: each for each in Comment.objects.filter(either, idea=idea)}
    above = None if parent is None else found.pop(parent.pk, None)
    if parent is not None and above is None:
        raise Comment.DoesNotExist
    twin = next(iter(found.values()), None)
    if twin is not None:
        twin.idea, twin.author = idea, author
    return above, twin


def _as_it_is(comment: Comment) -> Comment:
    """Asked again under the idea's lock, because it may have changed since the page was shown."""
    return Comment.objects.select_related("author").get(pk=comment.pk)


def _stance(given: str) -> Stance:
    if given not in Stance.values:
        raise Refused(
            Denied(
                _("Choose whether you are for the idea, against it or neither."), status=422, field="stance"
            )
        )
    return Stance(given)
