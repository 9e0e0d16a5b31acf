"""The verbs of ideas: lock → decide → write → record.

Whoever changes what an idea counts holds the lock on that idea's row, so `supports_count` and `comments_count`
are right however many people press at once. Times are parameters; every refusal is a `Refused` with its sentence.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, Words, require
from engage.kit.models import Theme
from engage.kit.text import in_reading_order, is_visible
from engage.places.models import Place
from engage.places.queries import place_at
from engage.residents.models import Resident
from ideas.enums import COUNCIL_STATUSES, IdeaStatus
from ideas.events import (
    CALL_SAVED,
    IDEA_COMMENT_REMOVED,
    IDEA_COMMENTED,
    IDEA_STATUS_CHANGED,
    IDEA_SUGGESTED,
    IDEA_SUPPORT_WITHDRAWN,
    IDEA_SUPPORTED,
)
from ideas.models import Call, Comment, Idea, StatusChange, Support
from ideas.permissions import (
    call_is_open,
    may_answer,
    may_change_status,
    may_keep_calls,
    may_remove_comment,
    may_withdraw,
    takes_comments,
    takes_support,
)

TITLE_LIMIT = 100
DESCRIPTION_LIMIT = 4000
COMMENT_LIMIT = 2000
REASON_LIMIT = 2000
REMOVAL_LIMIT = 300
SENT_TWICE = timedelta(minutes=10)


@transaction.atomic
def suggest_idea(
    *,
    author: Resident,
    title: str,
    description: str,
    at: datetime,
    place: Place | None = None,
    theme: Theme | None = None,
    call: Call | None = None,
    pin: tuple[float, float] | None = None,
) -> Idea:
    """A new idea, gathering support from now. `pin` is (latitude, longitude) in degrees; it decides the place.

    Refused when the call is not open, the words are missing or too long, or the idea would lie nowhere.
    Sent twice in a row by the same person, it is one idea: the first is the answer to both.
    """
    Resident.objects.select_for_update(no_key=True).get(pk=author.pk)
    title = _words(title, TITLE_LIMIT, "title", _("Give your idea a title."))
    description = _words(description, DESCRIPTION_LIMIT, "description", _("Say what your idea is."))
    twin = Idea.objects.public().filter(author=author, title=title, description=description)
    if sent := twin.filter(suggested_at__gt=at - SENT_TWICE).first():
        return sent
    if call is not None:
        require(call_is_open(call, at=at))
    idea = Idea.objects.create(
        author=author,
        title=title,
        description=description,
        place=_place(place, pin),
        theme=theme,
        call=call,
        latitude=pin[0] if pin else None,
        longitude=pin[1] if pin else None,
        suggested_at=at,
    )
    record(IDEA_SUGGESTED, subject=idea, actor=author.account, at=at)
    return idea


@transaction.atomic
def support_idea(*, idea: Idea, resident: Resident, at: datetime) -> bool:
    """True when this gave support, False when the resident supported the idea already."""
    locked = _lock(idea)
    require(takes_support(locked))
    if not _insert_support(locked, resident, at):
        return False
    _move(idea, locked, supports_count=1)
    record(IDEA_SUPPORTED, subject=locked, actor=resident.account, at=at)
    return True


@transaction.atomic
def withdraw_support(*, idea: Idea, resident: Resident, at: datetime) -> bool:
    """True when support was taken back, False when there was none."""
    locked = _lock(idea)
    require(takes_support(locked))
    deleted, _rows = Support.objects.filter(idea=locked, resident=resident).delete()
    if not deleted:
        return False
    _move(idea, locked, supports_count=-1)
    record(IDEA_SUPPORT_WITHDRAWN, subject=locked, actor=resident.account, at=at)
    return True


@transaction.atomic
def comment_on_idea(
    *, idea: Idea, author: Resident, text: str, at: datetime, official: bool = False
) -> Comment:
    """Say something about an idea; `official` speaks for the council and needs the role for it.

    The same words sent twice in a row by the same person are one comment.
    """
    locked = _lock(idea)
    require(may_answer(author.account or AnonymousUser(), locked) if official else takes_comments(locked))
    words = _words(text, COMMENT_LIMIT, "text", _("Write your comment before you send it."))
    twin = Comment.objects.counted().filter(idea=locked, author=author, text=words, official=official)
    if sent := twin.filter(written_at__gt=at - SENT_TWICE).first():
        return sent
    comment = Comment.objects.create(idea=locked, author=author, text=words, official=official, written_at=at)
    _move(idea, locked, comments_count=1)
    record(IDEA_COMMENTED, subject=locked, actor=author.account, at=at, comment=comment.pk, official=official)
    return comment


@transaction.atomic
def remove_comment(*, comment: Comment, reason: str, by: Account, at: datetime) -> Comment:
    """Hide a comment's words from everybody; in their place the page gives the reason."""
    locked = _lock(comment.idea)
    comment = Comment.objects.get(pk=comment.pk)
    require(may_remove_comment(by, comment))
    missing = _("Give the reason. Everyone can read it in place of the comment.")
    comment.removed_reason = _words(reason, REMOVAL_LIMIT, "reason", missing)
    comment.removed_at = at
    comment.save(update_fields=["removed_at", "removed_reason"])
    _move(locked, locked, comments_count=-1)
    record(IDEA_COMMENT_REMOVED, subject=locked, actor=by, at=at, comment=comment.pk)
    return comment


