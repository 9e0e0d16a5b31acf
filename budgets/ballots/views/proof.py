"""Showing that one may vote, at the moment of voting: which way, then one thing on each page, then the paper."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from budgets.ballots import display, letters
from budgets.ballots.enums import Proof
from budgets.ballots.forms.proof import AddressForm, Step, StepForm, steps_of
from budgets.ballots.models import Ballot
from budgets.ballots.queries import (
    Ticket,
    Verifier,
    email_of,
    frozen_document,
    secret_of,
    verifiers_of,
    verify,
)
from budgets.ballots.queries.booth import homes
from budgets.ballots.rules.marks import mark
from budgets.ballots.views import visits
from budgets.ballots.views.booth import first_paper
from budgets.ballots.views.common import page, taking_votes
from budgets.ballots.views.limits import too_often
from engage.accounts.models import Account
from engage.kit.decisions import Refused
from engage.kit.forms import add_refusal, error_list
from engage.kit.guards import public, public_form
from engage.places.models import Place
from ideas.views.common import sign_in_url


@public
@never_cache
def vote(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """In which way somebody shows that they may vote. With one way only there is nothing to choose."""
    ballot = taking_votes(ballot_id)
    verifiers = verifiers_of(ballot)
    if len(verifiers) == 1:
        return redirect("ballots:prove", ballot.pk, verifiers[0].key)
    return page(request, "ways", ballot, {"ways": display.ways(ballot, verifiers)})


@public_form
@never_cache
def prove(request: HttpRequest, ballot_id: int, proof: str) -> HttpResponse:
    """One page of one way. By email it begins with the address to which the link is sent."""
    ballot = taking_votes(ballot_id)
    verifier = _verifier(ballot, proof)
    if proof == Proof.EMAIL:
        return _send_link(request, ballot)
    if proof == Proof.ACCOUNT and not request.user.is_authenticated:
        return page(request, "sign_in", ballot, {"sign_in_url": sign_in_url(request.path)})
    return _asked(request, ballot, verifier, {})


@public_form
@never_cache
def by_link(request: HttpRequest, ballot_id: int, token: str) -> HttpResponse:
    """Somebody followed the link in our email."""
    ballot = taking_votes(ballot_id)
    verifier = _verifier(ballot, Proof.EMAIL)
    email_of(token, ballot=ballot, at=timezone.now())
    return _asked(request, ballot, verifier, {"token": token})


def _verifier(ballot: Ballot, proof: str) -> Verifier:
    found = next((verifier for verifier in verifiers_of(ballot) if verifier.key == proof), None)
    if found is None:
        raise Http404
    return found


def _asked(request: HttpRequest, ballot: Ballot, verifier: Verifier, given: dict[str, str]) -> HttpResponse:
    """The page that is due, or what it was sent; after the last one the ballot paper."""
    places = homes(ballot, [pot["place"]["id"] for pot in frozen_document(ballot)["pots"]])
    steps = steps_of(verifier, places, given)
    if request.method != "POST":
        return _page(request, ballot, verifier, places, 0, {}, visits.begin(), given)
    visit = visits.require_here(request.POST.get("visit", ""))
    number = _number(request, len(steps))
    earlier = {ask.name: request.POST.get(ask.name, "") for step in steps[:number] for ask in step.asks}
    form = StepForm(request.POST, step=steps[number], homes=places, kept=earlier)
    if form.is_valid():
        claim = {**_only_place(verifier, places), **given, **form.claim()}
        ticket = _knock(request, ballot, verifier, claim, form, last=number == len(steps) - 1)
        if ticket is not None:
            return first_paper(request, ballot, ticket, visit)
        if not form.errors:
            return _page(request, ballot, verifier, places, number + 1, form.claim(), visit, given)
    return _page(request, ballot, verifier, places, number, earlier, visit, given, form)


def _knock(
    request: HttpRequest,
    ballot: Ballot,
    verifier: Verifier,
    claim: dict[str, str],
    form: StepForm,
    *,
    last: bool,
) -> Ticket | None:
    """The ticket, when this is enough for one. What is wrong on this page is said here, not two pages later."""
    account = request.user if request.user.is_authenticated else None
    denied = too_often(request, "ballot_proof", _whose(ballot, verifier, claim, account))
    if denied is not None:
        add_refusal(form, Refused(denied))
        return None
    place = {"place": str(ballot.place_id)} if not last else {}
    try:
        found = verify(
            ballot=ballot, proof=verifier.key, claim={**place, **claim}, account=account, at=timezone.now()
        )
    except Refused as refused:
        later = refused.denied.field is not None and refused.denied.field not in form.fields
        if last or not later:
            add_refusal(form, refused)
        return None
    # Before somebody has said where they live, only a credential that says so by itself is enough.
    return found if last or found.place != ballot.place_id else None


def _whose(ballot: Ballot, verifier: Verifier, claim: dict[str, str], account: Account | None) -> str:
    """Whose tries are counted together: never those of a place, which thousands share. Where they are kept nobody can
    read whose they are, since the ballot's secret is in it."""
    said = next((claim[ask.name] for ask in verifier.asks if ask.kind == "text" and ask.name in claim), "")
    who = said.casefold() or (str(account.pk) if account else "")
    return mark(secret_of(ballot), "tries", verifier.key, who)


def _page(
    request: HttpRequest,
    ballot: Ballot,
    verifier: Verifier,
    places: list[Place],
    number: int,
    kept: dict[str, str],
    visit: str,
    given: dict[str, str] | None = None,
    form: StepForm | None = None,
) -> HttpResponse:
    steps = steps_of(verifier, places, given or ())
    step: Step = steps[number]
    shown = form or StepForm(step=step, homes=places, kept=kept)
    context: dict[str, Any] = {
        "form": shown,
        "errors": error_list(shown) if form else [],
        "visit": visit,
        "number": number,
        "words": display.step_words(ballot, verifier, step),
        "action": request.path,
    }
    return page(request, "proof", ballot, context, 422 if form and form.errors else 200)


def _number(request: HttpRequest, steps: int) -> int:
    text = request.POST.get("number", "")
    return min(int(text), steps - 1) if text.isdecimal() and len(text) < 3 else 0


def _only_place(verifier: Verifier, places: list[Place]) -> dict[str, str]:
    return {"place": str(places[0].pk)} if len(places) == 1 else {}


def _send_link(request: HttpRequest, ballot: Ballot) -> HttpResponse:
    form = AddressForm(request.POST or None)
    if form.is_valid():
        address = form.cleaned_data["address"]
        denied = too_often(request, "ballot_link", address)
        if denied is None:
            letters.send_link(ballot=ballot, address=address, at=timezone.now())
            return page(request, "link_sent", ballot, {})
        add_refusal(form, Refused(denied))
    words = {
        "title": _("Your email address"),
        "body": _("We send you a link that leads to the ballot paper."),
    }
    context = {
        "form": form,
        "errors": error_list(form),
        "words": words,
        "action": request.path,
        "send": _("Send me the link"),
    }
    return page(request, "proof", ballot, context, 422 if form.errors else 200)
