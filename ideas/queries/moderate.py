"""What moderators look at, what somebody posted so far, and what the public is told of moderation in numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, ExtractYear

from engage.places.models import Place
from engage.residents.models import Block, Resident
from ideas.enums import RAISED_BY_PEOPLE, AppealKind, FlagOutcome, FlagSource
from ideas.models import Appeal, Call, Comment, Flag, Idea, Removal
from ideas.rules.screening import TOO_MANY_POSTS

THINGS_A_PAGE = 20
REMOVAL_APPEALS = [AppealKind.REMOVED_IDEA, AppealKind.REMOVED_COMMENT]


def latest_posts(author: Resident) -> list[datetime]:
    """When somebody posted last: as many times as the rules ever ask for, of ideas and comments together."""
    written = Comment.objects.filter(author=author).order_by("-written_at").values_list("written_at")
    suggested = Idea.objects.filter(author=author).order_by("-suggested_at").values_list("suggested_at")
    posts = written[:TOO_MANY_POSTS].union(suggested[:TOO_MANY_POSTS], all=True).order_by()
    return [at for (at,) in posts]


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the queue is narrowed to; nothing is everything. `held` is whether the thing is hidden meanwhile."""

    source: str = ""
    place: Place | None = None
    call: Call | None = None
    held: bool | None = None

    def apply(self, flags: QuerySet[Flag]) -> QuerySet[Flag]:
        if self.source:
            flags = flags.filter(source=self.source)
        if self.place is not None:
            flags = flags.filter(idea__place__path__startswith=self.place.path)
        if self.call is not None:
            flags = flags.filter(idea__call=self.call)
        if self.held is not None:
            held = Q(comment=None, idea__held_at__isnull=False) | Q(comment__held_at__isnull=False)
            flags = flags.filter(held) if self.held else flags.exclude(held)
        return flags


