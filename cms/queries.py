"""What pages show of the apps below: one function for each block, each a constant number of queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Max, Prefetch, Q, QuerySet, Sum
from django.utils import timezone
from wagtail.images import get_image_model

from academy.pages import CoursePage, course_cards
from budgets.models import Award, Budget
from engage.councillors.models import Councillor, Term
from engage.kit.models import Theme
from engage.kit.years import financial_year, year_label
from engage.places.models import Place
from ideas.models import Idea

CARD_PICTURE = "fill-640x400|format-webp"


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over budgets, whole pence. `place` is None for the whole council."""

    year: int
    place: Place | None
    allocated_pence: int
    spent_pence: int
    committed_pence: int
    remaining_pence: int

    @property
    def year_label(self) -> str:
        return year_label(self.year)


def budget_totals(*, place: Place | None = None, year: int | None = None) -> Totals | None:
    """Everything allocated within the place in the year; without a year, the newest that has begun.

    None when there is no budget to add up.
    """
    budgets = Budget.objects.all()
    if place is not None:
        budgets = budgets.filter(place__path__startswith=place.path)
    year = year or newest_year(budgets)
    if year is None:
        return None
    sums = budgets.filter(year=year).aggregate(
        allocated_pence=Sum("allocated_pence"),
        spent_pence=Sum("spent_pence"),
        committed_pence=Sum("committed_pence"),
        remaining_pence=Sum("remaining_pence"),
    )
    if sums["allocated_pence"] is None:
        return None
    return Totals(year=year, place=place, **{name: int(pence) for name, pence in sums.items()})


def newest_year(budgets: QuerySet[Budget], today: date | None = None) -> int | None:
    begun = financial_year(today or timezone.localdate())
    return budgets.filter(year__lte=begun).aggregate(newest=Max("year"))["newest"]


def ideas(
    *, place: Place | None = None, theme: Theme | None = None, order: str = "newest", count: int = 6
) -> list[Idea]:
    found = Idea.objects.public().select_related("place", "theme")
    if place is not None:
        found = found.filter(place__path__startswith=place.path)
    if theme is not None:
        found = found.filter(theme=theme)
    by = ["-supports_count", "-id"] if order == "supported" else ["-suggested_at", "-id"]
    return list(found.order_by(*by)[:count])


def latest_awards(*, place: Place | None = None, count: int = 6) -> list[Award]:
    found = Award.objects.select_related("organisation", "place")
    if place is not None:
        found = found.filter(place__path__startswith=place.path)
    return list(found.order_by("-decided_on", "-id")[:count])


def serving_councillors(
    *, place: Place | None = None, count: int = 12, today: date | None = None
) -> list[Councillor]:
    """Those whose term runs today, each with `terms_now`, by name."""
    today = today or timezone.localdate()
    terms = Term.objects.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gte=today))
    if place is not None:
        terms = terms.filter(place__path__startswith=place.path)
    pictures = get_image_model().objects.prefetch_renditions("fill-160x160|format-webp")
    return list(
        Councillor.objects.filter(terms__in=terms)
        .distinct()
        .order_by("name")
        .prefetch_related(
            Prefetch("terms", terms.select_related("place"), to_attr="terms_now"),
            Prefetch("portrait", pictures),
        )[:count]
    )


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
