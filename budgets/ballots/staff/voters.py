"""Who may vote: the electoral roll, and codes with their letters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.ballots.display import letters
from budgets.ballots.display import staff as display
from budgets.ballots.forms.voters import CodesForm, ReissueForm, RevokeForm, RollForm
from budgets.ballots.permissions import may_issue_codes
from budgets.ballots.staff.common import OnBallot, at
from engage.kit.decisions import Refused


class OnVoters(OnBallot):
    may = staticmethod(may_issue_codes)
    takes_ballot = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"voters": display.voters(self.ballot)}


class Roll(OnVoters):
    template_name = "ballots/staff/roll.html"
    form_class = RollForm
    submit_label = gettext_lazy("Load this roll")

    def form_valid(self, form: RollForm) -> HttpResponse:
        try:
            electors = form.do(self.ballot, by=self.account)
        except Refused as refused:
            return self.refused(form, refused)
        messages.success(
            self.request,
            _("%(electors)s electors are loaded. No name is kept.") % {"electors": f"{electors:,}"},
        )
        return redirect(at("codes", self.ballot.pk) if "code" in self.ballot.proofs else self.desk_url())


class Codes(OnVoters):
    """Makes a batch and answers with its letters: the only page that ever shows these codes."""

    template_name = "ballots/staff/codes.html"
    form_class = CodesForm
    takes_ballot = True
    submit_label = gettext_lazy("Make codes and show their letters")

    def get_page_title(self) -> str:
        return _("Voting codes")

    def form_valid(self, form: CodesForm) -> HttpResponse:
        try:
            issued = form.do(self.ballot, by=self.account)
        except Refused as refused:
            return self.refused(form, refused)
        return self.printed(issued)

    def printed(self, issued: list[Any]) -> HttpResponse:
        base = f"{self.request.scheme}://{self.request.get_host()}"
        context = {
            "ballot": self.ballot,
            "when": letters.when(self.ballot),
            "letters": letters.letters(self.ballot, issued, base=base),
        }
        response = render(self.request, "ballots/staff/letters.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response


class Revoke(OnVoters):
    form_class = RevokeForm
    submit_label = gettext_lazy("Cancel this code")
    done = gettext_lazy("The code is cancelled. A vote that was cast with it stays: nobody can find it.")


class Reissue(Codes):
    template_name = "ballots/staff/verb.html"
    form_class = ReissueForm  # type: ignore[assignment]
    takes_ballot = False
    submit_label = gettext_lazy("Cancel it and print another")

    def get_page_title(self) -> str:
        return str(self.submit_label)

    def form_valid(self, form: ReissueForm) -> HttpResponse:  # type: ignore[override]
        try:
            issued = form.do(self.ballot, by=self.account)
        except Refused as refused:
            return self.refused(form, refused)
        return self.printed([issued])