@dataclass(frozen=True, slots=True)
class Author:
    """What a moderator should know of who wrote it. `blocked_until` is None while they may post."""

    resident: Resident
    posts: int
    removed: int
    blocked_until: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing in the queue with all the flags on it that nobody has settled."""

    idea: Idea
    comment: Comment | None
    author: Author | None
    flags: list[Flag]

    @property
    def thing(self) -> Idea | Comment:
        return self.comment or self.idea


@dataclass(frozen=True, slots=True)
class ModerationQueue:
    """One sheet of the queue, what has waited longest first."""

    rows: list[Waiting]
    page: Page[Any]
    count: int


def moderation_queue(asked: QueueFilter, *, page: str | None, at: datetime) -> ModerationQueue:
    """Four queries, however many things wait."""
    things = (
        asked.apply(Flag.objects.waiting())
        .values("idea", "comment")
        .annotate(since=Min("raised_at"))
        .order_by("since", "idea", "comment")
    )
    sheet = Paginator(things, THINGS_A_PAGE).get_page(page)
    keys = [(row["idea"], row["comment"]) for row in sheet]
    return ModerationQueue(rows=waiting_things(keys, at=at), page=sheet, count=sheet.paginator.count)


def waiting_things(keys: Sequence[tuple[int, int | None]], *, at: datetime) -> list[Waiting]:
    """The things with these numbers of ideas and comments, in this order; without those that nobody flags now."""
    flags: dict[tuple[int, int | None], list[Flag]] = defaultdict(list)
    for flag in _flags_on(keys):
        flags[flag.idea_id, flag.comment_id].append(flag)
    first = [flags[key][0] for key in keys if key in flags]
    authors = authors_of({(flag.comment or flag.idea).author_id for flag in first} - {None}, at=at)
    return [
        Waiting(
            idea=flag.idea,
            comment=flag.comment,
            author=authors.get((flag.comment or flag.idea).author_id),
            flags=flags[flag.idea_id, flag.comment_id],
        )
        for flag in first
    ]


def _flags_on(keys: Sequence[tuple[int, int | None]]) -> QuerySet[Flag]:
    wanted = Q(pk__in=[])
    for idea, comment in keys:
        wanted |= Q(idea=idea, comment=comment)
    related = ("idea__place", "idea__call", "idea__author", "comment__author", "raised_by")
    return Flag.objects.waiting().filter(wanted).select_related(*related)


def authors_of(numbers: set[Any], *, at: datetime) -> Mapping[int | None, Author]:
    """By the number of the resident. One query, or none for nobody."""
    running = Block.objects.running(at).filter(resident=OuterRef("pk")).values("ends_at")[:1]
    people: QuerySet[Any] = Resident.objects.filter(pk__in=numbers).annotate(
        ideas_written=_how_many(Idea.objects.all(), "author"),
        comments_written=_how_many(Comment.objects.all(), "author"),
        ideas_removed=_how_many(Removal.objects.filter(comment=None, restored_at=None), "idea__author"),
        comments_removed=_how_many(Removal.objects.filter(restored_at=None), "comment__author"),
        blocked_until=Subquery(running),
    )
    return {
        each.pk: Author(
            resident=each,
            posts=each.ideas_written + each.comments_written,
            removed=each.ideas_removed + each.comments_removed,
            blocked_until=each.blocked_until,
        )
        for each in (people if numbers else [])
    }


def _how_many(rows: QuerySet[Any], of: str) -> Coalesce:
    """How many of these rows belong to each resident, who is what their field `of` points at."""
    counted = rows.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass(frozen=True, slots=True)
class ToModerate:
    """How much there is to do; for the menu and the first screen."""

    things: int
    appeals: int
    objections: int
    oldest: datetime | None

    @property
    def count(self) -> int:
        return self.things + self.appeals + self.objections


def to_moderate(at: datetime) -> ToModerate:
    """Three queries."""
    waiting = Flag.objects.waiting()
    found = waiting.aggregate(
        ideas=Count("idea", filter=Q(comment=None), distinct=True),
        comments=Count("comment", distinct=True),
        oldest=Min("raised_at"),
    )
    return ToModerate(
        things=found["ideas"] + found["comments"],
        appeals=Appeal.objects.filter(kind__in=REMOVAL_APPEALS, decided_at=None).count(),
        objections=Block.objects.running(at).filter(objected_at__isnull=False, answered_at=None).count(),
        oldest=found["oldest"],
    )


def last_removal(idea: Idea, comment: Comment | None = None) -> Removal | None:
    """Whether it was put back since, or not."""
    related = ("idea__author", "idea__place", "comment__author")
    return Removal.objects.filter(idea=idea, comment=comment).select_related(*related).first()


def appeal_against(removal: Removal) -> Appeal | None:
    return Appeal.objects.filter(
        kind__in=REMOVAL_APPEALS, idea=removal.idea_id, comment=removal.comment_id
    ).first()


# --- for everybody ---------------------------------------------------------------------------------------


class _Median(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(slots=True)
class ModeratedYear:
    """One year in numbers. `removed_because` counts removals by the rule that was broken."""

    year: int
    reports: int = 0
    kept: int = 0
    removed: int = 0
    put_back: int = 0
    appeals: int = 0
    appeals_upheld: int = 0
    blocks: int = 0
    median: timedelta | None = None
    removed_because: dict[str, int] = field(default_factory=dict)


def moderated_years() -> list[ModeratedYear]:
    """Every year in which something was done, the latest first. Five queries; a year is one of the site's time zone.

    `reports` are those of people that were settled in the year, `median` is from the report, or the rule that noticed,
    to the settling.
    """
    years: dict[int, ModeratedYear] = {}

    def of(number: int) -> ModeratedYear:
        return years.setdefault(number, ModeratedYear(number))

    settled = _by_year(Flag.objects.filter(settled_at__isnull=False), "settled_at")
    by_people = Q(source__in=RAISED_BY_PEOPLE)
    for row in settled.annotate(
        people=Count("pk", filter=by_people),
        kept=Count("pk", filter=Q(outcome=FlagOutcome.KEPT)),
        median=_Median(F("settled_at") - F("raised_at")),
    ):
        year = of(row["year"])
        year.reports, year.kept, year.median = row["people"], row["kept"], row["median"]
    for row in _by_year(Removal.objects.all(), "removed_at", "why").annotate(n=Count("pk")):
        of(row["year"]).removed_because[str(FlagSource(row["why"]).label)] = row["n"]
        of(row["year"]).removed += row["n"]
    back = _by_year(Removal.objects.filter(restored_at__isnull=False), "restored_at").annotate(n=Count("pk"))
    for row in back:
        of(row["year"]).put_back = row["n"]
    decided = Appeal.objects.filter(kind__in=REMOVAL_APPEALS, decided_at__isnull=False)
    for row in _by_year(decided, "decided_at").annotate(n=Count("pk"), right=Count("pk", Q(upheld=True))):
        of(row["year"]).appeals, of(row["year"]).appeals_upheld = row["n"], row["right"]
    for row in _by_year(Block.objects.all(), "starts_at").annotate(n=Count("pk")):
        of(row["year"]).blocks = row["n"]
    return sorted(years.values(), key=lambda year: year.year, reverse=True)


def _by_year(rows: QuerySet[Any], moment: str, *also: str) -> QuerySet[Any, dict[str, Any]]:
    return rows.order_by().annotate(year=ExtractYear(moment)).values("year", *also)
