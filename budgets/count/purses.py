"""What voters have left, and at what price a project could be bought with it: floats to look, fractions to decide.

Fractions for a hundred thousand voters are slow, so floats go first, each with a bound on how far it is from the
exact value. Where a bound leaves a question open it is answered in fractions. Why that is never wrong:

Let x be a voter's exact purse, b ≥ 1 what a project gives them for each unit of utility, w how many voters share the
ballot. The price p of a project is the least with Σ w·min(x, p·b) = cost; those with x < p·b are the poor.

1. For any set S of supporters, P(S) = (cost − Σ_S w·x) / Σ_rest w·b is at most the price, since min(x, p·b) is at most
   either of the two. So every price tried on the way is a lower bound, whoever is in S.
2. If x < P(S)·b for all of S and x ≥ P(S)·b for the rest, then P(S) is the price.
3. Floats know x within `error`, so P(S) within e = (error·Σ_S w·b + rounding) / Σ_rest w·b and a relative rounding. If
   every purse of S lies below P·b by more than e·b + error, and every other one above it by more, (2) holds for the
   exact values: S is who is poor, and its price as a fraction is P(S). Otherwise the purses that lie too close are
   worked out as fractions, and those alone.
4. A sum of n floats is wrong by at most n·EPSILON times the sum of their sizes, in whatever order they are added.
   SAFETY makes every bound several times as wide as that.
5. Buying changes a purse by a price known within e: `error` grows by e·b and the rounding. When it has grown too much,
   prices are worked out as fractions and purses are filled anew from them.
6. The fractions need no purse per voter. Who was never poor has paid every price in full, so what a group of them
   has left is the start less prices times whole numbers. Those are below 2**53, where floats are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np
from numpy.typing import NDArray

from budgets.count.instance import Support

EPSILON = float(np.finfo(np.float64).eps)
SAFETY = 4.0
# Purses are filled anew when they are further off than this part of the start.
BLURRED = 1e-5
LEAST = float(np.finfo(np.float64).tiny)
NEVER = np.iinfo(np.int32).max

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]
type Places = NDArray[np.intp]


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
        rate = weight * base
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
            most_base=float(base.max()),
        )


class Stall:
    """A candidate's supporters in one run. Those whose purse is empty are left out now and then."""

    __slots__ = ("all_base", "base", "candidate", "floor", "plain", "rate", "weight", "who")

    def __init__(self, candidate: Candidate) -> None:
        self.candidate = candidate
        self.who, self.base = candidate.who, candidate.base
        self.weight, self.rate, self.all_base = candidate.weight, candidate.rate, candidate.all_base
        self.plain = candidate.most_base == 1
        # The price was at least this, and prices only rise.
        self.floor = candidate.cost / candidate.all_base * (1 - SAFETY * EPSILON)

    def keep(self, kept: Flags) -> None:
        self.who, self.base = self.who[kept], self.base[kept]
        self.weight, self.rate = self.weight[kept], self.rate[kept]
        self.all_base = int(self.rate.sum())

    def due(self, price: float) -> Floats | float:
        """What each supporter would pay in full."""
        return price if self.plain else price * self.base


@dataclass(slots=True)
class Bid:
    """The price at which a candidate could be bought now: between `price - error` and `price + error`.

    `who` are its supporters with, perhaps, some of those whose purse is empty, and `left` what they have; of them
    `poor` would give all of it. `gained` is how much a higher price would bring in for each unit.
    """

    candidate: Candidate
    price: float
    error: float
    who: Places
    base: Floats
    left: Floats
    poor: Flags
    gained: int
    round: int
    exact: Fraction | None = None
    paupers: Places = field(default_factory=lambda: np.empty(0, dtype=np.intp))

    @property
    def low(self) -> float:
        return (self.price - self.error) / self.candidate.factor * (1 - SAFETY * EPSILON)

    @property
    def high(self) -> float:
        return (self.price + self.error) / self.candidate.factor * (1 + SAFETY * EPSILON)

    @property
    def per_utility(self) -> Fraction:
        assert self.exact is not None
        return self.exact / self.candidate.factor


