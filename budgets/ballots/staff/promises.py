"""What winning projects promise: a day for each step, moved only with the reason, and done in the end."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy

from budgets.ballots import queries
from budgets.ballots.display.promises import promise_rows
from budgets.ballots.enums import Phase
from budgets.ballots.forms.promises import KeepForm, MoveForm, PromiseForm
from budgets.ballots.models import Ballot, Milestone
from budgets.ballots.permissions import may_run
from budgets.ballots.staff.common import OnBallot, at


class Promises(OnBallot):
    """Every winner with its steps, and a day for another."""

    template_name = "ballots/staff/promises.html"
    form_class = PromiseForm
    may = staticmethod(may_run)
    submit_label = gettext_lazy("Promise this")
    done = gettext_lazy("It is promised. Everybody reads it beside the award.")

    def get_thing(self) -> Ballot:
        ballot: Ballot = super().get_thing()
        if queries.phase_of(ballot, timezone.now()) != Phase.PUBLISHED:
            raise Http404
        return ballot

    def desk_url(self) -> str:
        return at("promises", self.ballot.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        winners = queries.winners_awarded(self.ballot)
        return super().get_context_data(**kwargs) | {"rows": promise_rows(winners, timezone.localdate())}


class OnPromise(OnBallot):
    """One step that is not done yet."""

    may = staticmethod(may_run)
    takes_ballot = False

    def get_thing(self) -> Milestone:
        waiting = Milestone.objects.filter(done_on=None).select_related("won__project__ballot")
        return get_object_or_404(waiting, pk=self.kwargs["milestone"], won__project__ballot=self.kwargs["pk"])

    @property
    def ballot(self) -> Ballot:
        found: Ballot = self.thing.won.project.ballot
        return found

    def desk_url(self) -> str:
        return at("promises", self.ballot.pk)


class Move(OnPromise):
    form_class = MoveForm
    submit_label = gettext_lazy("Move this day")
    done = gettext_lazy("“%(thing)s” is promised for another day. Lateness is counted from the first.")

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"promised_on": self.thing.promised_on}


class Keep(OnPromise):
    form_class = KeepForm
    submit_label = gettext_lazy("Mark this as done")
    done = gettext_lazy("“%(thing)s” is done.")

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"on": timezone.localdate()}
