"""What the pages of the booth share: which ballot, whether votes are taken now, and how far the page may travel."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from budgets.ballots import display
from budgets.ballots.models import Ballot
from budgets.ballots.queries import verifiers_of
from budgets.ballots.queries.booth import course_now, opened_ballot
from budgets.ballots.rules.phases import takes_votes
from engage.kit.decisions import Denied, Refused, require
from engage.kit.guards import View


def in_secret(view: View) -> View:
    """No report of an error has what somebody sent here, nor any variable of ours at that moment."""
    return cast(View, sensitive_post_parameters()(sensitive_variables()(view)))


def ballot_or_404(ballot_id: int) -> Ballot:
    found = opened_ballot(ballot_id)
    if found is None:
        raise Http404
    return found


def taking_votes(ballot_id: int) -> Ballot:
    """A ballot in which one can vote now; otherwise the sentence that says why not."""
    ballot = ballot_or_404(ballot_id)
    require(takes_votes(course_now(ballot), timezone.now()))
    if not verifiers_of(ballot):
        raise Refused(
            Denied(
                _(
                    "Nobody can vote online in this ballot, because the council has named no way to show who"
                    " one is. Ask the ballots team."
                ),
                status=409,
            )
        )
    return ballot


def page(
    request: HttpRequest, template: str, ballot: Ballot, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the booth: with nothing around it that leads astray."""
    context |= {"ballot": ballot, "ballot_url": display.ballot_url(ballot)}
    return render(request, f"ballots/vote/{template}.html", context, status=status)
