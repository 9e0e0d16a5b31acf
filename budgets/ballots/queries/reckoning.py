"""How many could vote and did, and how the paper adds up: what anybody needs to check the number of ballots by."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count as CountOf
from django.db.models import Sum

from budgets.ballots.enums import Channel
from budgets.ballots.models import Ballot, Log, Paper, Reckoning


@dataclass(frozen=True, slots=True)
class PaperReckoned:
    """Envelopes and papers of all batches together. `invalid` is by its reason."""

    batches: int
    admitted: int
    turned_away: int
    valid: int
    invalid: dict[str, int]

    @property
    def invalid_in_all(self) -> int:
        return sum(self.invalid.values())

    @property
    def without_paper(self) -> int:
        """Envelopes of admitted voters in which no paper was found."""
        return self.admitted - self.valid - self.invalid_in_all


@dataclass(frozen=True, slots=True)
class Reckoned:
    """`apart_from_paper`: voters online and with help, one ballot paper each. `voters` is None before there is any."""

    voters: Reckoning | None
    apart_from_paper: int
    papers_in_box: int
    paper: PaperReckoned | None


def reckoned(ballot: Ballot) -> Reckoned:
    """Of a closed ballot. Five queries, however many voted."""
    return Reckoned(
        voters=Reckoning.objects.filter(ballot=ballot).first(),
        apart_from_paper=ballot.roll.exclude(channel=Channel.PAPER).count(),
        papers_in_box=Log.objects.values_list("size", flat=True).get(ballot=ballot),
        paper=_paper(ballot) if ballot.on_paper else None,
    )


def _paper(ballot: Ballot) -> PaperReckoned:
    sums = ballot.paper_batches.aggregate(
        batches=CountOf("pk"), admitted=Sum("admitted"), turned_away=Sum("turned_away"), valid=Sum("valid")
    )
    reasons = (
        Paper.objects.filter(ballot=ballot)
        .exclude(reason="")
        .values_list("reason")
        .annotate(papers=CountOf("pk"))
        .order_by("reason")
    )
    return PaperReckoned(**{name: number or 0 for name, number in sums.items()}, invalid=dict(reasons))
