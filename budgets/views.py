"""The public pages of money. Each is one query object, shown as a page or as its data twin."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets import display, queries, twins
from budgets.filters import ALL_YEARS, AwardFilter, BudgetFilter, PlaceAwardFilter, YearlyFilterSet
from budgets.models import Award, Budget
from engage.kit.decisions import Denied, Refused
from engage.kit.feeds import Feed, feed_response
from engage.kit.forms import error_list
from engage.kit.guards import public, signed_in
from engage.kit.letterhead import letterhead
from engage.kit.pages import frame_for
from engage.kit.panels import panels_for
from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, query_without, twin_links, twin_refusal, twin_response
from engage.places.models import Place


@public
def budgets(request: HttpRequest, twin: str = "") -> HttpResponse:
    """How much is left to decide, where, and what the rest went to."""
    years = queries.published_years()
    default = queries.year_to_show(years, timezone.localdate())
    asked, used = BudgetFilter.read(request.GET, Budget.objects.all(), years=years, default_year=default)
    if asked is not used and twin:
        return twin_refusal(asked.errors, twin)
    found = queries.all_budgets(used.qs, theme=used.form.cleaned_data["theme"], years=years, year=used.year)
    if twin:
        return twin_response(twins.budgets_twin(found, request), twin)
    context = {
        "found": found,
        "crumbs": display.crumbs(),
        "frame": frame_for(request),
        "cards": display.budget_cards(found.budgets, with_year=found.year is None),
        "table": display.budget_table(found.budgets),
        "map": display.budget_map(found),
        "latest": display.award_cards(found.latest),
    }
    return _page(request, "budgets/budgets.html", asked, found.sources, years, used.year, context)


@public
def awards(request: HttpRequest, twin: str = "") -> HttpResponse:
    """Every award, to search."""
    asked, used = _award_filter(request)
    if asked is not used and twin:
        return twin_refusal(asked.errors, twin)
    found = queries.award_list(used.qs, page=request.GET.get("page"))
    if twin:
        return twin_response(twins.awards_twin(found, request), twin)
    context = {
        "found": found,
        "crumbs": display.crumbs((_("Awards"), "")),
        "cards": display.award_cards(found.page),
        "feed_url": reverse("budgets:awards_feed") + _tail(request),
    }
    return _page(request, "budgets/awards.html", asked, found.sources, [], None, context)


@public
def awards_feed(request: HttpRequest) -> HttpResponse:
    """The latest awards, with the filters of their list."""
    asked, used = _award_filter(request)
    if asked is not used:
        return twin_refusal(asked.errors, "text")
    feed = Feed(
        title=_("Awards"),
        subtitle=_("What the money went to."),
        page=request.build_absolute_uri(reverse("budgets:awards") + _tail(request)),
        entries=display.award_entries(queries.newest_awards(used.qs), request.build_absolute_uri),
    )
    return feed_response(feed, request, author=letterhead().site_name)


@public
def place(request: HttpRequest, slug: str, twin: str = "") -> HttpResponse:
    """One place's money: what is left, who holds it, what it went to, and the years before."""
    here = get_object_or_404(Place.objects.select_related("parent", "counted_source"), slug=slug)
    budgets = queries.budgets_of(here)
    asked, used, years = _place_filter(request, here, budgets)
    if asked is not used and twin:
        return twin_refusal(asked.errors, twin)
    found = queries.place_budgets(
        here, budgets=budgets, awards=used.qs, year=used.year, page=request.GET.get("page")
    )
    if twin:
        return twin_response(twins.place_twin(found, request), twin)
    context = {
        "found": found,
        "crumbs": display.crumbs(*display.place_steps(here)),
        "place": here,
        "cards": display.award_cards(found.page, with_place=False),
        "elsewhere": found.elsewhere,
        "holders": display.totals_table(
            [(display.holder(budget), budget) for budget in found.budgets], first=_("Who decides")
        ),
        "themes": display.theme_rows(found.themes),
        "journal": display.journal_table(found.entries),
        "earlier": [(display.year_words(each.year), each) for each in found.earlier],
    }
    return _page(request, "budgets/place.html", asked, found.sources, years, used.year, context)


