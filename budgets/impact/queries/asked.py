"""How much a group is asked to tell of what its grant did, and how much of that is told."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import Coalesce

from budgets.grants.models import Application, Scheme
from budgets.impact.enums import Level, MapKind
from budgets.impact.models import BeforeAfter, Levels, ValueMap
from budgets.impact.rules.levels import From, level_for, level_told
from budgets.models import Award


@dataclass(frozen=True, slots=True)
class Asked:
    """`level` is what is asked of a grant of `pence`; a joint grant is one grant, whoever pays which part."""

    level: Level
    told: Level
    pence: int
    amounts: From

    @property
    def is_told(self) -> bool:
        order = list(Level)
        return order.index(self.told) >= order.index(self.level)


def amounts_of(scheme: Scheme) -> From:
    """From which amounts on a scheme asks for more."""
    found = Levels.objects.filter(scheme=scheme).first()
    return From(found.before_and_after_pence, found.value_map_pence) if found else From()


def asked_of(application: Application) -> Asked:
    """By what is awarded; before that by what is asked for. Four queries."""
    awards = Award.objects.filter(ask__application=application)
    pence = awards.aggregate(sum=Coalesce(Sum("awarded_pence"), 0))["sum"] or sum(
        application.asks.values_list("amount_pence", flat=True)
    )
    amounts = amounts_of(application.scheme)
    told = level_told(
        before_and_after=BeforeAfter.objects.filter(outcome__award__in=awards).exists(),
        value_map=ValueMap.objects.filter(
            award__in=awards, kind=MapKind.ACTUAL, published_at__isnull=False
        ).exists(),
    )
    return Asked(level_for(pence, amounts), told, pence, amounts)
