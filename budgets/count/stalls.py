"""Who supports each project: ballot by ballot, and in crowds; and who of them could not pay its price.

Voters who support the same of the projects bought so far have the same left, so while little is bought it is enough
to know how many of a project's supporters are in each such crowd. Which crowd somebody is in does not depend on what
was paid, so runs with other starts use the same numbers. That holds where everybody gives a project one unit.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from budgets.count.instance import Support

# A crowd must be of this many ballots on average, or it is no shorter way.
CROWDED = 16
# No more entries than this are kept: 24 bytes each.
KEPT = 500_000

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]
type Places = NDArray[np.intp]
NOBODY: Places = np.empty(0, dtype=np.intp)
type Bought = tuple[int, ...]  # numbers of candidates, in order; the nth is the nth bit of a crowd's number


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project with supporters. Utility of a voter is `base × factor`; floats are exact copies of whole numbers."""

    number: int
    id: str
    cost: int
    factor: int
    who: Places
    base: Floats
    weight: Floats
    rate: Floats  # weight × base
    all_base: int  # Σ rate
    most_base: float

    @classmethod
    def of(
        cls, number: int, id: str, cost: int, factor: int, support: Support, weights: NDArray[np.int64]
    ) -> Candidate:
        weight = weights[support.who].astype(np.float64)
        base = support.base.astype(np.float64)
        most_base = float(base.max())
        rate = weight if most_base == 1 else weight * base
        return cls(
            number=number,
            id=id,
            cost=cost,
            factor=factor,
            who=support.who,
            base=base,
            weight=weight,
            rate=rate,
            all_base=int(rate.sum()),
            most_base=most_base,
        )


@dataclass(frozen=True, slots=True)
class Stall:
    """A candidate's supporters, as ballots or as crowds. Now and then those whose purse is empty leave: the `gone`."""

    candidate: Candidate
    who: Places
    base: Floats
    weight: Floats
    rate: Floats
    all_base: int
    plain: bool
    gone: Places

    @classmethod
    def of(cls, candidate: Candidate) -> Stall:
        return cls(
            candidate,
            candidate.who,
            candidate.base,
            candidate.weight,
            candidate.rate,
            candidate.all_base,
            plain=candidate.most_base == 1,
            gone=NOBODY,
        )

    def keep(self, kept: Flags) -> Stall:
        who, weight = self.who[kept], self.weight[kept]
        base = self.base[: len(who)] if self.plain else self.base[kept]
        rate = weight if self.plain else self.rate[kept]
        gone = np.concatenate([self.gone, self.who[~kept]])
        return Stall(self.candidate, who, base, weight, rate, int(np.add.reduce(rate)), self.plain, gone)

    def guess(self, poor: Flags, weights: Floats) -> Guess:
        """These and the gone, to be asked first when it comes to the same again."""
        who = np.concatenate([self.who[poor], self.gone])
        rich = self.all_base - int(np.add.reduce(self.rate[poor]))
        return Guess(who, weights.take(who), rich)

    def due(self, price: float) -> Floats | float:
        """What each supporter would pay in full."""
        return price if self.plain else price * self.base


@dataclass(frozen=True, slots=True)
class Guess:
    """Ballots that might have to give all they have, and what the others add for each unit of a higher price."""

    who: Places
    weight: Floats
    gained: int


class Crowds:
    """Ballots told apart only by which of the bought projects they support."""

    def __init__(self, candidates: Sequence[Candidate], ballots: int) -> None:
        self.candidates, self.ballots = candidates, ballots
        self.stalls: dict[tuple[Bought, int], Stall] = {}
        self.numbers: dict[Bought, NDArray[np.int32]] = {}
        self.kept = 0

    def fit(self, bought: int) -> bool:
        """Whether, with so many bought, they are still fewer by far than the ballots."""
        return CROWDED << bought <= self.ballots

    def of_ballots(self, bought: Bought) -> NDArray[np.int32]:
        """The number of each ballot's crowd."""
        if bought not in self.numbers:
            if len(self.numbers) > 16:
                self.numbers.clear()
            self.numbers[bought] = self._numbered(bought)
        return self.numbers[bought]

    def _numbered(self, bought: Bought) -> NDArray[np.int32]:
        """From the numbers when one less was bought, where they are known; else bit by bit."""
        for bit, number in enumerate(bought):
            before = self.numbers.get(bought[:bit] + bought[bit + 1 :])
            if before is not None:
                low = before & ((1 << bit) - 1)
                found = ((before - low) << 1) | low
                found[self.candidates[number].who] |= 1 << bit
                return found
        found = np.zeros(self.ballots, dtype=np.int32)
        for bit, number in enumerate(bought):
            found[self.candidates[number].who] |= 1 << bit
        return found

    def stall(self, bought: Bought, number: int) -> Stall:
        """The candidate's supporters by crowd."""
        found = self.stalls.get((bought, number))
        if found is None:
            candidate = self.candidates[number]
            there = np.bincount(self.of_ballots(bought)[candidate.who], weights=candidate.weight)
            who = there.nonzero()[0]
            weight = there[who]
            one = np.ones(len(who))
            found = Stall(candidate, who, one, weight, weight, candidate.all_base, plain=True, gone=NOBODY)
            self.kept += len(who)
            if self.kept > KEPT:
                self.stalls.clear()
                self.kept = len(who)
            self.stalls[bought, number] = found
        return found

    def parted(self, bought: Bought, number: int, left: Floats, after: Floats) -> tuple[Floats, Bought]:
        """What each crowd has left when one more is bought: each becomes two, those against and those for it."""
        bit = bisect(bought, number)
        pairs = np.stack([left.reshape(-1, 1 << bit), after.reshape(-1, 1 << bit)], axis=1)
        return pairs.ravel(), (*bought[:bit], number, *bought[bit:])