@transaction.atomic
def change_status(
    *, idea: Idea, status: IdeaStatus | str, reason: str, by: Account, at: datetime
) -> StatusChange:
    """Move an idea to another of the council's statuses, with the reason that the public reads."""
    locked = _lock(idea)
    require(may_change_status(by, locked))
    if status not in COUNCIL_STATUSES:
        raise Refused(
            Denied(
                _("Only the author can withdraw an idea. Choose another status."), status=422, field="status"
            )
        )
    if status == locked.status:
        raise Refused(
            Denied(
                _("The idea already has the status “%(status)s”. Choose another one, or leave a comment.")
                % {"status": locked.get_status_display()},
                status=422,
                field="status",
            )
        )
    words = _words(
        reason, REASON_LIMIT, "reason", _("Give the reason. Everyone can read it on the idea's page.")
    )
    return _set_status(idea, locked, IdeaStatus(status), words, actor=by, at=at)


@transaction.atomic
def withdraw_idea(*, idea: Idea, by: Account, at: datetime) -> StatusChange:
    """The author takes the idea back. Its rows stay; lists, maps and search show it no more."""
    locked = _lock(idea)
    require(may_withdraw(by, locked))
    return _set_status(idea, locked, IdeaStatus.WITHDRAWN, "", actor=by, at=at)


@transaction.atomic
def save_call(
    *,
    title: str,
    explanation: str,
    opens_at: datetime,
    closes_at: datetime,
    by: Account,
    at: datetime,
    call: Call | None = None,
) -> Call:
    """Add a call for ideas, or make `call` be as said. Its address stays what it was when it was added."""
    require(may_keep_calls(by))
    if closes_at <= opens_at:
        sentence = _("The call must close after it opens. Choose a later date for closing.")
        raise Refused(Denied(sentence, status=422, field="closes_at"))
    call = Call.objects.select_for_update().get(pk=call.pk) if call else Call(slug=_free_slug(title))
    call.title, call.explanation, call.opens_at, call.closes_at = title, explanation, opens_at, closes_at
    call.save()
    record(CALL_SAVED, subject=call, actor=by, at=at)
    return call


@transaction.atomic
def recount() -> int:
    """Count supports and comments afresh from their rows. The answer is how many ideas were wrong.

    The other verbs wait meanwhile: they need a lock on an idea before they touch what it counts.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE ideas_idea IN EXCLUSIVE MODE")
    counts = {
        "supports_count": _count_of(Support.objects.all()),
        "comments_count": _count_of(Comment.objects.counted()),
    }
    right = Q(**counts)
    return Idea.objects.exclude(right).update(**counts)


def _count_of(rows: QuerySet[Support] | QuerySet[Comment]) -> Coalesce:
    """How many of these rows an idea has, as an expression on Idea."""
    per_idea = rows.filter(idea=OuterRef("pk")).order_by().values("idea")
    counted = per_idea.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _place(chosen: Place | None, pin: tuple[float, float] | None) -> Place:
    if pin is not None:
        latitude, longitude = pin
        found = place_at(lat=latitude, lon=longitude)
        if found is None:
            raise Refused(
                Denied(
                    _(
                        "The pin is outside the area of this council. Move it inside, or choose a place from the list."
                    ),
                    status=422,
                    field="pin",
                )
            )
        return found
    if chosen is None:
        raise Refused(Denied(_("Say which place your idea is for."), status=422, field="place"))
    return chosen


def _lock(idea: Idea) -> Idea:
    """The idea as it is now, held until the transaction ends. Rows that refer to it may still be inserted."""
    return Idea.objects.select_for_update(of=("self",), no_key=True).select_related("author").get(pk=idea.pk)


def _free_slug(title: str) -> str:
    """`parks`, else `parks-2` and so on: the first that no call has."""
    stem = slugify(title)[:100] or "call"
    taken = set(Call.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for n in count(1) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)


def _insert_support(idea: Idea, resident: Resident, at: datetime) -> bool:
    """One statement that asks and writes; the ORM's own way to skip a conflict does not say whether it did."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ideas_support (idea_id, resident_id, given_at) VALUES (%s, %s, %s)"
            " ON CONFLICT ON CONSTRAINT support_once DO NOTHING",
            [idea.pk, resident.pk, at],
        )
        return cursor.rowcount == 1


def _move(idea: Idea, locked: Idea, **steps: int) -> None:
    """Move counters of the locked idea, and show the caller's copy what they are now."""
    Idea.objects.filter(pk=locked.pk).update(**{name: F(name) + step for name, step in steps.items()})
    for name, step in steps.items():
        setattr(idea, name, getattr(locked, name) + step)


def _set_status(
    idea: Idea, locked: Idea, status: IdeaStatus, reason: str, *, actor: Account, at: datetime
) -> StatusChange:
    before = locked.status
    locked.status = idea.status = status
    locked.save(update_fields=["status"])
    change = StatusChange.objects.create(idea=locked, status=status, reason=reason, changed_at=at)
    record(IDEA_STATUS_CHANGED, subject=locked, actor=actor, at=at, before=str(before), after=str(status))
    return change


def _words(text: str, limit: int, field: str, missing: Words) -> str:
    words = in_reading_order(text).replace("\r\n", "\n").strip()
    if not is_visible(words):
        raise Refused(Denied(missing, status=422, field=field))
    if len(words) > limit:
        raise Refused(
            Denied(
                _("This is %(length)s characters long and there is room for %(limit)s. Make it shorter.")
                % {"length": len(words), "limit": limit},
                status=422,
                field=field,
            )
        )
    return words
