"""What stands in the way of opening a ballot: everything the checklist asks, read from the database."""

from __future__ import annotations

from datetime import datetime

from budgets.ballots.enums import Kind
from budgets.ballots.models import Ballot, Code, Elector, Pot
from budgets.ballots.queries.counts import published, winners_of
from budgets.ballots.queries.verify import VERIFIERS
from budgets.ballots.queries.words import untranslated
from budgets.ballots.rules.checklist import BallotFacts, Item, PotFacts, ProjectFacts
from budgets.ballots.rules.checklist import checklist as rules_checklist
from budgets.permissions import given_by_hand
from engage.kit.decisions import Allowed


def facts_of(ballot: Ballot) -> BallotFacts:
    held = _held(ballot)
    return BallotFacts(
        kind=Kind(ballot.kind),
        rule=ballot.rule,
        most=ballot.most,
        points=ballot.points,
        opens_at=ballot.opens_at,
        closes_at=ballot.closes_at,
        proofs=ballot.proofs,
        on_paper=ballot.on_paper,
        pots=tuple(_pot(pot, held) for pot in ballot.pots.select_related("budget")),
        projects=tuple(
            ProjectFacts(
                key=project.key,
                title=project.title,
                pot=project.pot.key,
                cost=project.cost_pence,
                exclusive=project.exclusive,
                described=bool(project.description),
                assessed=bool(project.assessment),
                has_organisation=project.organisation_id is not None,
            )
            for project in ballot.projects.select_related("pot")
        ),
        untranslated=untranslated(ballot),
        electors=Elector.objects.filter(ballot=ballot).count(),
        codes=Code.objects.filter(ballot=ballot, revoked_at=None).count(),
        known_proofs=tuple(VERIFIERS),
        lacking={key: needs for key, each in VERIFIERS.items() if (needs := each.needs)},
    )


def _pot(pot: Pot, held: dict[int, int]) -> PotFacts:
    if pot.budget is None:
        return PotFacts(pot.key, pot.name, pot.amount_pence, None)
    allowed = given_by_hand(pot.budget)
    return PotFacts(
        pot.key,
        pot.name,
        pot.amount_pence,
        pot.budget.remaining_pence,
        budget=str(pot.budget.pk),
        held=held.get(pot.budget.pk, 0),
        refused="" if isinstance(allowed, Allowed) else str(allowed.reason),
    )


def _held(ballot: Ballot) -> dict[int, int]:
    """Budget → what other opened ballots share out of it: all of a pot; once published, what winners wait for."""
    others = (
        Pot.objects.filter(budget__in=ballot.pots.values("budget"), ballot__version__isnull=False)
        .exclude(ballot=ballot)
        .exclude(projects__won__isnull=False)
        .select_related("ballot")
    )
    found: dict[int, int] = {}
    for pot in others:
        assert pot.budget_id is not None
        owed = sum(each.cost_pence for each in winners_of(pot)) if published(pot.ballot) else pot.amount_pence
        found[pot.budget_id] = found.get(pot.budget_id, 0) + owed
    return found


def checklist(ballot: Ballot, at: datetime) -> list[Item]:
    """What is missing, in sentences; those with `must` stand in the way of opening it."""
    return rules_checklist(facts_of(ballot), at=at)
