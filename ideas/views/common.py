"""What the views share."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from engage.accounts.models import Account
from engage.kit.decisions import Decision, Denied, Words
from engage.residents.actions import join
from engage.residents.models import Resident
from ideas import display, queries
from ideas.models import Idea
from ideas.permissions import is_gone


def idea_or_404(idea_id: int) -> Idea:
    found = queries.idea_of(idea_id)
    if found is None:
        raise Http404
    return found


def public_idea_or_404(idea_id: int) -> Idea:
    found = idea_or_404(idea_id)
    if is_gone(found):
        raise Http404
    return found


def by_htmx(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def account_of(request: HttpRequest) -> Account:
    """Behind a guard for the signed-in."""
    return cast(Account, request.user)


def why_not(decision: Decision) -> Words:
    return decision.reason if isinstance(decision, Denied) else ""


def taking_part(request: HttpRequest) -> Resident:
    """Whoever is signed in takes part as a resident."""
    return queries.resident_of(request.user) or join(account=account_of(request), at=timezone.now())


def see_other(address: str) -> HttpResponse:
    """After a post: fetch this next, so that going back or reloading posts nothing twice."""
    return HttpResponse(status=303, headers={"Location": address})


def crumbs_of(idea: Idea, last: str) -> list[dict[str, str]]:
    return display.crumbs((idea.title, idea.words_url), (last, ""))


def closed_meanwhile(form: BaseForm) -> bool:
    """Whether a verb refused the form because of what became of the thing: what was typed can only be copied."""
    denied: Denied | None = getattr(form, "denied", None)
    return denied is not None and denied.status == 409


def sign_in_url(back: str) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': back})}"
