"""After the vote: close, count, look, decide, publish, award."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.ballots import actions, queries
from budgets.ballots.display import departures, results
from budgets.ballots.display import staff as display
from budgets.ballots.enums import Phase
from budgets.ballots.forms.after import AwardForm, CloseForm, ConfirmForm, CountForm, DepartForm, PublishForm
from budgets.ballots.models import Ballot, Departure
from budgets.ballots.permissions import may_depart, may_run, signs_as
from budgets.ballots.staff.common import OnBallot, SeeBallot, at
from engage.accounts.models import Account
from engage.kit.decisions import Denied, Refused, require


class AfterVote(OnBallot):
    may = staticmethod(may_run)
    takes_ballot = False


class Close(AfterVote):
    template_name = "ballots/staff/close.html"
    form_class = CloseForm
    submit_label = gettext_lazy("Close the ballot and open the box")
    done = gettext_lazy("“%(thing)s” is closed. What led from people to votes is destroyed.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"batches": display.batch_rows(self.ballot)}


class CountIt(AfterVote):
    template_name = "ballots/staff/count.html"
    form_class = CountForm
    takes_ballot = True
    submit_label = gettext_lazy("Count the ballots")
    done = gettext_lazy("“%(thing)s” is counted. Look at the result before you publish it.")


class Result(SeeBallot):
    """The count as staff see it before everybody does."""

    template_name = "ballots/staff/result.html"
    page_title = gettext_lazy("The count")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        phase = queries.phase_of(self.ballot, timezone.now())
        counts = queries.counts_of(self.ballot) if phase in {Phase.COUNTED, Phase.PUBLISHED} else {}
        today = timezone.localdate()
        pots = [results.pot_result(self.ballot, count, today=today) for count in counts.values()]
        return self.render_to_response(
            self.get_context_data(ballot=self.ballot, pots=pots, published=phase == Phase.PUBLISHED)
        )


class Signs(AfterVote):
    """Who signs shows again that they are who is signed in. An account that could not show it signs nothing."""

    may = staticmethod(may_depart)
    back = "depart"

    @method_decorator(reauthentication_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(self.may(request.user))
        if not get_reauthentication_flows(request.user):
            raise Refused(
                Denied(
                    _("Give your account a password or a passkey first: who signs must show who they are."),
                    status=403,
                )
            )
        return super().dispatch(request, *args, **kwargs)

    def desk_url(self) -> str:
        return at("depart", self.ballot.pk)


class Depart(Signs):
    """Sign a decision; those that wait for a second person stand above."""

    template_name = "ballots/staff/depart.html"
    form_class = DepartForm
    takes_ballot = True
    submit_label = gettext_lazy("Sign this decision")
    done = gettext_lazy("The decision is signed. Somebody else must confirm it now.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "rows": departures.departure_rows(self.ballot, self.account),
            "name": self.account.get_full_name(),
            "role": departures.role_words(signs_as(self.account)),
        }


class Confirm(Signs):
    template_name = "ballots/staff/confirm.html"
    form_class = ConfirmForm
    submit_label = gettext_lazy("Confirm this decision")
    done = gettext_lazy("The decision is confirmed. It is published beside the count.")

    def get_thing(self) -> Departure:
        """One that waits, of this ballot."""
        waiting = Departure.objects.select_related("project__ballot", "project__pot")
        return get_object_or_404(waiting, pk=self.kwargs["departure"], project__ballot=self.kwargs["pk"])

    @property
    def ballot(self) -> Ballot:
        found: Ballot = self.thing.project.ballot
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "row": departures.departure_row(self.thing, self.account)
        }


def withdraw(request: HttpRequest, pk: int, departure: int) -> HttpResponse:
    require(may_depart(request.user))
    found = get_object_or_404(
        Departure.objects.select_related("project__ballot"), pk=departure, project__ballot=pk
    )
    if request.method == "POST":
        actions.withdraw_departure(departure=found, by=cast(Account, request.user), at=timezone.now())
        messages.success(request, _("The decision is withdrawn. It is as if it had never been signed."))
    return redirect(at("depart", pk))


class Publish(AfterVote):
    template_name = "ballots/staff/publish.html"
    form_class = PublishForm
    submit_label = gettext_lazy("Publish the result")
    done = gettext_lazy("The result of “%(thing)s” is public.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"unique": display.unique_shares(self.ballot)}


class Award(AfterVote):
    template_name = "ballots/staff/award.html"
    form_class = AwardForm
    submit_label = gettext_lazy("Award the winners their money")
    done = gettext_lazy("The winners of “%(thing)s” are awards now.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pots = display.to_award(self.ballot)
        waiting = any(row["projects"] for row in pots)
        return super().get_context_data(**kwargs) | {"pots": pots, "waiting": waiting}
