"""What people say about an idea: one page of it, or one comment with all its replies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet
from django.utils.functional import cached_property

from engage.residents.models import Resident
from ideas.enums import CommentSort
from ideas.models import Comment, Idea

COMMENTS_A_PAGE = 20
REPLIES_AT_FIRST = 3
REPLIES_A_PAGE = 50

ORDERS: dict[str, list[str]] = {
    CommentSort.NEWEST: ["-official", "-written_at", "-pk"],
    CommentSort.OLDEST: ["-official", "written_at", "pk"],
    CommentSort.REPLIES: ["-official", "-replies_count", "-written_at", "-pk"],
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: their own comments and, for moderators, everybody's are shown while they wait to be checked."""

    resident: Resident | None = None
    moderates: bool = False


@dataclass(frozen=True, slots=True)
class Discussion:
    """One page of the comments on an idea, each with its first replies by the comment's id."""

    page: Page[Comment]
    replies: dict[int, list[Comment]]
    sort: str


class _Known(Paginator):  # type: ignore[type-arg]
    """A paginator that may have been told the count."""

    known: int | None = None

    @cached_property
    def count(self) -> int:
        return super().count if self.known is None else self.known


def discussion_of(
    idea: Idea, *, reader: Reader, page: str | None = None, sort: str = "", known: int | None = None
) -> Discussion:
    """Two statements, and one more unless it is `known` how many comments there are to page through."""
    sort = sort if sort in ORDERS else CommentSort.NEWEST
    found = threads_of(idea, reader).select_related("author").order_by(*ORDERS[sort])
    replies = shown(Comment.objects.filter(parent=OuterRef("pk")), reader)
    first = replies.order_by("-official", "written_at", "pk").values("pk")[:REPLIES_AT_FIRST]
    paginator = _Known(found.annotate(first_replies=ArraySubquery(first)), COMMENTS_A_PAGE)
    paginator.known = known
    page_of_it = paginator.get_page(page)
    numbers = [number for comment in page_of_it for number in _first_replies(comment)]
    by_number = {each.pk: each for each in Comment.objects.select_related("author").filter(pk__in=numbers)}
    return Discussion(
        page=page_of_it,
        replies={
            comment.pk: [by_number[number] for number in _first_replies(comment) if number in by_number]
            for comment in page_of_it
        },
        sort=sort,
    )


def threads_of(idea: Idea, reader: Reader) -> QuerySet[Comment]:
    return shown(Comment.objects.filter(idea=idea, parent=None), reader)


def shown(comments: QuerySet[Comment], reader: Reader) -> QuerySet[Comment]:
    """Those that have a place on the page. A comment with replies keeps its place, whatever became of its words."""
    gone = Q(taken_back_at__isnull=False, replies_count=0)
    found = comments.exclude(gone)
    if reader.moderates:
        return found
    passed = Q(held_at=None) | Q(replies_count__gt=0)
    return found.filter(passed if reader.resident is None else passed | Q(author=reader.resident))


def replies_to(comment: Comment, *, reader: Reader, page: str | None) -> Page[Comment]:
    """Official ones first, then in the order in which they were written."""
    found = shown(Comment.objects.filter(parent=comment), reader).select_related("author")
    return Paginator(found.order_by("-official", "written_at", "pk"), REPLIES_A_PAGE).get_page(page)


def comment_of(comment_id: int) -> Comment | None:
    """Any comment, whatever became of it, with its idea and its author."""
    found = Comment.objects.select_related("author", "idea__author", "idea__place", "parent")
    return found.filter(pk=comment_id).first()


def written_since(idea: Idea, since: datetime, *, reader: Reader) -> int:
    """How many comments and replies others have written after that moment."""
    news = idea.comments.counted().filter(written_at__gt=since)
    return (news if reader.resident is None else news.exclude(author=reader.resident)).count()


def all_comments(idea: Idea) -> QuerySet[Comment]:
    """For the data twin: what everybody can read, and the places of what a moderator removed. No names are in it."""
    found = idea.comments.filter(held_at=None, taken_back_at=None)
    return found.order_by("-official", "-written_at", "-pk")


def _first_replies(comment: Comment) -> Sequence[int]:
    """Their ids, as `discussion_of` annotates them."""
    found: Iterable[int] = getattr(comment, "first_replies", None) or ()
    return list(found)
