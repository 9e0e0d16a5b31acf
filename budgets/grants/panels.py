"""What grants show on other apps' pages: how an award was decided, how to apply for an idea, and one's own groups."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from budgets.display import outcome_rows
from budgets.enums import AwardStatus
from budgets.grants import display, queries, twins
from budgets.models import Award
from budgets.twins import OUTCOME_COLUMNS
from engage.councillors.models import Councillor
from engage.kit.panels import Panel, register_panel
from engage.kit.twins import Table
from engage.residents.models import Resident
from ideas.enums import PUBLIC_STATUSES, IdeaStatus
from ideas.models import Idea


@register_panel(Award, order=10)
def how_it_was_decided(award: Award, request: HttpRequest) -> Panel | None:
    """Nothing for awards that were recorded without an application."""
    ask = queries.decided_ask(award)
    if ask is None:
        return None
    return Panel(
        "grants/award_panel.html",
        {"decision": display.award_decision(ask)},
        tables=[twins.decision_table(ask, display.award_decision(ask))],
        steps=display.award_steps(ask),
    )


@register_panel(Award, order=5)
def results_of_the_joint_grant(award: Award, request: HttpRequest) -> Panel | None:
    """What several budgets paid for together is reported once; here it is for the other awards of the same grant."""
    first = queries.joint_award(award)
    outcomes = list(first.outcomes.all()) if first else []
    if first is None or not outcomes:
        return None
    return Panel(
        "grants/joint_results.html",
        {"joint_outcomes": outcome_rows(outcomes), "first_award": first},
        tables=[
            Table("outcomes_of_the_joint_grant", "outcome of the joint grant", OUTCOME_COLUMNS, outcomes)
        ],
        results=True,
    )


@register_panel(Councillor, order=15)
def decisions_asked_of(councillor: Councillor, request: HttpRequest) -> Panel | None:
    """On a councillor's page: what was decided about everything that their budgets were asked for."""
    tally = queries.decisions_about(councillor)
    if not tally.decisions:
        return None
    return Panel(
        "grants/decisions_panel.html",
        {"decisions_words": display.tally_words(tally), "decisions_url": display.record_url(councillor)},
        totals={
            "decisions": tally.decisions,
            "decisions_approved": tally.approved,
            "decisions_declined": tally.declined,
            "interests_declared": tally.interests,
        },
    )


@register_panel(Idea, order=20)
def apply_for_a_grant(idea: Idea, request: HttpRequest) -> Panel | None:
    """While a scheme takes applications, for an idea without money that can still come true and waits for no vote."""
    settled = {IdeaStatus.BALLOT, IdeaStatus.DONE, IdeaStatus.DECLINED}
    over = idea.status in settled or idea.status not in PUBLIC_STATUSES
    if over or queries.scheme_of_today(on=timezone.localdate()) is None:
        return None
    if idea.awards.exclude(status=AwardStatus.CANCELLED).exists():
        return None
    return Panel("grants/idea_panel.html", {"url": f"{reverse('grants:apply')}?idea={idea.pk}"})


@register_panel(Resident, order=30)
def your_groups(resident: Resident, request: HttpRequest) -> Panel | None:
    """On one's own account page: the groups one acts for, and the way to register one."""
    if resident.account is None:
        return None
    rows = display.membership_rows(queries.memberships_of(resident.account), [])
    return Panel("grants/account_panel.html", {"groups": rows})


@register_panel(Resident, order=25)
def asked_of_you(resident: Resident, request: HttpRequest) -> Panel | None:
    """On a councillor's own account page: what groups ask of their budget, and how much of it waits for them."""
    if resident.account is None or not resident.account.has_perm("grants.decide_ask"):
        return None
    groups = display.ask_groups(queries.my_asks(resident.account).asks, now=timezone.now())
    return Panel("grants/councillor_panel.html", {"waiting": len(groups.yours)})
