"""What ballots show on other apps' pages: where an idea stands, and the ballot that a call's ideas went to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.ballots.display.browse import ballot_url
from budgets.ballots.display.promises import promises
from budgets.ballots.enums import Phase
from budgets.ballots.models import Ballot, Project
from budgets.ballots.queries import won_award
from budgets.ballots.queries.listed import ballots_of_call, phase_listed, projects_of_idea
from budgets.models import Award
from engage.kit.moments import end, start
from engage.kit.money import pounds
from engage.kit.panels import Panel, register_panel
from ideas.models import Call, Idea


@register_panel(Idea, order=8)
def idea_on_ballots(idea: Idea, request: HttpRequest) -> Panel | None:
    projects = projects_of_idea(idea)
    if not projects:
        return None
    stands = [_stands(project) for project in projects]
    return Panel(
        "ballots/idea_panel.html",
        {"stands": stands},
        steps=[step for project in projects for step in _steps(project)],
    )


def _stands(project: Project) -> dict[str, Any]:
    ballot = project.ballot
    published = getattr(ballot, "publication", None)
    won = getattr(project, "won", None)
    return {
        "title": ballot.title,
        "url": ballot_url(ballot) if not published else _result_url(project),
        "cost": pounds(project.cost_pence),
        "what": _outcome(project) if published else _when(ballot),
        "award_url": won.award.get_absolute_url() if won else "",
    }


def _when(ballot: Ballot) -> str:
    now = timezone.now()
    assert ballot.opens_at is not None
    assert ballot.closes_at is not None
    if now < ballot.opens_at:
        return _("Voting starts at %(when)s.") % {"when": start(ballot.opens_at)}
    if now < ballot.closes_at:
        return _("You can vote until %(when)s.") % {"when": end(ballot.closes_at)}
    return _("Voting has ended. The result is not published yet.")


def _is_funded(project: Project) -> bool:
    departure = getattr(project, "departure", None)
    if departure is not None:
        return bool(departure.funded)
    return project.key in project.pot.count.winners


def _outcome(project: Project) -> str:
    departed = hasattr(project, "departure")
    if _is_funded(project):
        return _("Funded by a decision, against the count.") if departed else _("It won: it is funded.")
    return _("Not funded, by a decision against the count.") if departed else _("It did not win.")


def _result_url(project: Project) -> str:
    return reverse("ballots:pot_results", args=[project.ballot_id, project.pot.key])


def _steps(project: Project) -> list[dict[str, Any]]:
    """Of its life line: put to the vote, and what came of it."""
    ballot = project.ballot
    steps: list[dict[str, Any]] = [
        {
            "at": ballot.version.opened_at,
            "title": _("On the ballot “%(title)s”") % {"title": ballot.title},
            "body": "",
            "url": ballot_url(ballot),
            "kind": "open",
        }
    ]
    published = getattr(ballot, "publication", None)
    if published is not None:
        funded = _is_funded(project)
        steps.append(
            {
                "at": published.published_at,
                "title": _("Won the vote") if funded else _("Did not win the vote"),
                "body": "" if not hasattr(project, "departure") else _outcome(project),
                "url": _result_url(project),
                "kind": "progress" if funded else "closed",
            }
        )
    return steps


@register_panel(Award, order=12)
def vote_behind_an_award(award: Award, request: HttpRequest) -> Panel | None:
    """Where an award was chosen by vote, and what is promised of it by when."""
    won = won_award(award)
    if won is None:
        return None
    vote = {"title": won.project.ballot.title, "url": _result_url(won.project)}
    told = promises(won.milestones.all(), timezone.localdate())
    return Panel("ballots/award_panel.html", {"vote": vote, "promises": told})


@register_panel(Call, order=8)
def ballots_of_a_call(call: Call, request: HttpRequest) -> Panel | None:
    ballots = ballots_of_call(call)
    if not ballots:
        return None
    now = timezone.now()
    return Panel(
        "ballots/call_panel.html",
        {"ballots": [_row(ballot, phase_listed(ballot, now)) for ballot in ballots]},
    )


def _row(ballot: Ballot, phase: Phase) -> dict[str, Any]:
    done = phase == Phase.PUBLISHED
    return {
        "title": ballot.title,
        "url": reverse("ballots:results", args=[ballot.pk]) if done else ballot_url(ballot),
        "what": _("The result is published.") if done else _when(ballot),
        "open": phase == Phase.VOTING,
    }
