"""What pages show of the apps below: one function for each block, each a constant number of queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Page as WagtailPage
from wagtail.search.backends import get_search_backend

from academy.pages import CoursePage, course_cards
from budgets.display import attribution, award_cards, budget_map
from budgets.enums import AwardStatus
from budgets.models import Award, Budget
from budgets.queries import Totals, all_budgets, pictured, published_years, year_to_show
from cms.enums import SearchKind
from cms.rules.excerpt import Piece, excerpt, text_of
from engage.councillors.models import Councillor, Term
from engage.kit.models import Theme
from engage.kit.money import pounds
from engage.kit.years import year_label
from engage.places.models import Place
from ideas.display import card
from ideas.enums import OPEN_STATUSES
from ideas.models import Idea

FACE = "fill-160x160|format-webp"
HITS_A_PAGE = 20
FIRST_HITS = 5
CARD_PICTURE = "fill-640x400|format-webp"


@dataclass(frozen=True, slots=True)
class YearOfMoney:
    """What budgets of one year add up to; `place` is None for the whole council."""

    year: int
    place: Place | None
    totals: Totals

    @property
    def year_label(self) -> str:
        return year_label(self.year)

    @property
    def label(self) -> str:
        where = self.place.name if self.place else _("All places")
        return f"{where}, {year_label(self.year)}"

    @property
    def url(self) -> str:
        if self.place is None:
            return reverse("budgets:budgets")
        return f"{reverse('budgets:place', args=[self.place.slug])}?year={self.year}"


def year_of_money(
    *, place: Place | None = None, year: int | None = None, today: date | None = None
) -> YearOfMoney | None:
    """Every budget within the place; without a year, the one the budgets' own pages show.

    None when there is no budget to add up.
    """
    budgets = Budget.objects.all()
    if place is not None:
        budgets = budgets.filter(place__path__startswith=place.path)
    years = list(budgets.order_by().values_list("year", flat=True).distinct())
    year = year or year_to_show(years, today or timezone.localdate())
    if year not in years:
        return None
    return YearOfMoney(year, place, Totals.of(budgets.filter(year=year)))


def money_map(today: date | None = None) -> dict[str, Any] | None:
    """Parameters of the map component, as on the budgets' own page; None without a boundary or a budget."""
    years = published_years()
    if not years:
        return None
    year = year_to_show(years, today or timezone.localdate())
    found = all_budgets(Budget.objects.filter(year=year), theme=None, years=years, year=year)
    drawn = budget_map(found)
    if drawn is None:
        return None
    title = _("Map: what is left to decide in each place in %(year)s") % {"year": year_label(year)}
    return drawn | {"title": title, "sources": attribution(found.map.sources)}


def ideas(
    *, place: Place | None = None, theme: Theme | None = None, order: str = "newest", count: int = 6
) -> list[dict[str, Any]]:
    """Cards as the ideas' own list makes them: the `newest` of all, or the most `supported` of the undecided."""
    found = Idea.objects.public().select_related("place", "theme")
    if order == "supported":
        found = found.filter(status__in=OPEN_STATUSES)
    if place is not None:
        found = found.filter(place__path__startswith=place.path)
    if theme is not None:
        found = found.filter(theme=theme)
    by = ["-supports_count", "-id"] if order == "supported" else ["-suggested_at", "-id"]
    return [card(idea) for idea in found.order_by(*by)[:count]]


def latest_awards(*, place: Place | None = None, count: int = 6) -> list[dict[str, Any]]:
    found = Award.objects.exclude(status=AwardStatus.CANCELLED)
    if place is not None:
        found = found.filter(place__path__startswith=place.path)
    return award_cards(pictured(found.order_by("-decided_on", "-id"))[:count])


def serving_councillors(
    *, place: Place | None = None, count: int = 12, today: date | None = None
) -> list[dict[str, Any]]:
    """Those whose term runs today, by name, with the places they serve."""
    today = today or timezone.localdate()
    terms = Term.objects.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gte=today))
    if place is not None:
        terms = terms.filter(place__path__startswith=place.path)
    pictures = get_image_model().objects.prefetch_renditions(FACE)
    found = (
        Councillor.objects.filter(pk__in=terms.values("councillor"))
        .order_by("name")
        .prefetch_related(
            Prefetch("terms", terms.select_related("place"), to_attr="terms_now"),
            Prefetch("portrait", pictures),
        )[:count]
    )
    return [
        {
            "url": person.get_absolute_url(),
            "name": person.name,
            "group": person.group,
            "places": [term.place.name for term in person.terms_now],
            "portrait_url": person.portrait.get_rendition(FACE).url if person.portrait else "",
        }
        for person in found
    ]


