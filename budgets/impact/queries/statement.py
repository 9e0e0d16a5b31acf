"""One place's year on one sheet of paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from budgets.impact.queries.value_maps import published_maps, social_return
from budgets.impact.queries.where import KEPT
from budgets.impact.rules.sroi import Total
from budgets.models import Award, Budget, Outcome
from budgets.queries import BooksCheck, Totals, last_check, listed
from engage.places.models import Place

FITS_ON_A_SHEET = 14


@dataclass(frozen=True)
class Statement:
    """`awards` are the largest that fit; `more` and `more_pence` are what does not."""

    place: Place
    year: int
    budgets: list[Budget]
    awards: list[Award]
    more: int
    more_pence: int
    value: Total
    checked: BooksCheck | None

    @property
    def totals(self) -> Totals:
        return Totals.of(self.budgets)


def statement(place: Place, *, budgets: Sequence[Budget], year: int) -> Statement:
    """`budgets` are all of the place's."""
    shown = [budget for budget in budgets if budget.year == year]
    own = Award.objects.filter(budget__in=[budget.pk for budget in shown])
    kept = own.alias(kept=KEPT).filter(kept__gt=0)
    outcomes = Prefetch("outcomes", Outcome.objects.order_by("pk"))
    awards = list(listed(kept).prefetch_related(outcomes).order_by((KEPT).desc(), "title"))
    beyond = awards[FITS_ON_A_SHEET:]
    return Statement(
        place=place,
        year=year,
        budgets=shown,
        awards=awards[:FITS_ON_A_SHEET],
        more=len(beyond),
        more_pence=sum(award.committed_pence + award.spent_pence for award in beyond),
        value=social_return(published_maps(kept)),
        checked=last_check(),
    )
