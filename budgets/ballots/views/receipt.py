"""Receipts: sent by email to whoever has just voted, and checked by whoever has one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from budgets.ballots import display, letters
from budgets.ballots.forms.proof import AddressForm, ReceiptForm
from budgets.ballots.models import Ballot
from budgets.ballots.queries import inclusion, secret_of, unpack, version_of
from budgets.ballots.queries.booth import in_the_box
from budgets.ballots.rules.marks import receipt as receipt_of
from budgets.ballots.rules.marks import typed
from budgets.ballots.views import visits
from budgets.ballots.views.common import ballot_or_404, in_secret, page
from budgets.ballots.views.limits import too_often
from engage.kit.decisions import Denied, Refused
from engage.kit.forms import add_refusal, error_list
from engage.kit.guards import public_form


@public_form
@never_cache
@in_secret
def send(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """By email, without the choices. The code is made again from the ticket, so nobody can send another's."""
    if request.method != "POST":
        return redirect("ballots:vote", ballot_id)
    ballot = ballot_or_404(ballot_id)
    visit = visits.require_here(request.POST.get("visit", ""))
    packed = request.POST.get("ticket", "")
    ticket = unpack(packed, ballot=ballot, at=timezone.now(), visit=visit)
    receipt = receipt_of(secret_of(ballot), ticket.voter)
    _require_cast(ballot, receipt)
    form = AddressForm(request.POST)
    sent, status = False, 422
    if form.is_valid():
        denied = too_often(request, "ballot_receipt", ticket.voter)
        try:
            if denied is not None:
                raise Refused(denied)
            letters.send_receipt(ballot=ballot, address=form.cleaned_data["address"], receipt=receipt)
            form, sent = AddressForm(), True
        except Refused as refused:
            add_refusal(form, refused)
            status = refused.denied.status
    context = {
        "form": form,
        "errors": error_list(form),
        "sent": sent,
        **display.receipt_facts(ballot, receipt, packed, visit),
    }
    return page(request, "done", ballot, context, status if form.errors else 200)


def _require_cast(ballot: Ballot, receipt: str) -> None:
    """A code for a paper that was never cast would look, after the close, like one that was taken away."""
    version = version_of(ballot)
    if version is None or not in_the_box(ballot, version.sha256, receipt):
        raise Refused(Denied(_("You have not voted yet, so there is no receipt to send."), status=409))


@public_form
@never_cache
@in_secret
def receipt(request: HttpRequest, ballot_id: int) -> HttpResponse:
    """Whether a ballot paper with this receipt is in the box, and after the close the proof that it is in the log."""
    ballot = ballot_or_404(ballot_id)
    form = ReceiptForm(request.POST or None)
    answer = {}
    if form.is_valid():
        denied = too_often(request, "ballot_inclusion")
        if denied is not None:
            add_refusal(form, Refused(denied))
        else:
            answer = _answer(ballot, form)
    context = {
        "ballot": ballot,
        "ballot_url": display.ballot_url(ballot),
        "crumbs": display.crumbs((ballot.title, display.ballot_url(ballot)), (_("Check a receipt"), "")),
        "form": form,
        "errors": error_list(form),
        "closed": ballot.closed_at is not None,
        **answer,
    }
    return render(request, "ballots/receipt.html", context, status=422 if form.errors else 200)


def _answer(ballot: Ballot, form: ReceiptForm) -> dict[str, object]:
    code = typed(form.cleaned_data["code"])
    version = version_of(ballot)
    assert version is not None
    if ballot.closed_at is None:
        if in_the_box(ballot, version.sha256, code):
            return {"found": True}
        form.add_error("code", _("No ballot paper in the box has this code. Check each letter and number."))
        return {}
    proof = inclusion(ballot, code)
    if proof is None:
        form.add_error("code", _("No line of the log has this code. Check each letter and number."))
        return {}
    return {"found": True, "proof": proof, "check": display.own_check(version.sha256, code, proof)}