@public
def journal(request: HttpRequest, slug: str, twin: str = "") -> HttpResponse:
    """Every movement of a place's money, with the hashes that prove none was changed."""
    here = get_object_or_404(Place.objects.select_related("parent"), slug=slug)
    budgets = queries.budgets_of(here)
    asked, used, years = _place_filter(request, here, budgets)
    if asked is not used and twin:
        return twin_refusal(asked.errors, twin)
    found = queries.journal(here, budgets=budgets, year=used.year, page=request.GET.get("page"))
    if twin:
        return twin_response(twins.journal_twin(found, request), twin)
    context = {
        "found": found,
        "crumbs": display.crumbs(*display.place_steps(here), (_("Journal"), "")),
        "place": here,
        "table": display.journal_table(found.page),
    }
    return _page(request, "budgets/journal.html", asked, [], years, used.year, context)


@public
def award(request: HttpRequest, award_id: int, twin: str = "") -> HttpResponse:
    """One award: what, who, why, when it was paid, and what it achieved."""
    story = queries.award_story(award_id)
    if story is None:
        raise Http404
    panels = panels_for(story.award, request)
    if twin:
        return twin_response(twins.award_twin(story, panels, request), twin)
    context = {
        "story": story,
        "crumbs": display.crumbs(*display.place_steps(story.award.budget.place), (story.award.title, "")),
        "award": story.award,
        "status_kind": display.STATUS_KINDS[display.AwardStatus(story.award.status)],
        "life": display.award_life(story, panels=panels),
        "outcomes": display.outcome_rows(story.outcomes),
        "photos": display.photo_grid(story.photos),
        "panels": panels,
        "told_below": any(panel.results for panel in panels),
        "decider": display.budget_name(story.award.budget),
        "links": twin_links(request),
        "as_of": timezone.now(),
        "licence": OPEN_GOVERNMENT_LICENCE,
        "sources": display.attribution(story.sources),
    }
    return render(request, "budgets/award.html", context)


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """A councillor's short way to their own budget."""
    councillor = getattr(request.user, "councillor", None)
    if councillor is None:
        raise Refused(
            Denied(
                _(
                    "Your account does not belong to a councillor, so it has no budget of its own."
                    " You can see every budget on the budgets page."
                )
            )
        )
    return redirect(councillor)


def _award_filter(request: HttpRequest) -> tuple[AwardFilter, AwardFilter]:
    """What was asked, and what is used instead when it was not understood."""
    everything = Award.objects.order_by("-decided_on", "-pk")
    # Somebody who comes to search does not know the year.
    return AwardFilter.read(request.GET, everything, years=queries.published_years(), default_year=ALL_YEARS)


def _tail(request: HttpRequest) -> str:
    """How a list is narrowed, to go behind an address; a feed has an order of its own."""
    query = query_without(request, "page", "sort")
    return f"?{query}" if query else ""


def _place_filter(
    request: HttpRequest, here: Place, budgets: list[Budget]
) -> tuple[PlaceAwardFilter, PlaceAwardFilter, list[int]]:
    """What was asked, what is used instead when it was not understood, and the place's years."""
    years = list(dict.fromkeys(budget.year for budget in budgets))
    default = queries.year_to_show(years, timezone.localdate())
    own = Award.objects.filter(budget__place=here)
    asked, used = PlaceAwardFilter.read(request.GET, own, years=years, default_year=default)
    return asked, used, years


def _page(
    request: HttpRequest,
    template: str,
    asked: YearlyFilterSet,
    sources: list[Any],
    years: list[int],
    year: int | None,
    context: dict[str, Any],
) -> HttpResponse:
    """What every list page has besides its own: filters, years, twins, attribution; 422 when not understood."""
    context |= {
        "filter": asked.form,
        "errors": error_list(asked.form),
        "year": year,
        "year_words": display.year_words(year),
        "year_switch": display.year_switch(years, year, request.path, query_without(request, "year", "page")),
        "query": query_without(request, "page"),
        "links": twin_links(request),
        "as_of": timezone.now(),
        "licence": OPEN_GOVERNMENT_LICENCE,
        "sources": display.attribution(sources),
    }
    return render(request, template, context, status=200 if asked.is_valid() else 422)
