"""What pages ask about money: one object per page, the same number of queries however many rows there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from wagtail.images import get_image_model

from budgets import events
from budgets.enums import PHOTO_RENDITIONS, EntryKind
from budgets.models import Award, Budget, Entry, Outcome, Photo
from budgets.rules.balances import AwardBalance, Balance, per_head
from budgets.rules.chain import Link
from budgets.rules.ledger import AwardBooks, BudgetBooks
from engage.audit.models import Record, Source
from engage.councillors.models import Councillor
from engage.kit.feeds import MOST
from engage.kit.together import instances, know, rows_of
from engage.kit.years import financial_year
from engage.places.models import Place
from engage.places.queries import PlaceMap, place_map
from ideas.models import Call, Idea

AWARDS_A_PAGE = 20
ENTRIES_A_PAGE = 50
LATEST = 6


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over budgets, in whole pence. The names are those of a budget, so that templates treat both alike."""

    allocated_pence: int = 0
    committed_pence: int = 0
    spent_pence: int = 0

    @classmethod
    def of(cls, budgets: Iterable[Budget]) -> Totals:
        found = list(budgets)
        return cls(
            allocated_pence=sum(budget.allocated_pence for budget in found),
            committed_pence=sum(budget.committed_pence for budget in found),
            spent_pence=sum(budget.spent_pence for budget in found),
        )

    @property
    def remaining_pence(self) -> int:
        return Balance(self.allocated_pence, self.committed_pence, self.spent_pence).remaining


@dataclass(frozen=True, slots=True)
class BooksCheck:
    """The last time every balance was added up again: when, over how many entries, and whether all was right."""

    at: datetime
    entries: int
    sound: bool


def last_check() -> BooksCheck | None:
    found = Record.objects.filter(event=events.LEDGER_CHECKED).first()
    if found is None:
        return None
    return BooksCheck(at=found.at, entries=found.data["entries"], sound=not found.data["problems"])


def published_years() -> list[int]:
    """Financial years that have a budget, the latest first."""
    return list(Budget.objects.order_by("-year").values_list("year", flat=True).distinct())


def year_to_show(years: Sequence[int], today: date) -> int:
    """This year when it has a budget, else the latest that has one, else this year."""
    this = financial_year(today)
    return this if this in years or not years else max(years)


def sources_of(awards: QuerySet[Award]) -> list[Source]:
    """Whose facts these awards are."""
    return list(Source.objects.filter(Exists(awards.order_by().filter(source=OuterRef("pk")))))


def listed(awards: QuerySet[Award]) -> QuerySet[Award]:
    """Awards with what a card or a row of a table needs."""
    return awards.select_related(
        "organisation", "theme", "place", "budget__place", "budget__councillor"
    ).only(
        "title",
        "status",
        "decided_on",
        "awarded_pence",
        "committed_pence",
        "spent_pence",
        "reference",
        "budget__year",
        "budget__place__name",
        "budget__place__slug",
        "budget__councillor__name",
        "budget__councillor__slug",
        "organisation__name",
        "organisation__identifier",
        "theme__name",
        "place__name",
        "place__slug",
    )


def pictured(awards: QuerySet[Award]) -> QuerySet[Award]:
    """Listed awards with their photos, in two more queries however many awards there are."""
    return listed(awards).prefetch_related(_photos())


def _photos() -> Prefetch[Any]:
    """In the form that Wagtail's own `prefetch_renditions` gives them, with one query less."""
    drawn = get_image_model().get_rendition_model().objects.filter(filter_spec__in=PHOTO_RENDITIONS)
    renditions: Prefetch[Any] = Prefetch("image__renditions", drawn, to_attr="prefetched_renditions")
    return Prefetch("photos", queryset=Photo.objects.select_related("image").prefetch_related(renditions))


# --- /budgets/ -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AllBudgets:
    """`budgets` are already filtered and sorted; `awards` are those of the same budgets (and theme).

    `year` is None when every year is shown.
    """

    budgets: list[Budget]
    awards: QuerySet[Award]
    years: list[int]
    year: int | None
    map: PlaceMap
    sources: list[Source]
    checked: BooksCheck | None
    latest: list[Award]
    awards_count: int

    @cached_property
    def totals(self) -> Totals:
        return Totals.of(self.budgets)

    @cached_property
    def by_place(self) -> dict[int, Totals]:
        """Sums by place id, for the map."""
        places: dict[int, list[Budget]] = {}
        for budget in self.budgets:
            places.setdefault(budget.place_id, []).append(budget)
        return {place: Totals.of(budgets) for place, budgets in places.items()}