def latest_news(*, count: int = 3) -> list[dict[str, Any]]:
    """Parameters of the news_card component, newest first."""
    # By name: the pages are made of the blocks that ask here.
    pages = apps.get_model("cms.NewsPage").objects.live().public().order_by("-published_on", "-id")
    return news_cards(pages[:count])


def news_cards(pages: Any, request: Any = None) -> list[dict[str, Any]]:
    pictures = get_image_model().objects.prefetch_renditions(CARD_PICTURE)
    found = pages.prefetch_related(Prefetch("image", pictures))
    return [
        {
            "url": page.get_url(request),
            "title": page.title,
            "summary": page.summary,
            "date": page.published_on,
            "image_url": page.image.get_rendition(CARD_PICTURE).url if page.image else "",
            "image_alt": page.image_alt,
        }
        for page in found
    ]


def courses(course: Any = None) -> list[dict[str, Any]]:
    """Parameters of the course_card component: of one course, or of all."""
    found = CoursePage.objects.public().order_by("path")
    return course_cards(found.filter(pk=course.pk) if course is not None else found)


# --- /search/ --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; `facts` is a short line of what it is, `pieces` the text that shows why."""

    url: str
    title: str
    facts: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Section:
    kind: SearchKind
    count: int
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class Found:
    """`sections` are of the kinds that found something; `page` is set when one kind is looked through."""

    words: str
    kind: SearchKind
    counts: dict[SearchKind, int]
    sections: list[Section]
    page: Page[Any] | None

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def tabs(self) -> list[dict[str, Any]]:
        every = {SearchKind.ALL: self.total} | self.counts
        return [
            {"kind": kind, "label": kind.label, "count": count, "current": kind == self.kind}
            for kind, count in every.items()
        ]


def search(words: str, *, kind: SearchKind, page: object, request: Any = None) -> Found:
    """Everything public that has all of the words. One kind is shown in pages, all kinds with their first few."""
    results = {
        SearchKind.PAGES: WagtailPage.objects.live().public().search(words, operator="and"),
        SearchKind.IDEAS: _search(words, Idea.objects.public().select_related("place")),
        SearchKind.AWARDS: _search(words, Award.objects.select_related("organisation", "place")),
    }
    counts = {each: found.count() for each, found in results.items()}
    hits = {SearchKind.PAGES: _page_hits, SearchKind.IDEAS: _idea_hits, SearchKind.AWARDS: _award_hits}
    if kind != SearchKind.ALL:
        shown = Paginator(results[kind], HITS_A_PAGE).get_page(page)  # type: ignore[arg-type]
        section = Section(kind, counts[kind], hits[kind](shown.object_list, words, request))
        return Found(words, kind, counts, [section] if section.hits else [], shown)
    sections = [
        Section(each, counts[each], hits[each](found[:FIRST_HITS], words, request))
        for each, found in results.items()
        if counts[each]
    ]
    return Found(words, kind, counts, sections, None)


def _search(words: str, queryset: Any) -> Any:
    return get_search_backend().search(words, queryset, operator="and")


def _page_hits(found: Any, words: str, request: Any) -> list[Hit]:
    pages = WagtailPage.objects.filter(pk__in=[page.pk for page in found]).specific()
    by_id = {page.pk: page for page in pages}
    return [
        Hit(
            url=page.get_url(request) or "",
            title=page.title,
            facts=page.page_type_display_name,
            pieces=excerpt(_words_of(page), words),
        )
        for page in (by_id[page.pk] for page in found)
    ]


def _words_of(page: Any) -> str:
    """The summary and the words of the body."""
    body = getattr(page, "body", None)
    return f"{getattr(page, 'summary', '')} {text_of(body.raw_data if body else '')}"


def _idea_hits(found: Any, words: str, _request: Any) -> list[Hit]:
    return [
        Hit(
            url=idea.get_absolute_url(),
            title=idea.title,
            facts=f"{idea.place.name} · {idea.get_status_display()}",
            pieces=excerpt(idea.description, words),
        )
        for idea in found
    ]


def _award_hits(found: Any, words: str, _request: Any) -> list[Hit]:
    return [
        Hit(
            url=award.get_absolute_url(),
            title=award.title,
            facts=f"{pounds(award.awarded_pence)} · {award.organisation.name} · {award.place.name}",
            pieces=excerpt(award.purpose, words),
        )
        for award in found
    ]
