"""Preparing a ballot, page by page: its money, its projects, a preview, a rehearsal; opening it, and errata."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.ballots import actions, queries
from budgets.ballots.display import staff as display
from budgets.ballots.display.browse import errata
from budgets.ballots.enums import Phase
from budgets.ballots.forms.prepare import (
    ErratumForm,
    FromIdeasForm,
    OpenForm,
    PotForm,
    ProjectForm,
    calls_to_vote,
)
from budgets.ballots.models import Ballot, Pot, Project
from budgets.ballots.permissions import may_prepare, may_run
from budgets.ballots.rules.languages import language
from budgets.ballots.staff.common import OnBallot, SeeBallot, at
from engage.accounts.models import Account
from engage.kit.decisions import Refused, require
from ideas.models import Call


class Redirects(OnBallot):
    """Stays among the ballot's pages: back to the list it came from."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            form.do(self.thing, by=self.request.user)
        except Refused as refused:
            return self.refused(form, refused)
        messages.success(self.request, self.done % {"thing": self.thing})
        return redirect(self.get_success_url())


# --- money ------------------------------------------------------------------------------------------------


class Money(Redirects):
    template_name = "ballots/staff/money.html"
    form_class = PotForm
    submit_label = gettext_lazy("Add this pot")
    done = gettext_lazy("The pot is on the ballot.")
    back = "money"

    def get_page_title(self) -> str:
        return _("Money")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"pots": display.pot_rows(self.ballot)}


class ChangePot(Money):
    submit_label = gettext_lazy("Save this pot")
    done = gettext_lazy("The pot is changed.")

    @cached_property
    def pot(self) -> Pot:
        return get_object_or_404(Pot, pk=self.kwargs["pot"], ballot=self.ballot)

    def get_page_title(self) -> str:
        return _("Change a pot")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"pot": self.pot}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"pots": []}


def remove_pot(request: HttpRequest, pk: int, pot: int) -> HttpResponse:
    require(may_prepare(request.user))
    found = get_object_or_404(Pot.objects.select_related("ballot"), pk=pot, ballot=pk)
    if request.method == "POST":
        actions.remove_pot(pot=found, by=cast(Account, request.user), at=timezone.now())
        messages.success(request, _("The pot and its projects are off the ballot."))
    return redirect(at("money", pk))


# --- projects ---------------------------------------------------------------------------------------------


class AddProject(Redirects):
    form_class = ProjectForm
    submit_label = gettext_lazy("Add this project")
    done = gettext_lazy("The project is on the ballot.")
    back = "projects"

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"place": self.ballot.place_id}


class ChangeProject(Redirects):
    form_class = ProjectForm
    submit_label = gettext_lazy("Save this project")
    done = gettext_lazy("The project is changed.")
    back = "projects"

    def get_form_kwargs(self) -> dict[str, Any]:
        project = get_object_or_404(Project, pk=self.kwargs["project"], ballot=self.ballot)
        return super().get_form_kwargs() | {"instance": project}


def remove_project(request: HttpRequest, pk: int, project: int) -> HttpResponse:
    require(may_prepare(request.user))
    found = get_object_or_404(Project.objects.select_related("ballot"), pk=project, ballot=pk)
    if request.method == "POST":
        actions.remove_project(project=found, by=cast(Account, request.user), at=timezone.now())
        messages.success(request, _("The project is off the ballot."))
    return redirect(at("projects", pk))


class Projects(SeeBallot):
    template_name = "ballots/staff/projects.html"
    page_title = gettext_lazy("Projects")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        phase = queries.phase_of(self.ballot, timezone.now())
        context = self.get_context_data(
            ballot=self.ballot,
            pots=display.projects_by_pot(self.ballot),
            calls=calls_to_vote(self.ballot),
            languages=[language(code) for code in self.ballot.languages[1:]],
            may_change=phase == Phase.DRAFT and bool(may_prepare(request.user)),
        )
        return self.render_to_response(context)


class FromIdeas(Redirects):
    template_name = "ballots/staff/from_ideas.html"
    form_class = FromIdeasForm
    submit_label = gettext_lazy("Put these ideas on the ballot")
    done = gettext_lazy(
        "The ideas are on the ballot. Look at each: its words can be changed until the ballot opens."
    )
    back = "projects"

    @cached_property
    def call(self) -> Call | None:
        asked = self.request.GET.get("call", "")
        return Call.objects.filter(pk=asked).first() if asked.isdecimal() else None

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"call": self.call}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        rows = [
            {"idea": idea, "take": form[f"take_{idea.pk}"], "cost": form[f"cost_{idea.pk}"]}
            for idea in form.ideas
        ]
        return context | {"rows": rows, "call": self.call}


# --- looking at it ----------------------------------------------------------------------------------------


class Preview(SeeBallot):
    """What opening would freeze, as it stands now; once open, what is frozen."""

    template_name = "ballots/staff/preview.html"
    page_title = gettext_lazy("Preview")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(ballot=self.ballot, paper=display.preview(self.ballot))
        )


class Rehearse(SeeBallot):
    """The real engine on made-up papers; nothing is kept. Another `chance` makes others."""

    template_name = "ballots/staff/rehearse.html"
    page_title = gettext_lazy("Rehearsal")
    PAPERS = 500

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        asked = request.GET.get("chance", "")
        chance = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
        ready = display.can_be_rehearsed(self.ballot)
        found = queries.rehearse(self.ballot, papers=self.PAPERS, chance=chance) if ready else []
        return self.render_to_response(
            self.get_context_data(
                ballot=self.ballot,
                papers=self.PAPERS,
                next_chance=chance + 1,
                pots=display.rehearsed(self.ballot, found),
            )
        )


class Open(OnBallot):
    template_name = "ballots/staff/open.html"
    form_class = OpenForm
    may = staticmethod(may_run)
    takes_ballot = False
    submit_label = gettext_lazy("Open this ballot")
    done = gettext_lazy("“%(thing)s” is open and frozen. Voting starts and ends by the clock.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items = queries.checklist(self.ballot, timezone.now())
        return super().get_context_data(**kwargs) | {
            "missing": [item for item in items if item.must],
            "think": [item for item in items if not item.must],
            "paper": display.preview(self.ballot),
        }


class PutRight(OnBallot):
    template_name = "ballots/staff/errata.html"
    form_class = ErratumForm
    may = staticmethod(may_run)
    submit_label = gettext_lazy("Publish this erratum")
    done = gettext_lazy("The erratum is public, with its reason.")

    def get_thing(self) -> Ballot:
        return get_object_or_404(Ballot.objects.opened(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"errata": errata(queries.shown(self.ballot))}
