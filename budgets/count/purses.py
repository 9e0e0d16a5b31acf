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
7. While little is bought, voters are told apart only by which of the bought projects they support: see stalls.py.
   A purse and a bound mean the same for a crowd as for a ballot. What crowds leave open is asked of ballots.
8. (1) holds for the S of another run just as well. With a slightly higher start nearly the same voters are poor when
   the same has been bought, so most prices that are too high are known to be so from the purses of that S alone. When
   it is all supporters, the sum is all they have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np

from budgets.count.instance import Instance
from budgets.count.stalls import NOBODY, Bought, Candidate, Crowds, Flags, Floats, Guess, Places, Stall

EPSILON = float(np.finfo(np.float64).eps)
SAFETY = 4.0
# Purses are filled anew when they are further off than this part of the start.
BLURRED = 1e-5
LEAST = float(np.finfo(np.float64).tiny)
NEVER = np.iinfo(np.int32).max


@dataclass(slots=True)
class Bid:
    """The price at which a candidate could be bought now: between `price - error` and `price + error`.

    Of the supporters in the `stall`, some of whom may have an empty purse, `poor` would give all they have left;
    `after` is what everybody would have left then, or less than nothing for who is poor. `gained` is how much a
    higher price would bring in for each unit. `crowded` is what was bought before, when the stall is of crowds.
    """

    stall: Stall
    price: float
    error: float
    left: Floats
    poor: Flags
    after: Floats
    gained: int
    round: int
    crowded: Bought | None = None
    exact: Fraction | None = None
    paupers: Places = field(default_factory=lambda: NOBODY)

    @property
    def candidate(self) -> Candidate:
        return self.stall.candidate

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


# Of each candidate, by round.
type Guesses = dict[int, dict[int, Guess]]


def rest(left: Floats, due: Floats | float, poor: Flags) -> Floats:
    """What is left after paying. Whoever is not poor keeps something, however little, and is so told from the empty."""
    after = np.maximum(left - due, LEAST)
    after[poor] = 0.0
    return after


class Choices:
    """The candidates that each merged ballot supports, and its base for each: the supports, turned round."""

    def __init__(self, candidates: Sequence[Candidate], instance: Instance, reading: str) -> None:
        self.candidates, self.instance, self.reading = candidates, instance, reading

    @cached_property
    def turned(self) -> tuple[Places, Places, Floats]:
        """Where each ballot begins, and for all of them candidate and base."""
        ballot, project, base = self.instance.choices(self.reading)
        number_of = {candidate.id: candidate.number for candidate in self.candidates}
        numbers = np.array([number_of.get(each.id, -1) for each in self.instance.projects], dtype=np.intp)
        number = numbers[project]
        wanted = (number >= 0).nonzero()[0] if (number < 0).any() else slice(None)
        lengths = np.bincount(ballot[wanted], minlength=len(self.instance.ballots))
        return np.concatenate([[0], lengths.cumsum()]), number[wanted], base[wanted].astype(np.float64)

    def of(self, who: Places) -> tuple[Places, Places, Floats]:
        """All choices of these ballots, one after another: (place in `who`, candidate, base)."""
        begin, number, base = self.turned
        first = begin.take(who)
        lengths = begin.take(who + 1) - first
        place = np.repeat(np.arange(len(who)), lengths)
        index = np.arange(lengths.sum()) + np.repeat(first - (lengths.cumsum() - lengths), lengths)
        return place, number.take(index), base.take(index)


