"""The rules of the grants in plain words, and what changed from year to year."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.grants import display, queries, twins
from budgets.grants.queries import SchemePage
from engage.kit.guards import public
from engage.kit.pages import frame_for
from engage.kit.panels import panels_for
from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, twin_links, twin_refusal, twin_response


@public
def scheme(request: HttpRequest, twin: str = "") -> HttpResponse:
    """This year's scheme, or the one of `?year=`."""
    year, wrong = _year(request)
    if wrong and twin:
        return twin_refusal({"year": [wrong]}, twin)
    today = timezone.localdate()
    found = queries.scheme_page(year=year, on=today)
    panels = panels_for(found.scheme, request) if found.scheme else []
    if twin:
        return twin_response(twins.scheme_twin(found, panels, request), twin)
    frame = frame_for(request)
    context = {
        "found": found,
        "scheme": found.scheme,
        "frame": frame,
        "lead": (frame and frame.summary) or (found.scheme and found.scheme.summary) or "",
        "crumbs": display.grants_crumbs(),
        "panels": panels,
        "years": display.year_links(found.years, found.scheme and found.scheme.year, request.path),
        "election": display.election_words(found.election) if found.election else "",
        **(_parts(found, on=today) if found.scheme else {}),
    }
    return _page(request, "grants/scheme.html", context, wrong)


def _parts(found: SchemePage, *, on: date) -> dict[str, Any]:
    assert found.scheme is not None
    assert found.decided is not None
    decisions = display.scheme_decisions(found.decided, found.scheme.year)
    return {"decisions": decisions, **display.scheme_parts(found, on=on)}


@public
def compare(request: HttpRequest, twin: str = "") -> HttpResponse:
    """One year beside the one before it."""
    year, wrong = _year(request)
    if wrong and twin:
        return twin_refusal({"year": [wrong]}, twin)
    found = queries.schemes_beside(year=year)
    groups = display.compared(found.before, found.after) if found.before and found.after else []
    if twin:
        return twin_response(twins.beside_twin(found, groups, request), twin)
    context = {
        "found": found,
        "groups": groups,
        "changed": sum(group["changed"] for group in groups),
        "crumbs": display.grants_crumbs((_("Year to year"), "")),
        "years": display.year_links(found.years, found.after and found.after.year, request.path),
    }
    return _page(request, "grants/compare.html", context, wrong)


def _year(request: HttpRequest) -> tuple[int | None, str]:
    """The year asked for, and what is wrong with it."""
    text = request.GET.get("year", "")
    if not text or re.fullmatch(r"(19|20)\d\d", text):
        return (int(text) if text else None), ""
    return None, _("“%(year)s” is not a year. Write the year in which it starts, like 2026.") % {
        "year": text[:20]
    }


def _page(request: HttpRequest, template: str, context: dict[str, object], wrong: str) -> HttpResponse:
    context |= {
        "errors": [{"text": wrong, "href": ""}] if wrong else [],
        "links": twin_links(request),
        "as_of": timezone.now(),
        "licence": OPEN_GOVERNMENT_LICENCE,
    }
    return render(request, template, context, status=422 if wrong else 200)