class Choices:
    """The candidates that each merged ballot supports, and its base for each: the supports, turned round."""

    def __init__(self, candidates: Sequence[Candidate], ballots: int) -> None:
        self.candidates, self.ballots = candidates, ballots

    @cached_property
    def turned(self) -> tuple[Places, Places, Floats]:
        """Where each ballot begins, and for all of them candidate and base."""
        who = np.concatenate([candidate.who for candidate in self.candidates] or [np.empty(0, dtype=np.intp)])
        base = np.concatenate([candidate.base for candidate in self.candidates] or [np.empty(0)])
        lengths = [len(candidate.who) for candidate in self.candidates]
        number = np.repeat(np.arange(len(lengths)), lengths)
        order = np.argsort(who, kind="stable")
        return np.searchsorted(who[order], np.arange(self.ballots + 1)), number[order], base[order]

    def of(self, who: Places) -> tuple[Places, Places, Floats]:
        """All choices of these ballots, one after another: (place in `who`, candidate, base)."""
        begin, number, base = self.turned
        first = begin[who]
        lengths = begin[who + 1] - first
        place = np.repeat(np.arange(len(who)), lengths)
        index = np.arange(lengths.sum()) + np.repeat(first - (lengths.cumsum() - lengths), lengths)
        return place, number[index], base[index]