def all_budgets(budgets: QuerySet[Budget], *, theme: Any, years: list[int], year: int | None) -> AllBudgets:
    """`theme`, when given, narrows the awards shown; the budgets' own figures stay whole."""
    awards = Award.objects.filter(budget__in=budgets.order_by().values("pk"))
    if theme is not None:
        awards = awards.filter(theme=theme)
    areas = place_map()
    return AllBudgets(
        budgets=list(budgets.select_related("place", "councillor")),
        awards=awards,
        years=years,
        year=year,
        map=areas,
        sources=list(dict.fromkeys([*sources_of(awards), *areas.sources])),
        checked=last_check(),
        latest=list(pictured(awards)[:LATEST]),
        awards_count=awards.count(),
    )


# --- /budgets/awards/ ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AwardList:
    """Awards with what they add up to; `page` is one sheet of them."""

    awards: QuerySet[Award]
    page: Page[Award]
    count: int
    awarded_pence: int
    committed_pence: int
    spent_pence: int
    sources: list[Source]


def award_list(awards: QuerySet[Award], *, page: object) -> AwardList:
    sums = award_sums(awards)
    return AwardList(
        awards=listed(awards),
        page=Paginator(pictured(awards), AWARDS_A_PAGE).get_page(page),  # type: ignore[arg-type]
        count=awards.count(),
        sources=sources_of(awards),
        **sums,
    )


def newest_awards(awards: QuerySet[Award]) -> list[Award]:
    """For the feed, however the list itself is sorted; one query."""
    named = awards.select_related("organisation", "theme", "place")
    return list(named.order_by("-decided_on", "-pk")[:MOST])


def award_sums(awards: QuerySet[Award]) -> dict[str, int]:
    """What awards add up to; from the awards' own balances, which entries keep."""
    return awards.order_by().aggregate(
        awarded_pence=Coalesce(Sum("awarded_pence"), 0),
        committed_pence=Coalesce(Sum("committed_pence"), 0),
        spent_pence=Coalesce(Sum("spent_pence"), 0),
    )


# --- /budgets/<place>/ -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class YearTotals(Totals):
    year: int = 0


@dataclass(frozen=True)
class ThemeShare:
    """What went to one theme; `name` is blank for awards without one."""

    name: str
    slug: str
    awarded_pence: int


@dataclass(frozen=True)
class PlaceBudgets:
    """One place's own money: the budgets of its councillors and its fund, not those of places inside it.

    `year` is None when every year is shown. `elsewhere` are awards to this place out of other places' budgets.
    """

    place: Place
    year: int | None
    years: list[YearTotals]
    budgets: list[Budget]
    awards: QuerySet[Award]
    page: Page[Award]
    elsewhere: list[Award]
    themes: list[ThemeShare]
    entries: list[Entry]
    entries_count: int
    inside: list[Place]
    sources: list[Source]
    checked: BooksCheck | None

    @cached_property
    def totals(self) -> Totals:
        return Totals.of(self.budgets)

    @property
    def earlier(self) -> list[YearTotals]:
        """The years before the one shown."""
        return [] if self.year is None else [each for each in self.years if each.year < self.year]

    @property
    def per_elector_pence(self) -> int | None:
        """Allocated to each elector; None when nobody has counted them."""
        heads = self.place.electors
        return per_head(self.totals.allocated_pence, heads) if heads and self.year else None


