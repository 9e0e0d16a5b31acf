"""Showing that one may vote, at the moment of voting: which way, then one thing on each page, then the paper."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from budgets.ballots import display, letters
from budgets.ballots.enums import Proof
from budgets.ballots.forms.booth import KEPT
from budgets.ballots.forms.proof import AddressForm, StepForm, TelephoneForm, steps_of
from budgets.ballots.models import Ballot
from budgets.ballots.queries import (
    Ticket,
    Verifier,
    one_mailbox,
    secret_of,
    verifiers_of,
    verify,
    whole_sheet,
)
from budgets.ballots.rules.marks import mark, plain
from budgets.ballots.rules.sheet import Home
from budgets.ballots.views import identity, visits
from budgets.ballots.views.booth import first_paper
from budgets.ballots.views.common import in_secret, page, taking_votes
from budgets.ballots.views.limits import too_often
from engage.accounts.limits import sender
from engage.accounts.models import Account
from engage.kit.decisions import Refused
from engage.kit.forms import add_refusal, error_list
from engage.kit.guards import public, public_form
from ideas.views.common import see_other, sign_in_url


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
@in_secret
def prove(request: HttpRequest, ballot_id: int, proof: str) -> HttpResponse:
    """One way from its first page on: where a code is to be sent, who somebody is elsewhere, or what is asked."""
    ballot = taking_votes(ballot_id)
    verifier = _verifier(ballot, proof)
    if proof in display.SENT:
        return _send_code(request, ballot, verifier)
    if proof == Proof.ACCOUNT and not request.user.is_authenticated:
        return page(request, "sign_in", ballot, display.sign_in_page(sign_in_url(request.path)))
    if proof == Proof.OPENID and not _answered(request):
        return _brought(request, ballot, verifier)
    return _asked(request, ballot, verifier)


@public_form
@never_cache
@in_secret
def sent(request: HttpRequest, ballot_id: int, proof: str) -> HttpResponse:
    """The code we sent: typed, or filled in from the part of the link that no server sees. A button uses it up."""
    ballot = taking_votes(ballot_id)
    verifier = _verifier(ballot, proof)
    if proof not in display.SENT:
        raise Http404
    return _asked(request, ballot, verifier)


def _verifier(ballot: Ballot, proof: str) -> Verifier:
    found = next((verifier for verifier in verifiers_of(ballot) if verifier.key == proof), None)
    if found is None:
        raise Http404
    return found


def _send_code(request: HttpRequest, ballot: Ballot, verifier: Verifier) -> HttpResponse:
    """Whether a code reaches somebody is told to nobody here."""
    by_text = verifier.key == Proof.PHONE
    form = (TelephoneForm if by_text else AddressForm)(request.POST if "address" in request.POST else None)
    status = 422
    if form.is_valid():
        to = form.cleaned_data["address"]
        key = _tries(ballot, verifier, to if by_text else one_mailbox(to))
        denied = too_often(request, "ballot_text" if by_text else "ballot_link", key)
        try:
            if denied is not None:
                raise Refused(denied)
            (letters.text_code if by_text else letters.send_link)(ballot=ballot, to=to, at=timezone.now())
            if not request.POST.get(KEPT):
                return see_other(display.sent_url(ballot, verifier))
            visit = visits.require_here(request.POST.get("visit", ""))
            return _page(request, ballot, verifier, 0, {}, visit, action=display.sent_url(ballot, verifier))
        except Refused as refused:
            add_refusal(form, refused)
            status = refused.denied.status
    context = (
        display.send_page(verifier)
        | _along(request)
        | {"form": form, "errors": error_list(form), "action": request.path}
    )
    return page(request, "proof", ballot, context, status if form.errors else 200)


def _brought(request: HttpRequest, ballot: Ballot, verifier: Verifier) -> HttpResponse:
    """Whoever comes back from the identity provider goes on; others are sent there first."""
    brought = request.COOKIES.get(identity.COOKIE, "")
    if not brought:
        return page(request, "sign_in", ballot, display.identity_page(ballot))
    answer = _page(request, ballot, verifier, 0, {"identity": brought}, visits.begin())
    identity.forget(answer)
    return answer


def _asked(request: HttpRequest, ballot: Ballot, verifier: Verifier) -> HttpResponse:
    """The page that is due, or what it was sent; when it is enough the ballot paper."""
    steps = steps_of(verifier, _homes(ballot))
    if request.method != "POST":
        return _page(request, ballot, verifier, 0, {}, visits.begin())
    visit = visits.require_here(request.POST.get("visit", ""))
    if not _answered(request):
        return _page(request, ballot, verifier, 0, {}, visit)
    number = _number(request, len(steps))
    here = {ask.name for ask in steps[number].asks}
    kept = {
        ask.name: request.POST[ask.name]
        for ask in verifier.asks
        if ask.name not in here and ask.name in request.POST
    }
    form = StepForm(request.POST, ballot=ballot, step=steps[number], homes=_homes(ballot), kept=kept)
    if form.is_valid():
        claim = {**_only_home(ballot), **form.claim()}
        ticket, missing = _knock(request, ballot, verifier, claim | {"visit": visit}, form)
        if ticket is not None:
            return first_paper(request, ballot, ticket, visit)
        for later, step in enumerate(steps[number + 1 :], number + 1):
            if missing in {ask.name for ask in step.asks}:
                return _page(request, ballot, verifier, later, form.claim(), visit)
    return _page(request, ballot, verifier, number, kept, visit, form)


def _knock(
    request: HttpRequest, ballot: Ballot, verifier: Verifier, claim: dict[str, str], form: StepForm
) -> tuple[Ticket | None, str]:
    """The ticket, when this is enough for one; else what is missing, or on this page what is wrong with it."""
    account = request.user if request.user.is_authenticated else None
    # Whoever knows an elector's number can use up their own tries for it, and not those of the elector elsewhere.
    key = _tries(ballot, verifier, _whose(verifier, claim, account), sender(request))
    denied = too_often(request, "ballot_proof", key)
    if denied is not None:
        add_refusal(form, Refused(denied))
        return None, ""
    try:
        found = verify(ballot=ballot, proof=verifier.key, claim=claim, account=account, at=timezone.now())
    except Refused as refused:
        missing = refused.denied.field or ""
        if not missing or missing in form.fields:
            add_refusal(form, refused)
            return None, ""
        return None, missing
    return found, ""


def _whose(verifier: Verifier, claim: dict[str, str], account: Account | None) -> str:
    """Whose tries are counted together: never those of a place, which thousands share."""
    own = [ask.name for ask in verifier.asks if ask.kind in {"text", "brought"} and ask.name in claim]
    return plain(claim[own[0]]) if own else (str(account.pk) if account else "")


def _tries(ballot: Ballot, verifier: Verifier, *who: str) -> str:
    """Where tries are counted nobody can read whose they are, since the ballot's secret is in it."""
    return mark(secret_of(ballot), "tries", verifier.key, *who)


