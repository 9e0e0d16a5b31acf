"""What each neighbourhood got, and from whose shares. Numbers of many ballots, never of a few.

No ballot says where its voter lives, but it says for which neighbourhoods the projects are that it chose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from budgets.count.counting import Count, shop_of
from budgets.count.instance import Instance
from budgets.count.stalls import Flags

LEAST = 20


@dataclass(frozen=True, slots=True)
class Payers:
    """Ballots that chose something bought for a place, and what they paid for it together (in minor units)."""

    ballots: int
    paid: Fraction


@dataclass(frozen=True, slots=True)
class Place:
    """`projects` are those funded for it, `got` is what they cost together, `leftover` what of it equal shares left
    over. The rest came from ballots that chose projects of this place alone, `own`, and from the `others`. Both are
    None where one is of a few ballots: it would be the rest less the other.
    """

    name: str
    projects: tuple[str, ...]
    got: int
    leftover: int
    own: Payers | None
    others: Payers | None


def by_place(instance: Instance, counted: Count, *, least: int = LEAST) -> list[Place]:
    """Every place for which there are projects. Nobody pays in a greedy count, so then there are none."""
    if counted.shares is None:
        return []
    projects: dict[str, list[str]] = {project.place: [] for project in instance.projects if project.place}
    place_of = {project.id: project.place for project in instance.projects}
    for id in counted.winners:
        projects.setdefault(place_of[id], []).append(id)
    projects.pop("", None)
    if not projects:
        return []
    alone = _alone(instance, place_of)
    paid = _paid(instance, counted, alone) if counted.shares.rounds else {}
    return [_place(name, tuple(projects[name]), instance, alone, paid, least) for name in sorted(projects)]


def _alone(instance: Instance, place_of: Mapping[str, str]) -> Flags:
    """Of each merged ballot whether all that it chose is for one place."""
    ballot, project, _base = instance.choices("votes")
    number = {name: n for n, name in enumerate(sorted(set(place_of.values())))}
    place = np.array([number[place_of[each.id]] for each in instance.projects])[project]
    one = np.zeros(len(instance.ballots), dtype=np.intp)
    one[ballot] = place
    alone = np.ones(len(instance.ballots), dtype=bool)
    alone[ballot[place != one[ballot]]] = False
    return alone


def _paid(instance: Instance, counted: Count, some: Flags) -> dict[str, Fraction]:
    """What these ballots paid for each project that was bought: exactly, by running the last step again."""
    assert counted.shares is not None
    purses = shop_of(instance, counted.rule).visit(counted.shares.start).purses
    weights = np.where(some, purses.weights, 0.0)
    prices, bids = purses.settled_prices(), purses.bought
    all_given = purses.left_of_each([(bid.paupers, bid.round) for bid in bids], weights)
    found = {}
    for bid, price, given in zip(bids, prices, all_given, strict=True):
        rich = ~bid.poor
        units = int((weights[bid.stall.who[rich]] * bid.stall.base[rich]).sum())
        found[bid.candidate.id] = price * units + given
    return found


def _place(
    name: str,
    funded: tuple[str, ...],
    instance: Instance,
    alone: Flags,
    paid: Mapping[str, Fraction],
    least: int,
) -> Place:
    named = instance.support("votes")
    chose = np.zeros(len(instance.ballots), dtype=bool)
    for id in funded:
        if id in paid:
            chose[named[id].who] = True
    bought = sum(instance.cost[id] for id in funded if id in paid)
    got = sum(instance.cost[id] for id in funded)
    theirs = sum((paid[id] for id in funded if id in paid), Fraction(0))
    own = Payers(int(instance.weights[chose & alone].sum()), theirs)
    others = Payers(int(instance.weights[chose & ~alone].sum()), bought - theirs)
    few = any(0 < each.ballots < least for each in (own, others))
    return Place(name, funded, got, got - bought, None if few else own, None if few else others)
