"""What a councillor's budgets did. Nothing here compares one councillor with another."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from budgets.impact.models import Tally
from budgets.impact.queries.value_maps import published_maps, social_return
from budgets.impact.queries.where import KEPT, others_of, sums_of
from budgets.impact.rules.sroi import Total
from budgets.impact.rules.waiting import leverage
from budgets.models import Award
from engage.councillors.models import Councillor


@dataclass(frozen=True)
class Effect:
    """Of all years together."""

    awards: int
    pence: int
    groups: int
    first_time_groups: int
    reported: int
    others_pence: int
    applied_pence: int
    confirmed: int
    disputed: int
    value: Total

    @property
    def leverage(self) -> Fraction | None:
        return leverage(self.others_pence, self.applied_pence)


def effect_of(councillor: Councillor) -> Effect | None:
    """None when no award of theirs was kept."""
    kept = Award.objects.filter(budget__councillor=councillor).order_by().alias(kept=KEPT).filter(kept__gt=0)
    sums = sums_of(kept)
    if not sums["awards"]:
        return None
    others, applied = others_of(kept)
    words = Tally.objects.filter(Q(outcome__award__in=kept.values("pk"))).aggregate(
        confirmed=Coalesce(Sum("confirmed"), 0), disputed=Coalesce(Sum("disputed"), 0)
    )
    return Effect(
        **{name: number for name, number in sums.items() if name != "first_time_pence"},
        **words,
        others_pence=others,
        applied_pence=applied,
        value=social_return(published_maps(kept)),
    )