def _page(
    request: HttpRequest,
    ballot: Ballot,
    verifier: Verifier,
    number: int,
    kept: dict[str, str],
    visit: str,
    form: StepForm | None = None,
    action: str = "",
) -> HttpResponse:
    homes = _homes(ballot)
    step = steps_of(verifier, homes)[number]
    shown = form or StepForm(ballot=ballot, step=step, homes=homes, kept=kept)
    context: dict[str, Any] = _along(request) | {
        "form": shown,
        "errors": error_list(shown) if form else [],
        "visit": visit,
        "number": number,
        "stage": "prove",
        "words": display.step_words(ballot, verifier, step),
        "action": action or request.path,
        "again_url": display.again_url(ballot, verifier) if step.kind == "typed" else "",
    }
    return page(request, "proof", ballot, context, 422 if form and form.errors else 200)


def _answered(request: HttpRequest) -> bool:
    """A page of ours was filled in; whoever has just chosen a way has sent none yet."""
    return "number" in request.POST


def _along(request: HttpRequest) -> dict[str, str]:
    """Who has marked a paper already shows again who they are, and brings the marks to the next paper."""
    return {"kept": request.POST.get(KEPT, ""), "visit": request.POST.get("visit", "")}


def _number(request: HttpRequest, steps: int) -> int:
    text = request.POST.get("number", "")
    return min(int(text), steps - 1) if text.isdecimal() and len(text) < 3 else 0


def _homes(ballot: Ballot) -> tuple[Home, ...]:
    return whole_sheet(ballot).homes


def _only_home(ballot: Ballot) -> dict[str, str]:
    homes = _homes(ballot)
    return {"place": str(homes[0].pk)} if len(homes) == 1 else {}
