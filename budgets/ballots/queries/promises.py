"""The projects that won, as awards, with the steps that were promised."""

from __future__ import annotations

from budgets.ballots.models import Ballot, Won
from budgets.models import Award


def winners_awarded(ballot: Ballot) -> list[Won]:
    """Two queries."""
    found = Won.objects.filter(project__ballot=ballot).select_related("project", "award")
    return list(found.prefetch_related("milestones").order_by("project__pot", "project__order", "project"))


def won_award(award: Award) -> Won | None:
    found = Won.objects.filter(award=award).select_related("project__ballot", "project__pot")
    return found.prefetch_related("milestones").first()
