"""What a councillor is asked: their list, one ask, and what they say to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.grants import actions, display, queries
from budgets.grants.enums import Answer
from budgets.grants.forms import DecideForm, DeclineForm, InterestForm
from budgets.grants.models import Ask
from budgets.grants.permissions import may_decide, may_declare_interest, may_read_ask, may_support
from engage.councillors.permissions import may_decide_on
from engage.kit.decisions import Denied, Refused, require
from engage.kit.forms import do, error_list
from engage.kit.guards import needs
from ideas.views.common import account_of, see_other, why_not


@needs("grants.decide_ask")
def my_asks(request: HttpRequest) -> HttpResponse:
    """Everything asked of the councillor's budgets: first what waits for them."""
    if getattr(request.user, "councillor", None) is None:
        raise Refused(
            Denied(
                _(
                    "Your account does not belong to a councillor, so nothing is asked of it. Ask an administrator."
                )
            )
        )
    found, now = queries.my_asks(account_of(request)), timezone.now()
    context = {
        "crumbs": display.grants_crumbs((_("My grants"), "")),
        "budgets": found.budgets,
        "groups": display.ask_groups(found.asks, now=now),
        "election": why_not(may_decide_on(timezone.localdate())),
    }
    return render(request, "grants/my_asks.html", context)


@needs("grants.decide_ask")
def ask(request: HttpRequest, ask_id: int) -> HttpResponse:
    """One application as the councillor it asks sees it."""
    return _page(request, _own(request, ask_id))


@needs("grants.decide_ask")
def support(request: HttpRequest, ask_id: int) -> HttpResponse:
    """The councillor backs it."""
    found = _own(request, ask_id)
    if request.method == "POST":
        actions.support_ask(ask=found, by=account_of(request), at=timezone.now())
        messages.success(
            request, _("You support “%(title)s”. Officers check it next.") % {"title": found.application}
        )
    return _back(request, found)


@needs("grants.decide_ask")
def decline(request: HttpRequest, ask_id: int) -> HttpResponse:
    """The councillor says no before it is checked."""
    found = _own(request, ask_id)
    return _decide(request, found, DeclineForm(request.POST or None), "decline_form")


@needs("grants.decide_ask")
def decision(request: HttpRequest, ask_id: int) -> HttpResponse:
    """The councillor decides after the check."""
    found = _own(request, ask_id)
    return _decide(request, found, DecideForm(request.POST or None), "decide_form")


@needs("grants.decide_ask")
def interest(request: HttpRequest, ask_id: int) -> HttpResponse:
    """The councillor declares an interest; an officer decides."""
    found = _own(request, ask_id)
    form = InterestForm(request.POST or None)
    if request.method != "POST":
        return _back(request, found)
    said = {"ask": found, "by": account_of(request), "at": timezone.now()}
    if form.is_valid() and do(form, actions.declare_interest, **said, **form.cleaned_data) is not None:
        messages.success(request, _("Your interest is declared and public. An officer decides."))
        return _back(request, found)
    return _page(request, _own(request, ask_id), interest_form=form)


def _decide(request: HttpRequest, found: Ask, form: DeclineForm | DecideForm, name: str) -> HttpResponse:
    if request.method != "POST":
        return _back(request, found)
    if form.is_valid():
        said = {"ask": found, "by": account_of(request), "at": timezone.now()}
        if do(form, actions.decide_ask, **said, **form.said) is not None:
            messages.success(request, _("Your decision is recorded."))
            return _back(request, found)
    return _page(request, _own(request, found.pk), **{name: form})


def _own(request: HttpRequest, ask_id: int) -> Ask:
    found = queries.ask_page(ask_id)
    if found is None:
        raise Http404
    require(may_read_ask(request.user, found))
    return found


def _back(request: HttpRequest, found: Ask) -> HttpResponse:
    address = reverse("grants:ask", args=[found.pk])
    return see_other(address) if request.method == "POST" else redirect(address)


def _page(request: HttpRequest, found: Ask, **forms: Form) -> HttpResponse:
    """`forms` are those that were refused, by the name the template knows them by."""
    account, application, day = account_of(request), found.application, timezone.localdate()
    checked = display.is_checked(application)
    may_yes = may_decide(account, found, Answer.APPROVED)
    fresh = {
        "decline_form": DeclineForm(),
        "decide_form": DecideForm(initial={"amount": found.amount_pence}),
        "interest_form": InterestForm(),
    }
    errors = [error for form in forms.values() for error in error_list(form)]
    context: dict[str, Any] = {
        "crumbs": display.grants_crumbs((_("My grants"), reverse("grants:my_asks")), (application.title, "")),
        "ask": found,
        "application": application,
        **display.ask_context(found),
        "checked": checked,
        "may_support": bool(may_support(account, found)),
        "may_decline": not may_yes and bool(may_decide(account, found, Answer.DECLINED)),
        "may_decide": bool(may_yes),
        "may_declare": bool(may_declare_interest(account, found)),
        "election": why_not(may_decide_on(day)),
        **fresh,
        **forms,
        "errors": errors,
    }
    denied = next((form.denied for form in forms.values() if hasattr(form, "denied")), None)
    status = 422 if denied is None else denied.status
    return render(request, "grants/ask.html", context, status=status if forms else 200)
