"""The public pages about ballots: the front door, and what one ballot is about."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from budgets.ballots import display, twins
from budgets.ballots.queries import version_of
from budgets.ballots.queries.booth import ballot_page, opened_ballots
from budgets.ballots.views.common import ballot_or_404
from engage.kit.guards import public
from engage.kit.pages import frame_for
from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, open_to_all, twin_links, twin_response


@public
def ballots(request: HttpRequest, twin: str = "") -> HttpResponse:
    """What can be voted on now, what is coming, and what was decided."""
    found = opened_ballots(timezone.now())
    if twin:
        return twin_response(twins.ballots_twin(found, request), twin)
    context = {
        "frame": frame_for(request),
        "crumbs": display.crumbs(),
        "now": [display.card(each) for each in found if display.is_now(each.phase)],
        "groups": display.groups(found),
        "any": bool(found),
        **_about(request),
    }
    return render(request, "ballots/ballots.html", context)


@public
def short(request: HttpRequest, ballot_id: int) -> HttpResponse:
    return redirect(display.ballot_url(ballot_or_404(ballot_id)))


@public
def ballot(request: HttpRequest, ballot_id: int, slug: str, twin: str = "") -> HttpResponse:
    """What is voted on, how, until when, and how it is counted."""
    if twin == "json":
        return _frozen(int(ballot_id))
    found = ballot_page(int(ballot_id), timezone.now())
    if found is None:
        raise Http404
    if twin:
        return twin_response(twins.projects_twin(found, request), twin)
    if slug != display.slug_of(found.ballot):
        return redirect(display.ballot_url(found.ballot))
    context = display.ballot_page(found, request.GET.get("language", "")) | {
        "left": "left" in request.GET,
        **_about(request),
    }
    return render(request, "ballots/ballot.html", context)


def _frozen(ballot_id: int) -> HttpResponse:
    """What was opened, byte for byte: its SHA-256 is the one on the page."""
    version = version_of(ballot_or_404(ballot_id))
    assert version is not None
    return open_to_all(HttpResponse(bytes(version.document), content_type="application/json"))


def _about(request: HttpRequest) -> dict[str, object]:
    return {
        "links": twin_links(request, drop=("page", "left", "language")),
        "as_of": timezone.now(),
        "licence": OPEN_GOVERNMENT_LICENCE,
    }
