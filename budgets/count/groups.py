"""What groups of voters paid for and got: neighbourhoods, ways of voting. Numbers of many, never of a few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from budgets.count.counting import Count, shop_of
from budgets.count.instance import Ballot, Instance, canonical
from budgets.count.purses import Floats

LEAST = 20


@dataclass(frozen=True, slots=True)
class Cell:
    """One group and one funded project: how many supported it, and what of its price they paid (in minor units)."""

    supporters: int
    paid: Fraction


@dataclass(frozen=True, slots=True)
class Group:
    """`voters`, what they `paid` together out of their shares, and the cells. None where too few would be told of."""

    voters: int | None
    paid: Fraction | None
    cells: Mapping[str, Cell | None]


def by_group(
    instance: Instance, counted: Count, groups: Mapping[str, Iterable[Ballot]], *, least: int = LEAST
) -> dict[str, Group]:
    """What each group of ballots paid for which winners. Every ballot stands in one group at most.

    A group of fewer than `least` voters, and a cell of fewer supporters, is hidden. Where that alone could be worked
    out from a total, the smallest that is left in the same row or column is hidden too.
    """
    number = {ballot: place for place, (ballot, _) in enumerate(instance.ballots)}
    weights = {}
    for name, ballots in groups.items():
        found = np.zeros(len(number), dtype=np.float64)
        for ballot, times in Counter(canonical(each, instance.vote_type) for each in ballots).items():
            found[number[ballot]] += times
        weights[name] = found
    _require_parts(instance, weights)
    cells = _cells(instance, counted, weights)
    return _hidden(weights, cells, counted.winners, least)


def _require_parts(instance: Instance, weights: Mapping[str, Floats]) -> None:
    together = sum(weights.values(), np.zeros(len(instance.ballots)))
    if (together > instance.weights).any():
        raise ValueError("The groups hold more ballots of a kind than were counted.")


def _cells(instance: Instance, counted: Count, weights: Mapping[str, Floats]) -> dict[str, dict[str, Cell]]:
    named = instance.support("votes")
    paid = _paid(instance, counted, weights)
    return {
        name: {
            id: Cell(int(each[named[id].who].sum()), paid.get((name, id), Fraction(0)))
            for id in counted.winners
        }
        for name, each in weights.items()
    }


def _paid(
    instance: Instance, counted: Count, weights: Mapping[str, Floats]
) -> dict[tuple[str, str], Fraction]:
    """Exactly, by running the last step of equal shares again. Nobody pays in a greedy count, or for what is free."""
    if counted.shares is None or not counted.shares.rounds:
        return {}
    visit = shop_of(instance, counted.rule).visit(counted.shares.start)
    purses = visit.purses
    bids = purses.bought
    prices = purses.settled_prices()
    found = {}
    for name, each in weights.items():
        all_given = purses.left_of_each([(bid.paupers, bid.round) for bid in bids], each)
        for bid, price, given in zip(bids, prices, all_given, strict=True):
            rich = ~bid.poor
            units = int((each[bid.stall.who[rich]] * bid.stall.base[rich]).sum())
            found[name, bid.candidate.id] = price * units + given
    return found


def _hidden(
    weights: Mapping[str, Floats],
    cells: Mapping[str, Mapping[str, Cell]],
    winners: Iterable[str],
    least: int,
) -> dict[str, Group]:
    voters = {name: int(each.sum()) for name, each in weights.items()}
    small = _with_another({name for name in voters if voters[name] < least}, voters)
    hidden = {
        (name, id) for name in cells for id in winners if name in small or cells[name][id].supporters < least
    }
    before = -1
    while len(hidden) > before:
        before = len(hidden)
        for line in [[(name, id) for name in cells] for id in winners] + [
            [(name, id) for id in winners] for name in cells
        ]:
            sizes = {(name, id): cells[name][id].supporters for name, id in line}
            hidden |= _with_another(hidden & sizes.keys(), sizes)
    return {
        name: Group(
            voters=None if name in small else voters[name],
            paid=None if name in small else sum((cell.paid for cell in cells[name].values()), Fraction(0)),
            cells={id: None if (name, id) in hidden else cell for id, cell in cells[name].items()},
        )
        for name in cells
    }


def _with_another[Key: (str, tuple[str, str])](hidden: set[Key], sizes: Mapping[Key, int]) -> set[Key]:
    """One alone is the total less the others, so the smallest of those is hidden with it."""
    if len(hidden) != 1 or len(sizes) == 1:
        return hidden
    return hidden | {min((key for key in sizes if key not in hidden), key=lambda key: (sizes[key], key))}
