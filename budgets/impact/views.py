"""The public pages about what money did."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from budgets.display import (
    attribution,
    crumbs,
    place_steps,
    theme_rows,
    totals_table,
    year_switch,
    year_words,
)
from budgets.display import holder as holder_link
from budgets.filters import ALL_YEARS
from budgets.impact import actions, display, queries, twins
from budgets.impact.filters import WhereFilter
from budgets.impact.forms import NOTHING, WordForm
from budgets.models import Award, Outcome
from budgets.queries import budgets_of, published_years, year_to_show
from engage.accounts.models import Account
from engage.kit.decisions import Denied, Refused
from engage.kit.forms import error_list
from engage.kit.guards import public, signed_in
from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, query_without, twin_links, twin_refusal, twin_response
from engage.places.models import Place
from engage.residents.actions import join
from engage.residents.models import Resident


@public
def impact(request: HttpRequest, award_id: int, twin: str = "") -> HttpResponse:
    """What one award did: measured, valued, tested, and what residents say of it."""
    award = get_object_or_404(
        Award.objects.select_related("organisation", "budget__place", "budget__councillor"), pk=award_id
    )
    found = queries.award_impact(award)
    if twin:
        return twin_response(twins.impact_twin(found, request), twin)
    maps = [each for each in (found.actual, found.forecast) if each]
    context = {
        "found": found,
        "award": award,
        "crumbs": crumbs(
            *place_steps(award.budget.place), (award.title, award.get_absolute_url()), (_("Impact"), "")
        ),
        "summary": display.map_summary(found),
        "plot": display.summary_plot(found),
        "maps": [display.map_view(each) for each in maps],
        "before_after": display.before_after_rows(found.outcomes),
        "boxes": display.word_boxes(
            found,
            words=queries.words_of(getattr(request.user, "resident", None), award),
            signed_in=request.user.is_authenticated,
        ),
        "proxies": display.proxy_sources(maps),
    }
    return render(request, "impact/impact.html", context | _about(request))


@public
def where(request: HttpRequest, twin: str = "") -> HttpResponse:
    """Where the money went: map, themes, kinds of group, new groups, waiting times, what it brought."""
    years = published_years()
    default = year_to_show(years, timezone.localdate())
    asked, used = WhereFilter.read(
        request.GET, Award.objects.all(), years=years, default_year=default if years else ALL_YEARS
    )
    if asked is not used and twin:
        return twin_refusal(asked.errors, twin)
    found = queries.where_it_went(used.qs, year=used.year)
    if twin:
        return twin_response(twins.where_twin(found, request), twin)
    context = {
        "found": found,
        "crumbs": crumbs((_("Where the money went"), "")),
        "filter": asked.form,
        "errors": error_list(asked.form),
        "year_words": year_words(used.year),
        "year_switch": year_switch(years, used.year, request.path, query_without(request, "year", "page")),
        "map": display.where_map(found),
        "places": display.places_table(found.places, found.year),
        "themes": theme_rows(found.themes),
        "kinds": display.kinds_table(found.kinds),
        "kind_bars": theme_rows(display.kind_bars(found.kinds)),
        "from_application": display.waits_words(found.from_application),
        "from_decision": display.waits_words(found.from_decision),
        "leverage": display.leverage_words(found.leverage),
        "value": display.value_words(found.value),
        "sources": attribution(found.sources),
    }
    status = 200 if asked.is_valid() else 422
    return render(request, "impact/where.html", context | _about(request), status=status)


@public
def statement(request: HttpRequest, slug: str) -> HttpResponse:
    """One place's year on one sheet, to print and pin up."""
    here = get_object_or_404(Place.objects.select_related("parent"), slug=slug)
    budgets = budgets_of(here)
    years = list(dict.fromkeys(budget.year for budget in budgets))
    asked = request.GET.get("year", "")
    year = (
        int(asked) if asked.isdigit() and int(asked) in years else year_to_show(years, timezone.localdate())
    )
    found = queries.statement(here, budgets=budgets, year=year)
    context = {
        "found": found,
        "place": here,
        "crumbs": crumbs(*place_steps(here), (_("Statement"), "")),
        "year_words": year_words(year),
        "year_switch": [
            each for each in year_switch(years, year, request.path, "") if "=all" not in each["url"]
        ],
        "holders": totals_table(
            [(holder_link(budget), budget) for budget in found.budgets], first=_("Who decides")
        ),
        "awards": display.statement_awards(found),
        "value": display.value_words(found.value),
        "address": request.build_absolute_uri(reverse("budgets:place", args=[here.slug]) + f"?year={year}"),
        "as_of": timezone.now(),
    }
    return render(request, "impact/statement.html", context)


@signed_in
@require_POST
def say(request: HttpRequest, award_id: int, outcome_id: int) -> HttpResponse:
    """One resident's word on one outcome; a second one replaces it."""
    outcome = queries.outcome_of(award_id, outcome_id)
    if outcome is None:
        raise Http404
    form = WordForm(request.POST)
    if not form.is_valid():
        raise Refused(Denied(_("Choose whether you saw this, or disagree and why."), status=422))
    resident = _taking_part(request)
    says, doubt = form.cleaned_data["says"], form.cleaned_data["doubt"]
    if says == NOTHING:
        actions.take_back_word(outcome=outcome, resident=resident, at=timezone.now())
    else:
        doubt = doubt if says == "dispute" else ""
        actions.say_of_outcome(outcome=outcome, resident=resident, says=says, doubt=doubt, at=timezone.now())
    if "HX-Request" in request.headers:
        return _box(request, outcome, resident)
    back = f"{outcome.award.get_absolute_url()}#outcome-{outcome.pk}"
    return HttpResponse(status=303, headers={"Location": back})


def _box(request: HttpRequest, outcome: Outcome, resident: Resident) -> HttpResponse:
    fresh = queries.outcome_of(outcome.award_id, outcome.pk)
    assert fresh is not None
    word = queries.words_of(resident, outcome.award).get(outcome.pk)
    box = display.word_box(queries.Told.of(fresh), word=word, signed_in=True)
    return render(request, "impact/word_box.html", {"box": box})


def _taking_part(request: HttpRequest) -> Resident:
    """Whoever is signed in takes part as a resident."""
    account = cast(Account, request.user)
    return getattr(account, "resident", None) or join(account=account, at=timezone.now())


def _about(request: HttpRequest) -> dict[str, Any]:
    """What every page with a data twin has below it."""
    return {
        "links": twin_links(request),
        "as_of": timezone.now(),
        "licence": OPEN_GOVERNMENT_LICENCE,
    }
