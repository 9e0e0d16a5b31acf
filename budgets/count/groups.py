"""What each neighbourhood got, and what those who wanted something there paid. Numbers of many ballots, never of a few.

No ballot says where its voter lives, but it says for which neighbourhoods the projects are that it chose.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from budgets.count.counting import Count, shop_of
from budgets.count.instance import Instance
from budgets.count.purses import Purses
from budgets.count.stalls import Flags

LEAST = 20


@dataclass(frozen=True, slots=True)
class Payers:
    """Ballots that chose a project of one place: their shares together (in minor units), and what those paid for
    projects of this place and of others. The rest they kept.
    """

    ballots: int
    shares: Fraction
    here: Fraction
    elsewhere: Fraction

    @property
    def kept(self) -> Fraction:
        return self.shares - self.here - self.elsewhere


@dataclass(frozen=True, slots=True)
class Place:
    """`projects` are those funded for it, `got` is what they cost together, `leftover` what of that equal shares left
    over. `payers` are None where they, or all the other ballots, are few: those are the rest.
    """

    name: str
    projects: tuple[str, ...]
    got: int
    leftover: int
    payers: Payers | None


def by_place(instance: Instance, counted: Count, *, least: int = LEAST) -> list[Place]:
    """Every place for which there are projects. Nobody pays in a greedy count, so then there are none."""
    names = sorted({project.place for project in instance.projects} - {""})
    if counted.shares is None or not names or not instance.voters:
        return []
    purses = shop_of(instance, counted.rule).visit(counted.shares.start).purses
    return [_place(name, instance, counted, purses, least) for name in names]


def _place(name: str, instance: Instance, counted: Count, purses: Purses, least: int) -> Place:
    ids = {project.id for project in instance.projects if project.place == name}
    funded = tuple(id for id in counted.winners if id in ids)
    got = sum(instance.cost[id] for id in funded)
    named = instance.support("votes")
    chose = np.zeros(len(instance.ballots), dtype=bool)
    for id in ids:
        chose[named[id].who] = True
    paid = _paid(purses, chose)
    here = sum((amount for id, amount in paid.items() if id in ids), Fraction(0))
    ballots = int(instance.weights[chose].sum())
    few = any(0 < number < least for number in (ballots, instance.voters - ballots))
    payers = Payers(ballots, purses.start * ballots, here, sum(paid.values(), Fraction(0)) - here)
    return Place(name, funded, got, got - int(here), None if few else payers)


def _paid(purses: Purses, some: Flags) -> dict[str, Fraction]:
    """What these ballots paid for each project that was bought, exactly."""
    weights = np.where(some, purses.weights, 0.0)
    prices, bids = purses.settled_prices(), purses.bought
    all_given = purses.left_of_each([(bid.paupers, bid.round) for bid in bids], weights)
    found = {}
    for bid, price, given in zip(bids, prices, all_given, strict=True):
        rich = ~bid.poor
        units = int((weights[bid.stall.who[rich]] * bid.stall.base[rich]).sum())
        found[bid.candidate.id] = price * units + given
    return found