def place_budgets(
    place: Place, *, budgets: Sequence[Budget], awards: QuerySet[Award], year: int | None, page: object
) -> PlaceBudgets:
    """`budgets` are all of the place's; `awards` those of the place's budgets, already filtered (by year too)."""
    shown = [budget for budget in budgets if year in (None, budget.year)]
    entries = Entry.objects.filter(budget__in=[budget.pk for budget in shown])
    elsewhere = Award.objects.filter(place=place).exclude(budget__place=place)
    if year is not None:
        elsewhere = elsewhere.filter(budget__year=year)
    own = Award.objects.filter(budget__in=[budget.pk for budget in shown])
    sources = sources_of(Award.objects.filter(Q(budget__place=place) | Q(place=place)))
    if place.counted_source and place.counted_source not in sources:
        sources.append(place.counted_source)
    return PlaceBudgets(
        place=place,
        year=year,
        years=_by_year(budgets),
        budgets=shown,
        awards=listed(awards),
        page=Paginator(pictured(awards), AWARDS_A_PAGE).get_page(page),  # type: ignore[arg-type]
        elsewhere=list(listed(elsewhere)[:LATEST]),
        themes=_by_theme(own),
        entries=list(journal_of(entries)[:LATEST]),
        entries_count=sum(budget.entries_count for budget in shown),
        inside=list(place.children.filter(budgets__isnull=False).distinct()),
        sources=sources,
        checked=last_check(),
    )


def budgets_of(place: Place) -> list[Budget]:
    """The place's own budgets of every year, councillors first."""
    return list(
        place.budgets.select_related("councillor", "place").order_by(
            "-year", F("councillor__name").asc(nulls_last=True)
        )
    )


def _by_year(budgets: Iterable[Budget]) -> list[YearTotals]:
    years: dict[int, list[Budget]] = {}
    for budget in budgets:
        years.setdefault(budget.year, []).append(budget)
    sums = {year: Totals.of(found) for year, found in years.items()}
    return [
        YearTotals(
            year=year,
            allocated_pence=each.allocated_pence,
            committed_pence=each.committed_pence,
            spent_pence=each.spent_pence,
        )
        for year, each in sorted(sums.items(), reverse=True)
    ]


def _by_theme(awards: QuerySet[Award]) -> list[ThemeShare]:
    """The most money first. What was given back does not count."""
    rows = (
        awards.order_by()
        .values("theme__name", "theme__slug")
        .annotate(pence=Sum(F("committed_pence") + F("spent_pence")))
        .filter(pence__gt=0)
        .order_by("-pence", "theme__name")
    )
    return [ThemeShare(row["theme__name"] or "", row["theme__slug"] or "", row["pence"]) for row in rows]


# --- /budgets/<place>/journal/ ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Journal:
    """Every movement of a place's money, the latest first."""

    place: Place
    year: int | None
    years: list[int]
    entries: QuerySet[Entry]
    page: Page[Entry]
    totals: Totals
    checked: BooksCheck | None


def journal(place: Place, *, budgets: Sequence[Budget], year: int | None, page: object) -> Journal:
    shown = [budget for budget in budgets if year in (None, budget.year)]
    entries = journal_of(Entry.objects.filter(budget__in=[budget.pk for budget in shown]))
    return Journal(
        place=place,
        year=year,
        years=sorted({budget.year for budget in budgets}, reverse=True),
        entries=entries,
        page=Paginator(entries, ENTRIES_A_PAGE).get_page(page),  # type: ignore[arg-type]
        totals=Totals.of(shown),
        checked=last_check(),
    )


