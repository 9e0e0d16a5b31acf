"""After the vote: close, count, look, decide, publish, award."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from budgets.ballots import queries
from budgets.ballots.display import results
from budgets.ballots.display import staff as display
from budgets.ballots.enums import Phase
from budgets.ballots.forms.after import AwardForm, CloseForm, CountForm, DepartForm, PublishForm
from budgets.ballots.permissions import may_depart, may_run
from budgets.ballots.staff.common import OnBallot, SeeBallot


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
    submit_label = gettext_lazy("Count the ballots")
    done = gettext_lazy("“%(thing)s” is counted. Look at the result before you publish it.")


class Result(SeeBallot):
    """The count as staff see it before everybody does."""

    template_name = "ballots/staff/result.html"
    page_title = gettext_lazy("The count")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        phase = queries.phase_of(self.ballot, timezone.now())
        counts = queries.counts_of(self.ballot) if phase in {Phase.COUNTED, Phase.PUBLISHED} else {}
        pots = [results.pot_result(self.ballot, count) for count in counts.values()]
        return self.render_to_response(
            self.get_context_data(ballot=self.ballot, pots=pots, published=phase == Phase.PUBLISHED)
        )


class Depart(AfterVote):
    template_name = "ballots/staff/depart.html"
    form_class = DepartForm
    may = staticmethod(may_depart)
    takes_ballot = True
    submit_label = gettext_lazy("Sign this decision")
    done = gettext_lazy("The decision is signed. It is published beside the count.")


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
        return super().get_context_data(**kwargs) | {"pots": display.to_award(self.ballot)}
