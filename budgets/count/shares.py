"""The Method of Equal Shares, exact in every comparison that decides.

Every voter starts with the same share of the money. Again and again the project is bought whose supporters can pay
for it at the lowest price per unit of utility; each pays in proportion to what it gives them, or all they have left.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np

from budgets.count.instance import Instance
from budgets.count.purses import EPSILON, SAFETY, Bid, Choices, Guesses, Purses
from budgets.count.stalls import Candidate, Crowds


@dataclass(frozen=True, slots=True)
class Round:
    """One purchase. `price` is what a supporter paid for each unit of base (in minor units, exact), `per_utility` the
    same per unit of utility, by which projects are compared. `payers` voters supported it with money left, of whom
    `emptied` gave all they had. `runner_up` would have come next, at `runner_up_per_utility`; `tied` were level.
    """

    project: str
    price: Fraction
    per_utility: Fraction
    payers: int
    emptied: int
    tied: tuple[str, ...] = ()
    runner_up: str | None = None
    runner_up_per_utility: Fraction | None = None


type Ties = Callable[[str], tuple[object, ...]]


class Shop:
    """The candidates of one count, prepared once; `run` buys for one start."""

    def __init__(
        self,
        instance: Instance,
        reading: str,
        *,
        factor: Callable[[str], int],
        ties: Ties,
        allowed: Callable[[str], bool] = lambda id: True,
    ) -> None:
        self.instance, self.ties = instance, ties
        cost, supports = instance.cost, instance.support(reading)
        self.exclusive = {each.id: each.exclusive for each in instance.projects if each.exclusive}
        free = sorted(
            (id for id in cost if cost[id] == 0 and allowed(id) and len(supports[id].who)), key=ties
        )
        first: dict[object, str] = {self.exclusive.get(id, (id,)): id for id in reversed(free)}
        self.free = [id for id in free if first[self.exclusive.get(id, (id,))] == id]
        wanted = [id for id in cost if cost[id] > 0 and allowed(id) and len(supports[id].who)]
        self.candidates = [
            Candidate.of(number, id, cost[id], factor(id), supports[id], instance.weights)
            for number, id in enumerate(wanted)
        ]
        self.number = {candidate.id: candidate.number for candidate in self.candidates}
        self.weights = instance.weights.astype(np.float64)
        self.lowest = [
            candidate.cost / candidate.all_base / candidate.factor * (1 - SAFETY * EPSILON)
            for candidate in self.candidates
        ]
        self.choices = Choices(self.candidates, instance, reading)
        plain = all(candidate.most_base == 1 for candidate in self.candidates)
        self.crowds = Crowds(self.candidates, len(instance.ballots)) if plain else None
        self.guesses: Guesses = {}  # of the last run
        # Of those who exclude each other one can win.
        groups = {self.exclusive.get(id, (id,)) for id in (*self.free, *wanted)}
        self.most_winners = len(groups)

    def run(self, start: Fraction, *, likely: Sequence[str] = ()) -> list[str]:
        """Buy until nothing can be afforded: the winners in order. They come sooner if the `likely` ones are right."""
        return self.visit(start, likely=likely).winners

    def visit(self, start: Fraction, *, likely: Sequence[str] = (), second: bool = False) -> Visit:
        """One run; with `second`, the bid that would have come next is known in every round."""
        visit = Visit(self, start, likely=likely, wanted=2 if second else 1)
        while visit.buy_next():
            pass
        self.guesses = visit.purses.guessed
        return visit


class Visit:
    """One run through the shop."""

    def __init__(self, shop: Shop, start: Fraction, *, likely: Sequence[str], wanted: int) -> None:
        self.shop, self.wanted = shop, wanted
        self.likely = [shop.number[id] for id in likely if id in shop.number]
        self.purses = Purses(start, shop.weights, shop.candidates, shop.choices, shop.crowds, shop.guesses)
        self.winners = list(shop.free)
        self.turns: list[
            tuple[Bid, list[Bid], Bid | None]
        ] = []  # what was bought, all level with it, the next
        taken = {shop.exclusive[id] for id in self.winners if id in shop.exclusive}
        self.low = list(shop.lowest)  # what each candidate costs for a unit of utility at least
        self.waiting = [each.number for each in shop.candidates if shop.exclusive.get(each.id) not in taken]

    def buy_next(self) -> bool:
        bids = self._offers()
        if not bids:
            return False
        best, level = self._lowest(bids)
        others = [bid for bid in bids if bid is not best] if self.wanted > 1 else []
        self.turns.append((best, level, self._lowest(others)[0] if others else None))
        self.purses.buy(best)
        bought = best.candidate
        self.winners.append(bought.id)
        self.waiting.remove(bought.number)
        if group := self.shop.exclusive.get(bought.id):
            ids = {number: self.shop.candidates[number].id for number in self.waiting}
            self.waiting = [n for n, id in ids.items() if self.shop.exclusive.get(id) != group]
        return True

    def _offers(self) -> list[Bid]:
        """Bids of all who might be the cheapest (or the next cheapest, when two are wanted) now.

        A price only ever rises, so what it was at least when it was last worked out is still a lower bound.
        """
        bids: list[Bid] = []
        highs: list[float] = []
        ceiling = math.inf
        self.waiting.sort(key=self.low.__getitem__)
        out = []
        for number in self._likely_first():
            if self.low[number] > ceiling:
                break
            bid = self.purses.bid(number, ceiling)
            if not isinstance(bid, Bid):
                self.low[number] = bid
                if bid == math.inf:
                    out.append(number)
                continue
            self.low[number] = bid.low
            bids.append(bid)
            highs = sorted([*highs, bid.high])[: self.wanted]
            ceiling = highs[-1] if len(highs) == self.wanted else math.inf
        for number in out:
            self.waiting.remove(number)
        return bids

    def _likely_first(self) -> Iterator[int]:
        """Who is waiting, from the lowest bound up; but first who is likely to win, for then the ceiling is low."""
        waiting = set(self.waiting)
        likely = next((number for number in self.likely if number in waiting), None)
        if likely is not None:
            yield likely
        for number in self.waiting:
            if number != likely:
                yield number

    def _lowest(self, bids: list[Bid]) -> tuple[Bid, list[Bid]]:
        """The cheapest bid, and all that are exactly level with it, in the order of the ties."""
        ceiling = min(bid.high for bid in bids)
        close = [bid for bid in bids if bid.low <= ceiling]
        if len(close) == 1:
            return close[0], close
        self.purses.settle(*close)
        least = min(bid.per_utility for bid in close)
        level = sorted(
            (bid for bid in close if bid.per_utility == least),
            key=lambda bid: self.shop.ties(bid.candidate.id),
        )
        return level[0], level

    def lacking(self) -> dict[str, Fraction]:
        """Of each candidate that was not bought, how much more its supporters would need than all of them have."""
        lost = [each for each in self.shop.candidates if each.id not in set(self.winners)]
        have = self.purses.left_of_each_now([each.who for each in lost])
        return {each.id: max(Fraction(0), each.cost - left) for each, left in zip(lost, have, strict=True)}

    def rounds(self) -> tuple[Round, ...]:
        """Every round exactly."""
        self.purses.settle(*(bid for best, _, next_one in self.turns for bid in (best, next_one) if bid))
        return tuple(self._round(*turn) for turn in self.turns)

    def _round(self, best: Bid, level: list[Bid], next_one: Bid | None) -> Round:
        assert best.exact is not None
        who = best.stall.who
        emptied = self.purses.emptied[who]
        living = who[emptied >= best.round]
        return Round(
            project=best.candidate.id,
            price=best.exact,
            per_utility=best.per_utility,
            payers=int(self.purses.weights[living].sum()),
            emptied=int(self.purses.weights[who[emptied == best.round]].sum()),
            tied=tuple(bid.candidate.id for bid in level if bid is not best),
            runner_up=next_one.candidate.id if next_one else None,
            runner_up_per_utility=next_one.per_utility if next_one else None,
        )


class Stop(StrEnum):
    """Why shares were not raised further."""

    NOT_RAISED = "not raised"  # the rule does not
    OVERSPEND = "would overspend"  # one more step would have cost more than there is
    EXHAUSTIVE = "nothing more fits"
    EVERYTHING = "everything is funded"


@dataclass(frozen=True, slots=True)
class Shares:
    """`start` is each voter's share in the end, `steps` how often it was raised, and `rounds` the purchases at it.

    `same_from` is the lowest share from which on every step tried gave these winners, `level_steps` how many steps
    below `start` that is. `next_cost` is what the first step that would overspend would have cost.
    """

    winners: tuple[str, ...]
    start: Fraction
    steps: int
    level_steps: int
    rounds: tuple[Round, ...]
    same_from: Fraction = Fraction(0)
    stop: Stop = Stop.NOT_RAISED
    next_cost: int | None = None


def equal_shares(
    shop: Shop, *, step: int | None, exhaustive_stop: bool, start: Fraction | None = None
) -> tuple[Shares, Visit | None]:
    """`step`: raise every share by so many minor units until one more would overspend; None: do not raise it.

    `exhaustive_stop`: stop raising as soon as nothing more fits into what is left. With the result comes the run that
    gave it; there is none without ballots.
    """
    instance = shop.instance
    if not instance.voters:
        return Shares((), Fraction(0), 0, 0, ()), None
    share = Fraction(instance.budget, instance.voters) if start is None else start
    winners = shop.run(share) if step else []
    steps = level = 0
    stop, next_cost = Stop.NOT_RAISED, None
    while step:
        if exhaustive_stop and is_exhaustive(instance, winners, shop):
            stop = Stop.EXHAUSTIVE
            break
        if len(winners) == shop.most_winners:
            stop = Stop.EVERYTHING
            break
        raised = shop.run(share + step, likely=winners)
        cost = sum(instance.cost[id] for id in raised)
        if cost > instance.budget:
            stop, next_cost = Stop.OVERSPEND, cost
            break
        level = level + 1 if set(raised) == set(winners) else 0
        share, winners, steps = share + step, raised, steps + 1
    visit = shop.visit(share, likely=winners, second=True)
    same_from = share - level * (step or 0)
    shares = Shares(tuple(visit.winners), share, steps, level, visit.rounds(), same_from, stop, next_cost)
    return shares, visit


def is_exhaustive(instance: Instance, winners: list[str], shop: Shop) -> bool:
    """Whether no candidate that lost fits into what is left."""
    left = instance.budget - sum(instance.cost[id] for id in winners)
    taken = {shop.exclusive[id] for id in winners if id in shop.exclusive}
    won = set(winners)
    return all(
        candidate.cost > left or shop.exclusive.get(candidate.id) in taken
        for candidate in shop.candidates
        if candidate.id not in won
    )
