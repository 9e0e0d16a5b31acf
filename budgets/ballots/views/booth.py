"""The booth: choose, compare, review, done. Every page carries the ticket and what is marked; nothing else keeps them.

Until “Cast my vote” nothing is written anywhere. What is cast is one document, and sending it again does no harm.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import never_cache

from budgets.ballots import display
from budgets.ballots.actions import cast_ballot
from budgets.ballots.display.booth import Booth
from budgets.ballots.forms.booth import KEPT, filled, marked
from budgets.ballots.forms.proof import AddressForm
from budgets.ballots.models import Ballot
from budgets.ballots.queries import Ticket, TooOld, pack, shown, unpack, verifiers_of
from budgets.ballots.queries.booth import rows_of
from budgets.ballots.rules.sheet import Sheet, document_of, require_pots
from budgets.ballots.views import identity, visits
from budgets.ballots.views.common import ballot_or_404, in_secret, page, taking_votes
from engage.kit.decisions import Refused
from engage.kit.guards import public_form
from engage.places.models import Place
from ideas.views.common import see_other


def first_paper(request: HttpRequest, ballot: Ballot, ticket: Ticket, visit: str) -> HttpResponse:
    """The ballot paper as it is handed over."""
    packed = pack(ticket, at=timezone.now(), visit=visit)
    # What was sent is who somebody is; a field of it may have the name of one on the paper. Marks of theirs, from a
    # paper that became too old, lie together in a field of their own.
    return _choose(request, _booth(ballot, ticket, packed, visit, QueryDict(request.POST.get(KEPT, ""))))


@public_form
@never_cache
@in_secret
def paper(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """What was marked, and what to do with it: go on choosing, compare, look at it, or cast it."""
    if request.method != "POST":
        return redirect("ballots:vote", ballot_id)
    step = request.POST.get("step", "")
    try:
        ballot = taking_votes(ballot_id)
        visit = visits.require_here(request.POST.get("visit", ""))
        packed = request.POST.get("ticket", "")
        ticket = unpack(packed, ballot=ballot, at=timezone.now(), visit=visit)
    except Refused as refused:
        if step != "total" and isinstance(refused, TooOld):
            return _again(request, ballot, visit, refused)
        if step != "total":
            raise
        return render(request, "ballots/vote/changed.html", {"refused": refused.denied.reason})
    booth = _booth(ballot, ticket, packed, visit, request.POST)
    return STEPS.get(step, _choose)(request, booth)


def _again(request: HttpRequest, ballot: Ballot, visit: str, refused: TooOld) -> HttpResponse:
    """Who they are is asked once more, and what they marked goes along from page to page."""
    context = {
        "stage": "prove",
        "reason": refused.denied.reason,
        "ways": display.ways(ballot, verifiers_of(ballot)),
        "visit": visit,
        "kept": marked(request.POST),
    }
    return page(request, "again", ballot, context, refused.denied.status)


@public_form
@never_cache
@in_secret
def leave(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Finish and leave: pages of this visit that are still in the browser do nothing from now on."""
    ballot = ballot_or_404(ballot_id)
    if request.method == "POST":
        visits.leave(request.POST.get("visit", ""))
    answer = see_other(display.ballot_url(ballot) + "?left=1")
    answer.headers["Clear-Site-Data"] = '"cache"'
    identity.forget(answer)
    return answer


def _booth(ballot: Ballot, ticket: Ticket, packed: str, visit: str, sent: QueryDict) -> Booth:
    found = shown(ballot)
    place = Place.objects.get(pk=ticket.place)
    words = display.words_in(found.document, sent.get("language", ""))
    titles = {key: project["title"] for key, project in words.projects.items()}
    names = {key: pot["name"] for key, pot in words.pots.items()}
    sheet: Sheet = require_pots(found.sheet.for_place(place.pk)).titled(titles, names)
    return Booth(
        ballot=ballot,
        sheet=sheet,
        words=words,
        rows=_rows(ballot),
        place=place,
        voter=ticket.voter,
        packed=packed,
        visit=visit,
        done=filled(sheet, sent),
        asked=sent,
    )


def _rows(ballot: Ballot) -> Any:
    """Pictures and ideas of the projects: casting shows none of them."""
    return SimpleLazyObject(lambda: rows_of(ballot))


def _choose(request: HttpRequest, booth: Booth, **more: Any) -> HttpResponse:
    return page(request, "choose", booth.ballot, display.choose_page(booth) | more)


def _total(request: HttpRequest, booth: Booth) -> HttpResponse:
    """Only what changes as one marks: the running total, and why a project cannot be added."""
    return render(request, "ballots/vote/changed.html", display.choose_page(booth))


def _compare(request: HttpRequest, booth: Booth) -> HttpResponse:
    context = display.compare_page(booth)
    return page(request, "compare", booth.ballot, context) if context["columns"] else _choose(request, booth)


def _review(request: HttpRequest, booth: Booth) -> HttpResponse:
    found = display.problems_of(booth)
    if found:
        answer = _choose(request, booth, errors=found)
        answer.status_code = 422
        return answer
    return page(request, "review", booth.ballot, display.review_page(booth))


def _cast(request: HttpRequest, booth: Booth) -> HttpResponse:
    found = display.problems_of(booth)
    if found:
        return _review(request, booth)
    ballot, at = booth.ballot, timezone.now()
    ticket = unpack(booth.packed, ballot=ballot, at=at, visit=booth.visit)
    document = document_of(booth.sheet, booth.done.marks)
    try:
        with transaction.atomic():  # a receipt that cannot be shown is of a vote that is not kept
            cast = cast_ballot(ballot=ballot, ticket=ticket, document=document, at=at)
            context = display.done_page(booth, cast.receipt, changed=cast.changed)
            return page(request, "done", ballot, context | {"form": AddressForm()})
    except Refused as refused:
        context = display.not_cast_page(booth, refused.denied)
        return page(request, "not_cast", ballot, context, refused.denied.status)


STEPS = {"choose": _choose, "total": _total, "compare": _compare, "review": _review, "cast": _cast}