class Purses:
    """What every merged ballot's voters have left each: floats within `error`, and exact on demand."""

    def __init__(
        self, start: Fraction, weights: Floats, candidates: Sequence[Candidate], choices: Choices
    ) -> None:
        self.start, self.weights, self.choices = start, weights, choices
        self.stalls = [Stall(candidate) for candidate in candidates]
        self.left = np.full(len(weights), float(start))
        self.error = SAFETY * EPSILON * float(start)
        self.emptied = np.full(len(weights), NEVER, dtype=np.int32)  # in which round
        self.bought: list[Bid] = []
        self.prices: list[Fraction] = []  # of the first rounds, as many as were asked for
        self.numerators: list[int] = []  # of the same prices, over one denominator
        self.denominator = 1
        self.round_of = np.full(len(candidates), NEVER, dtype=np.int32)

    # --- floats ------------------------------------------------------------------------------------------

    def bid(self, number: int, ceiling: float) -> Bid | float:
        """The candidate's price now; or, when it is surely above the ceiling, what each unit of utility costs at
        least (infinity when its supporters cannot pay for it, now or later).
        """
        stall = self.stalls[number]
        candidate = stall.candidate
        left, poor, count = self._looked_at(stall)
        while True:
            price, error, gained = self._try(stall, left, poor)
            if gained <= 0:
                if self._cannot_pay(stall, price, error):
                    return np.inf
                return self._settled(stall, left, poor, np.ones(len(left), dtype=bool))
            stall.floor = max(stall.floor, price - error)
            lowest = stall.floor / candidate.factor * (1 - SAFETY * EPSILON)
            if lowest > ceiling:
                return lowest
            poorer = left < stall.due(price)
            more = int(np.count_nonzero(poorer))
            if more <= count:
                break
            poor, count = poorer, more
        doubtful = self._doubtful(stall, left, poor, price, error)
        if doubtful.any():
            return self._settled(stall, left, poor, doubtful)
        return self._bid(stall, left, price, error, poor, gained)

    def _looked_at(self, stall: Stall) -> tuple[Floats, Flags, int]:
        """What the supporters have left, and who of them cannot pay the price of before in full."""
        left = self.left.take(stall.who)
        poor = left < stall.due(stall.floor)
        count = int(np.count_nonzero(poor))
        if 3 * count > len(poor):
            alive = left > 0
            if 3 * np.count_nonzero(alive) < 2 * len(alive):
                stall.keep(alive)
                left, poor = left[alive], poor[alive]
                count = int(np.count_nonzero(poor))
        return left, poor, count

    def _try(self, stall: Stall, left: Floats, poor: Flags) -> tuple[float, float, int]:
        """The price if these gave all they have, how far off it may be, and what the others add for each unit.

        When there are no others: the money they have, how far off that may be, and 0.
        """
        places = poor.nonzero()[0]
        weight = stall.weight.take(places)
        spent = float(np.add.reduce(left.take(places) * weight))
        lost = float(np.add.reduce(weight if stall.plain else stall.rate.take(places)))
        gained = stall.all_base - int(lost)
        if gained <= 0:  # it is all they have
            return spent, self._error(len(places), spent, lost, 0.0, 1), 0
        price = (stall.candidate.cost - spent) / gained
        return price, self._error(len(places), spent, lost, price, gained), gained

    def _cannot_pay(self, stall: Stall, money: float, error: float) -> bool:
        cost = stall.candidate.cost
        if abs(money - cost) > error + SAFETY * EPSILON * cost:
            return money < cost
        return self._left_of(stall.who) < cost

    def _error(self, terms: int, spent: float, lost: float, price: float, gained: int) -> float:
        """How far the price may be off, when what the poor have was added up from so many terms."""
        purses = lost * self.error
        adding = SAFETY * EPSILON * (terms + 1) * (abs(spent) + purses)
        return (purses + adding) / gained + SAFETY * EPSILON * abs(price)

    def _doubtful(self, stall: Stall, left: Floats, poor: Flags, price: float, error: float) -> Flags:
        """Of whom floats cannot tell whether they give all they have, or tell other than `poor` does."""
        most = stall.candidate.most_base
        reach = 2 * (error * most + self.error) + SAFETY * EPSILON * abs(price) * most
        due = stall.due(price)
        surely, perhaps = left < due - reach, left <= due + reach
        return (surely != perhaps) | (surely != poor)

    def _bid(self, stall: Stall, left: Floats, price: float, error: float, poor: Flags, gained: int) -> Bid:
        return Bid(stall.candidate, price, error, stall.who, stall.base, left, poor, gained, len(self.bought))

    def buy(self, bid: Bid) -> None:
        """Take the money."""
        number = bid.candidate.number
        places = bid.poor.nonzero()[0]
        places = places[bid.left[places] > 0]
        bid.paupers = bid.who[places]
        if bid.exact is None:
            # Purses that are empty already are known without an error.
            weight = self.weights[bid.paupers]
            spent = float((weight * bid.left[places]).sum())
            lost = float((weight * bid.base[places]).sum())
            bid.error = min(bid.error, self._error(len(places), spent, lost, bid.price, bid.gained))
        self.emptied[bid.paupers] = len(self.bought)
        self.round_of[number] = len(self.bought)
        self.bought.append(bid)
        self._take(bid, bid.left, bid.price, bid.error)
        if self.error > BLURRED * float(self.start):
            self._fill_anew()

    def _take(self, bid: Bid, left: Floats, price: float, error: float) -> None:
        after = left - (price * bid.base if bid.candidate.most_base > 1 else price)
        # No purse is below nothing; and those of which something may be left are kept apart from the empty ones.
        np.maximum(after, LEAST, out=after)
        after[bid.poor] = 0.0
        self.left[bid.who] = after
        most = bid.candidate.most_base
        self.error += error * most + SAFETY * EPSILON * (price * most + float(self.start))

    def _fill_anew(self) -> None:
        """Purses from exact prices, so that no bound grows out of another bound."""
        self.left.fill(float(self.start))
        self.error = SAFETY * EPSILON * float(self.start)
        for bid, exact in zip(self.bought, self.settled_prices(), strict=True):
            self._take(bid, self.left[bid.who], float(exact), SAFETY * EPSILON * float(exact))

    # --- fractions ---------------------------------------------------------------------------------------

    def settled_prices(self) -> list[Fraction]:
        """The price of every round so far, as a fraction."""
        new = self.bought[len(self.prices) :]
        groups = [(bid.paupers, bid.round) for bid in new]
        for bid, (full, paid) in zip(new, self._history(groups, self.weights), strict=True):
            bid.exact = (bid.candidate.cost - self.start * full + self._sum(paid)) / bid.gained
            self._note(bid.exact)
        return self.prices

    def _note(self, price: Fraction) -> None:
        common = lcm(self.denominator, price.denominator)
        if common != self.denominator:
            factor = common // self.denominator
            self.numerators = [part * factor for part in self.numerators]
            self.denominator = common
        self.numerators.append(price.numerator * (common // price.denominator))
        self.prices.append(price)

    def settle(self, *bids: Bid) -> None:
        """Give each bid its price as a fraction. Who gives all they have is certain by now."""
        self.settled_prices()
        bids = tuple(bid for bid in bids if bid.exact is None)
        for bid in bids:
            paupers = bid.who[bid.poor]
            bid.paupers = paupers[self.emptied[paupers] >= bid.round]
        groups = [(bid.paupers, bid.round) for bid in bids]
        for bid, given in zip(bids, self.left_of_each(groups, self.weights), strict=True):
            bid.exact = (bid.candidate.cost - given) / bid.gained

    def _left_of(self, who: Places) -> Fraction:
        """What these voters have left together now."""
        return self.left_of_each_now([who])[0]

    def left_of_each_now(self, groups: Sequence[Places]) -> list[Fraction]:
        """What each group of voters has left together."""
        prices = self.settled_prices()
        living = np.flatnonzero(self.emptied == NEVER)
        place, number, base = self.choices.of(living)
        when = self.round_of[number]
        bought = when != NEVER
        units = np.zeros((len(prices) + 1, len(living) + 1))  # the last column is of those who have nothing
        units[when[bought], place[bought]] = (self.weights[living][place] * base)[bought]
        units[-1, :-1] = self.weights[living]
        column = np.full(len(self.weights), len(living))
        column[living] = np.arange(len(living))
        # Each group ends with somebody who has nothing, so that none is empty.
        nobody = np.array([len(living)])
        columns = np.concatenate([part for who in groups for part in (column[who], nobody)] or [nobody])
        begins = np.cumsum([0, *(len(who) + 1 for who in groups)])[:-1]
        sums = [np.add.reduceat(row.take(columns), begins).astype(np.int64).tolist() for row in units]
        return [self.start * full - self._sum(paid) for *paid, full in zip(*sums, strict=True)]

    def left_of_each(self, groups: Sequence[tuple[Places, int]], weights: Floats) -> list[Fraction]:
        """What each group had left together before a round, none of them poor until then."""
        self.settled_prices()
        return [self.start * full - self._sum(paid) for full, paid in self._history(groups, weights)]

    def _history(self, groups: Sequence[tuple[Places, int]], weights: Floats) -> list[tuple[int, list[int]]]:
        """Of each group how many voters, and what they bought before the round: units for every round."""
        if not groups:
            return []
        rounds = max(before for _, before in groups)
        lengths = [len(who) for who, _ in groups]
        who = np.concatenate([who for who, _ in groups])
        group = np.repeat(np.arange(len(groups)), lengths)
        place, number, base = self.choices.of(who)
        when = self.round_of[number]
        of_group = group[place]
        bought = when < np.array([before for _, before in groups])[of_group]
        cells = (of_group * rounds + when)[bought]
        units = (weights[who][place] * base)[bought]
        table = np.bincount(cells, weights=units, minlength=len(groups) * rounds)
        voters = np.bincount(group, weights=weights[who], minlength=len(groups))
        rows = table.reshape(len(groups), rounds).astype(np.int64).tolist()
        return [(int(count), row) for count, row in zip(voters, rows, strict=True)]

    def _sum(self, paid: list[int]) -> Fraction:
        """Units times prices. Over one denominator, so that one fraction is reduced instead of many."""
        whole = sum(units * part for units, part in zip(paid, self.numerators, strict=False) if units)
        return Fraction(whole, self.denominator)

    def _settled(self, stall: Stall, left: Floats, poor: Flags, near: Flags) -> Bid:
        """Where purses are too close to the price for floats: tell by fractions who of the `near` would give all."""
        while True:
            exact, poor, gained = self._among(stall, poor & ~near, near)
            price = float(exact)
            error = SAFETY * EPSILON * price
            doubtful = self._doubtful(stall, left, poor, price, error) & ~near
            if not doubtful.any():
                stall.floor = price - error
                bid = self._bid(stall, left, price, error, poor, gained)
                bid.exact = exact
                return bid
            near = near | doubtful

    def _among(self, stall: Stall, poor: Flags, near: Flags) -> tuple[Fraction, Flags, int]:
        """The exact price, and all who give all they have: the `poor` for certain, and which of the `near`."""
        cost = stall.candidate.cost
        spent = self._left_of(stall.who[poor])
        gained = stall.all_base - int(stall.rate[poor].sum())
        poor = poor.copy()
        for purse, base, places in sorted(
            self._exact_purses(stall, np.flatnonzero(near)), key=lambda kind: kind[0] / kind[1]
        ):
            if purse * gained >= (cost - spent) * base:
                break
            weight = int(stall.weight[places].sum())
            spent += purse * weight
            gained -= base * weight
            poor[places] = True
        return (cost - spent) / gained, poor, gained

    def _exact_purses(self, stall: Stall, places: Places) -> list[tuple[Fraction, int, Places]]:
        """The purses of these supporters as fractions: (purse, base, places), once for each history of rounds paid."""
        self.settled_prices()
        who = stall.who[places]
        place, number, base = self.choices.of(who)
        when = self.round_of[number]
        bought = when != NEVER
        history = np.zeros((len(places), len(self.bought) + 2), dtype=np.int64)
        history[place[bought], when[bought]] = base[bought]
        history[:, -2] = self.emptied[who] == NEVER
        history[:, -1] = stall.base[places]
        kinds, which = np.unique(history, axis=0, return_inverse=True)
        order = np.argsort(which.ravel(), kind="stable")
        parts = np.split(order, np.cumsum(np.bincount(which.ravel()))[:-1])
        return [
            (self.start - self._sum(kind[:-2]) if kind[-2] else Fraction(0), kind[-1], places[part])
            for kind, part in zip(kinds.tolist(), parts, strict=True)
        ]