def journal_of(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries with the names that a journal prints, the latest first."""
    return entries.select_related(
        "award__organisation",
        "budget__place",
        "budget__councillor",
        "counterpart__place",
        "counterpart__councillor",
    ).order_by("-posted_on", "-pk")


# --- /budgets/awards/<id>/ -------------------------------------------------------------------------------


@dataclass(frozen=True)
class AwardStory:
    """One award from the idea it grew from to what it achieved."""

    award: Award
    entries: list[Entry]
    outcomes: list[Outcome]
    photos: list[Photo]

    @property
    def returned_pence(self) -> int:
        """What went back to the budget, released or refunded."""
        return self.award.awarded_pence - self.award.committed_pence - self.award.spent_pence

    @property
    def payments(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind == EntryKind.PAY]

    @property
    def sources(self) -> list[Source]:
        return [self.award.source] if self.award.source else []


def award_story(award_id: int) -> AwardStory | None:
    award = (
        Award.objects.select_related(
            "organisation", "theme", "place", "idea__place", "source", "budget__place", "budget__councillor"
        )
        .prefetch_related("entries", "outcomes", _photos())
        .filter(pk=award_id)
        .first()
    )
    if award is None:
        return None
    return _story_of(award)


def _story_of(award: Award) -> AwardStory:
    """Its entries, outcomes and photos must be prefetched."""
    return AwardStory(
        award=award,
        entries=sorted(award.entries.all(), key=lambda entry: (entry.posted_on, entry.pk)),
        outcomes=list(award.outcomes.all()),
        photos=list(award.photos.all()),
    )


# --- panels on other apps' pages -------------------------------------------------------------------------


@dataclass(frozen=True)
class CouncillorMoney:
    """A councillor's budget of the year shown, the latest awards from all of theirs, and the years before."""

    councillor: Councillor
    current: Budget
    earlier: list[Budget]
    awards: list[Award]
    awards_count: int


def councillor_money(councillor: Councillor, *, today: date) -> CouncillorMoney | None:
    """None when the councillor never had a budget."""
    budgets = list(councillor.budgets.select_related("place").order_by("-year"))
    if not budgets:
        return None
    year = year_to_show([budget.year for budget in budgets], today)
    current = next(budget for budget in budgets if budget.year == year)
    awards = Award.objects.filter(budget__in=budgets)
    return CouncillorMoney(
        councillor=councillor,
        current=current,
        earlier=[budget for budget in budgets if budget.year < year],
        awards=list(pictured(awards)[:LATEST]),
        awards_count=awards.count(),
    )


def awards_of_idea(idea: Idea) -> list[AwardStory]:
    """The awards that an idea became, each with what happened to its money and what came of it."""
    awards = pictured(Award.objects.filter(idea=idea)).annotate(
        entries_of=rows_of(Entry.objects.order_by("pk"), belongs_to="award"),
        outcomes_of=rows_of(Outcome.objects.order_by("pk"), belongs_to="award"),
    )
    for award in awards:
        know(award, "entries", instances(Entry, award.entries_of))
        know(award, "outcomes", instances(Outcome, award.outcomes_of))
    return [_story_of(award) for award in awards]


def budgets_feeding(call: Call) -> list[Budget]:
    """The budgets that a call's ideas may be paid from; one query."""
    fed = Budget.objects.filter(calls_fed__call=call).select_related("place", "councillor")
    return list(fed.order_by("place__name", "councillor__name", "-year", "pk"))


def awaiting_payment(*, limit: int = 10) -> list[Award]:
    """Awards with money still to pay, the longest waiting first."""
    return list(listed(Award.objects.filter(committed_pence__gt=0)).order_by("decided_on", "pk")[:limit])


# --- the books -------------------------------------------------------------------------------------------


def books_of(budget_id: int) -> BudgetBooks:
    """One budget with its journal as one moment has it: held for the length of the caller's transaction."""
    budget = (
        Budget.objects.select_for_update(of=("self",)).select_related("place", "councillor").get(pk=budget_id)
    )
    awards = Award.objects.filter(budget=budget).annotate(
        reported=Exists(Outcome.objects.filter(award=OuterRef("pk")))
    )
    mirrors = Entry.objects.filter(counterpart=budget).values_list("amount_pence", flat=True)
    return BudgetBooks(
        name=f"{budget} (budget {budget.pk})",
        balance=Balance(budget.allocated_pence, budget.committed_pence, budget.spent_pence),
        entries_count=budget.entries_count,
        head_hash=budget.head_hash,
        links=[_link(entry) for entry in budget.entries.order_by("sequence")],
        awards=[
            AwardBooks(
                award.pk,
                AwardBalance(award.awarded_pence, award.committed_pence, award.spent_pence),
                award.status,
                award.reported,
            )
            for award in awards
        ],
        mirrors=list(mirrors),
    )


def _link(entry: Entry) -> Link:
    return Link(
        budget_id=entry.budget_id,
        sequence=entry.sequence,
        kind=entry.kind,
        amount_pence=entry.amount_pence,
        award_id=entry.award_id,
        counterpart_id=entry.counterpart_id,
        posted_on=entry.posted_on,
        key=entry.key,
        note=entry.note,
        previous_hash=entry.previous_hash,
        hash=entry.hash,
    )
