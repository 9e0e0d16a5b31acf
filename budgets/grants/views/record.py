"""The public record: what was decided about every application, yes and no alike."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.display import year_words
from budgets.grants import display, queries, twins
from budgets.grants.filters import DecisionFilter
from engage.kit.forms import error_list
from engage.kit.guards import public
from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, query_without, twin_links, twin_refusal, twin_response


@public
def decisions(request: HttpRequest, twin: str = "") -> HttpResponse:
    """Every decision of a year, the latest first."""
    years = queries.years_decided()
    default = queries.year_of_record(years, timezone.localdate())
    asked, used = DecisionFilter.read(
        request.GET, queries.public_decisions(), years=years, default_year=default
    )
    if asked is not used and twin:
        return twin_refusal(asked.errors, twin)
    found = queries.decision_list(used.qs, year=used.year, page=request.GET.get("page"))
    if twin:
        return twin_response(twins.decisions_twin(found, request), twin)
    context = {
        "found": found,
        "crumbs": display.grants_crumbs((_("Decisions"), "")),
        "filter": asked.form,
        "errors": error_list(asked.form),
        "count_words": display.tally_words(found.tally),
        "year_words": year_words(found.year),
        "rows": [display.decision_row(each) for each in found.page],
        "query": query_without(request, "page"),
    }
    status = 200 if asked.is_valid() else 422
    return render(request, "grants/decisions.html", context | _about(request), status=status)


@public
def public_decision(request: HttpRequest, decision_id: int, twin: str = "") -> HttpResponse:
    """One decision with its reason, and what was declared."""
    found = queries.decision_page(decision_id)
    if found is None:
        raise Http404
    if twin:
        return twin_response(twins.decision_twin(found, request), twin)
    crumbs = display.grants_crumbs(
        (_("Decisions"), display.year_record_url(found.application.scheme.year)),
        (found.application.title, ""),
    )
    context = {"crumbs": crumbs, **display.decision_parts(found)}
    return render(request, "grants/decision.html", context | _about(request))


def _about(request: HttpRequest) -> dict[str, Any]:
    """What every page with a data twin has below it."""
    return {"links": twin_links(request), "as_of": timezone.now(), "licence": OPEN_GOVERNMENT_LICENCE}
