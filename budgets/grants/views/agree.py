"""The agreement of an approved application: read it, sign it, read it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from budgets.grants import actions, display, queries
from budgets.grants.forms import SignForm
from budgets.grants.models import Agreement, Application
from budgets.grants.permissions import (
    acts_for,
    may_ask_to_sign,
    may_read_agreement,
    may_sign,
    signatory_of,
)
from budgets.grants.rules.terms import agreement as agreement_text
from budgets.grants.views.limits import too_often
from engage.kit.decisions import Refused, require
from engage.kit.forms import do, error_list
from engage.kit.guards import signed_in
from engage.kit.panels import panels_for
from ideas.views.common import account_of, see_other


@signed_in
@never_cache
def agreement(request: HttpRequest, application_id: int) -> HttpResponse:
    """For the group's members and the two people who sign, each as themselves. Officers read it on their desk."""
    found = queries.application_to_sign(application_id)
    # Others do not learn from the refusal what is approved before it is public.
    if found is None or not may_read_agreement(request.user, found):
        raise Http404
    signed = queries.agreement_of(found)
    if request.method == "POST" and "again" in request.POST:
        return _asked_again(request, found)
    form = _form(request, found, signed)
    if request.method == "POST":
        if signed and account_of(request).pk in (signed.first_by_id, signed.second_by_id):
            return see_other(request.path)  # pressed twice
        if form is None:
            require(may_sign(request.user, found, signed))
        elif form.is_valid() and (
            now := do(
                form, actions.sign_agreement, application=found, by=account_of(request), at=timezone.now()
            )
        ):
            messages.success(request, _thanks(now))
            return see_other(request.path)
    context = {
        "crumbs": display.agreement_crumbs(found, member=bool(acts_for(request.user, found.organisation))),
        "application": found,
        "terms": signed.terms if signed else agreement_text(queries.promise_of(found)),
        "signed": signed,
        "signers": display.signer_rows(queries.signers_of(found, signed)),
        "form": form,
        "panels": panels_for(found, request),
        "may_ask": may_ask_to_sign(request.user, found),
        "errors": error_list(form) if form else [],
    }
    return render(request, "grants/agreement.html", context, status=422 if form and form.errors else 200)


def _form(request: HttpRequest, found: Application, signed: Agreement | None) -> SignForm | None:
    signer = signatory_of(request.user, found.organisation)
    if signer is None or not may_sign(request.user, found, signed):
        return None
    return SignForm(request.POST if request.method == "POST" else None, name=signer.name)


def _thanks(signed: Agreement) -> str:
    if signed.signed_at:
        return _("The agreement is signed. The money is paid in the next payment run.")
    return _("Thank you. Now somebody else who signs for the group signs, from an account of their own.")


def _asked_again(request: HttpRequest, found: Application) -> HttpResponse:
    require(may_ask_to_sign(request.user, found))
    if (denied := too_often(request, "group_sign", str(found.pk))) is not None:
        raise Refused(denied)
    actions.ask_to_sign(application=found, by=account_of(request), at=timezone.now())
    messages.success(request, _("We write to them now."))
    return see_other(request.path)