class Purses:
    """What every merged ballot's voters have left each: floats within `error`, and exact on demand.

    With `crowds`, `left` is that of each crowd, until they become too many or fractions are needed. `guesses` are those
    of a run before; those of this one are in `guessed`.
    """

    def __init__(
        self,
        start: Fraction,
        weights: Floats,
        candidates: Sequence[Candidate],
        choices: Choices,
        crowds: Crowds | None = None,
        guesses: Guesses | None = None,
    ) -> None:
        self.start, self.weights, self.choices, self.crowds = start, weights, choices, crowds
        self.guesses = guesses or {}
        self.guessed: Guesses = {}
        self.left_crowds: Crowds | None = None
        self.stalls = [Stall.of(candidate) for candidate in candidates]
        # The price was at least this, and prices only rise.
        self.floors = [each.cost / each.all_base * (1 - SAFETY * EPSILON) for each in candidates]
        self.error = SAFETY * EPSILON * float(start)
        self.emptied = np.full(len(weights), NEVER, dtype=np.int32)  # in which round, as far as was asked
        self.bought: list[Bid] = []
        self.before: Bought = ()
        self.prices: list[Fraction] = []  # of the first rounds, as many as were asked for
        self.numerators: list[int] = []  # of the same prices, over one denominator
        self.denominator = 1
        self.round_of = np.full(len(candidates), NEVER, dtype=np.int32)
        self.left = np.full(1 if crowds else len(weights), float(start))
        self._leave_crowds_if_many()

    # --- floats ------------------------------------------------------------------------------------------

    def bid(self, number: int, ceiling: float) -> Bid | float:
        """The candidate's price now; or, when it is surely above the ceiling, what each unit of utility costs at
        least (infinity when its supporters cannot pay for it, now or later).
        """
        lowest = self._lowest(number)
        if lowest > ceiling or lowest == np.inf:
            return lowest
        stall, left, poor, count = self._looked_at(number)
        while True:
            price, error, gained = self._try(stall, left, poor)
            if gained <= 0:
                return self._with_all(stall, left, poor, price, error, ceiling)
            lowest = self._raised(stall.candidate, price - error)
            if lowest > ceiling:
                self._note(stall, poor)
                return lowest
            after = left - stall.due(price)
            poorer = after < 0
            more = int(np.count_nonzero(poorer))
            if more <= count:
                break
            poor, count = poorer, more
        # Whoever is further from the price than it may be off is told apart for certain.
        if more == count and float(np.abs(after).min()) > self._reach(stall, price, error):
            return self._bid(stall, left, price, error, poorer, after, gained)
        return self._settled(stall, left, poor, self._doubtful(stall, left, poor, price, error), ceiling)

    def _with_all(
        self, stall: Stall, left: Floats, poor: Flags, money: float, error: float, ceiling: float
    ) -> Bid | float:
        """The bid when all supporters might have to give all they have."""
        able = self._can_pay(stall.candidate, money, error)
        if able is None:
            self._leave_crowds()
            return self.bid(stall.candidate.number, ceiling)
        if able:
            return self._settled(stall, left, poor, np.ones(len(left), dtype=bool), ceiling)
        self._note(stall, poor)
        return np.inf

    def _lowest(self, number: int) -> float:
        """What each unit of utility costs at least, told by who was poor in another run; infinity as in `bid`."""
        known = self.guesses.get(number)
        if not known or self.crowds:
            return 0.0
        now = len(self.bought)
        guess = known.get(now) or known[min(known, key=lambda round: abs(round - now))]
        self.guessed.setdefault(number, {})[now] = guess
        candidate = self.stalls[number].candidate
        money = float(self.left.take(guess.who) @ guess.weight)
        if not guess.gained:
            error = self._error(len(guess.who), money, candidate.all_base, 0.0, 1)
            return 0.0 if self._can_pay(candidate, money, error) else np.inf
        price = (candidate.cost - money) / guess.gained
        error = self._error(len(guess.who), money, candidate.all_base - guess.gained, price, guess.gained)
        return self._raised(candidate, price - error)

    def _raised(self, candidate: Candidate, price: float) -> float:
        """What each unit of utility costs at least, now that the price is at least this."""
        number = candidate.number
        self.floors[number] = max(self.floors[number], price)
        return self.floors[number] / candidate.factor * (1 - SAFETY * EPSILON)

    def _note(self, stall: Stall, poor: Flags) -> None:
        if not self.crowds:
            known = self.guessed.setdefault(stall.candidate.number, {})
            known[len(self.bought)] = stall.guess(poor, self.weights)

    def _looked_at(self, number: int) -> tuple[Stall, Floats, Flags, int]:
        """The supporters, what they have left, and who of them cannot pay the price of before in full."""
        if self.crowds:
            stall = self.crowds.stall(self.before, number)
            left = self.left.take(stall.who)
            poor = left < self.floors[number]
            return stall, left, poor, int(np.count_nonzero(poor))
        stall = self.stalls[number]
        left = self.left.take(stall.who)
        poor = left < stall.due(self.floors[number])
        count = int(np.count_nonzero(poor))
        if 3 * count > len(poor):
            alive = left > 0
            if 3 * np.count_nonzero(alive) < 2 * len(alive):
                stall = self.stalls[number] = stall.keep(alive)
                left, poor = left[alive], poor[alive]
                count = int(np.count_nonzero(poor))
        return stall, left, poor, count

    def _try(self, stall: Stall, left: Floats, poor: Flags) -> tuple[float, float, int]:
        """The price if these gave all they have, how far off it may be, and what the others add for each unit.

        When there are no others: the money they have, how far off that may be, and 0.
        """
        places = poor.nonzero()[0]
        weight = stall.weight.take(places)
        spent = float(left.take(places) @ weight)
        lost = float(np.add.reduce(weight if stall.plain else stall.rate.take(places)))
        gained = stall.all_base - int(lost)
        if gained <= 0:  # it is all they have
            return spent, self._error(len(places), spent, lost, 0.0, 1), 0
        price = (stall.candidate.cost - spent) / gained
        return price, self._error(len(places), spent, lost, price, gained), gained

    def _can_pay(self, candidate: Candidate, money: float, error: float) -> bool | None:
        """None when only fractions can tell, and there are still crowds."""
        if abs(money - candidate.cost) > error + SAFETY * EPSILON * candidate.cost:
            return money > candidate.cost
        return None if self.crowds else self._left_of(candidate.who) >= candidate.cost

    def _error(self, terms: int, spent: float, lost: float, price: float, gained: int) -> float:
        """How far the price may be off, when what the poor have was added up from so many terms."""
        purses = lost * self.error
        adding = SAFETY * EPSILON * (terms + 1) * (abs(spent) + purses)
        return (purses + adding) / gained + SAFETY * EPSILON * abs(price)

    def _reach(self, stall: Stall, price: float, error: float) -> float:
        """How near to the price a purse must be for floats not to tell which of the two is more."""
        most = stall.candidate.most_base
        return 2 * (error * most + self.error) + SAFETY * EPSILON * abs(price) * most

    def _doubtful(self, stall: Stall, left: Floats, poor: Flags, price: float, error: float) -> Flags:
        """Of whom floats cannot tell whether they give all they have, or tell other than `poor` does."""
        reach, due = self._reach(stall, price, error), stall.due(price)
        surely, perhaps = left < due - reach, left <= due + reach
        return (surely != perhaps) | (surely != poor)

    def _bid(
        self, stall: Stall, left: Floats, price: float, error: float, poor: Flags, after: Floats, gained: int
    ) -> Bid:
        crowded = self.before if self.crowds else None
        return Bid(stall, price, error, left, poor, after, gained, len(self.bought), crowded)

    def buy(self, bid: Bid) -> None:
        """Take the money."""
        if bid.crowded is not None and not self.crowds:
            self._tell_apart(bid)
        number = bid.candidate.number
        if bid.exact is None:
            # Purses that are empty already are known without an error, and the poor have less than it costs.
            rate = bid.stall.rate[bid.poor & (bid.left > 0)]
            error = self._error(
                len(rate), bid.candidate.cost, float(np.add.reduce(rate)), bid.price, bid.gained
            )
            bid.error = min(bid.error, error)
        self.round_of[number] = len(self.bought)
        self.bought.append(bid)
        if self.crowds:
            after = np.maximum(self.left - bid.price, 0.0)
            self.left, self.before = self.crowds.parted(self.before, number, self.left, after)
        else:
            self.left[bid.stall.who] = np.maximum(bid.after, 0.0)
        self._grow_error(bid, bid.price, bid.error)
        self._leave_crowds_if_many()
        if self.error > BLURRED * float(self.start):
            self._fill_anew()

    def _grow_error(self, bid: Bid, price: float, error: float) -> None:
        most = bid.candidate.most_base
        self.error += error * most + SAFETY * EPSILON * (price * most + float(self.start))

    def _fill_anew(self) -> None:
        """Purses from exact prices, so that no bound grows out of another bound."""
        self._leave_crowds()
        self.left.fill(float(self.start))
        self.error = SAFETY * EPSILON * float(self.start)
        for bid, exact in zip(self.bought, self.settled_prices(), strict=True):
            price = float(exact)
            self.left[bid.stall.who] = rest(self.left[bid.stall.who], bid.stall.due(price), bid.poor)
            self._grow_error(bid, price, SAFETY * EPSILON * price)

    # --- from crowds to ballots --------------------------------------------------------------------------

    def _leave_crowds_if_many(self) -> None:
        if self.crowds and not self.crowds.fit(len(self.before)):
            self._leave_crowds()

    def _leave_crowds(self) -> None:
        """From now on each ballot has a purse of its own."""
        if self.crowds:
            self.left = self.left[self.crowds.of_ballots(self.before)]
            self.left_crowds, self.crowds = self.crowds, None

    def _tell_apart(self, bid: Bid) -> None:
        """The same bid for ballots: what holds for a crowd holds for each of them."""
        if bid.crowded is None:
            return
        crowds = self.crowds or self.left_crowds
        assert crowds is not None
        stall = Stall.of(bid.candidate)
        mine = crowds.of_ballots(bid.crowded)[stall.who]
        spread = np.zeros(1 << len(bid.crowded), dtype=np.intp)
        spread[bid.stall.who] = np.arange(len(bid.stall.who))
        places = spread[mine]
        bid.stall, bid.crowded = stall, None
        bid.left, bid.poor, bid.after = bid.left[places], bid.poor[places], bid.after[places]

    # --- fractions ---------------------------------------------------------------------------------------

    def settled_prices(self) -> list[Fraction]:
        """The price of every round so far, as a fraction."""
        new = self.bought[len(self.prices) :]
        for bid in new:
            self._tell_apart(bid)
            who = bid.stall.who[bid.poor]
            bid.paupers = who[self.emptied[who] == NEVER]
            self.emptied[bid.paupers] = bid.round
        groups = [(bid.paupers, bid.round) for bid in new]
        for bid, (full, paid) in zip(new, self._history(groups, self.weights), strict=True):
            bid.exact = (bid.candidate.cost - self.start * full + self._sum(paid)) / bid.gained
            self._add_price(bid.exact)
        return self.prices

    def _add_price(self, price: Fraction) -> None:
        common = lcm(self.denominator, price.denominator)
        if common != self.denominator:
            factor = common // self.denominator
            self.numerators = [part * factor for part in self.numerators]
            self.denominator = common
        self.numerators.append(price.numerator * (common // price.denominator))
        self.prices.append(price)

    def settle(self, *bids: Bid) -> None:
        """Give each bid its price as a fraction. Who gives all they have is certain by now."""
        self._leave_crowds()
        self.settled_prices()
        bids = tuple(bid for bid in bids if bid.exact is None)
        for bid in bids:
            self._tell_apart(bid)
            paupers = bid.stall.who[bid.poor]
            bid.paupers = paupers[self.emptied[paupers] >= bid.round]
        groups = [(bid.paupers, bid.round) for bid in bids]
        for bid, given in zip(bids, self.left_of_each(groups, self.weights), strict=True):
            bid.exact = (bid.candidate.cost - given) / bid.gained

    def _left_of(self, who: Places) -> Fraction:
        """What these voters have left together now."""
        return self.left_of_each_now([who])[0]

    def left_of_each_now(self, groups: Sequence[Places]) -> list[Fraction]:
        """What each group of voters has left together."""
        self.settled_prices()
        alive = self.emptied == NEVER
        # Each group ends with somebody who has nothing, so that none is empty.
        nobody = np.array([len(self.weights)])
        living = [(who[alive[who]], nobody) for who in groups]
        columns = np.concatenate([part for pair in living for part in pair] or [nobody])
        begins = np.cumsum([0, *(len(who) + 1 for who, _ in living)])[:-1]
        sums = []
        for who, units in [
            *((bid.candidate.who, bid.candidate.rate) for bid in self.bought),
            (np.arange(len(self.weights)), self.weights),
        ]:
            row = np.zeros(len(self.weights) + 1)
            row[who] = units
            sums.append(np.add.reduceat(row.take(columns), begins).astype(np.int64).tolist())
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
        when, of_group = self.round_of.take(number), group.take(place)
        bought = (when < np.array([before for _, before in groups]).take(of_group)).nonzero()[0]
        cells = of_group.take(bought) * rounds + when.take(bought)
        units = weights.take(who).take(place.take(bought)) * base.take(bought)
        table = np.bincount(cells, weights=units, minlength=len(groups) * rounds)
        voters = np.bincount(group, weights=weights[who], minlength=len(groups))
        rows = table.reshape(len(groups), rounds).astype(np.int64).tolist()
        return [(int(count), row) for count, row in zip(voters, rows, strict=True)]

    def _sum(self, paid: list[int]) -> Fraction:
        """Units times prices. Over one denominator, so that one fraction is reduced instead of many."""
        whole = sum(units * part for units, part in zip(paid, self.numerators, strict=False) if units)
        return Fraction(whole, self.denominator)

    def _settled(self, stall: Stall, left: Floats, poor: Flags, near: Flags, ceiling: float) -> Bid | float:
        """Where purses are too close to the price for floats: tell by fractions who of the `near` would give all."""
        if self.crowds:
            self._leave_crowds()
            return self.bid(stall.candidate.number, ceiling)
        while True:
            exact, poor, gained = self._among(stall, poor & ~near, near)
            price = float(exact)
            error = SAFETY * EPSILON * price
            doubtful = self._doubtful(stall, left, poor, price, error) & ~near
            if not doubtful.any():
                self._raised(stall.candidate, price - error)
                bid = self._bid(stall, left, price, error, poor, rest(left, stall.due(price), poor), gained)
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
