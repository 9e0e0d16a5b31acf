"""Counting an instance by a rule: the winners, and for every project what became of it and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from budgets.count.greedy import Fate, Order, Turn, greedy
from budgets.count.instance import Instance
from budgets.count.rule import SCORES, UTILITIES, Rule, UnknownRule, drawn
from budgets.count.shares import Shares, Shop, Visit, equal_shares


@dataclass(frozen=True, slots=True)
class Tie:
    """Projects that were level, the first of which won; `decided_by` is which of the rule's ties put it first.

    `round` of equal shares, from 1; None in a greedy count. `decisive` when one that came later was not funded.
    """

    projects: tuple[str, ...]
    decided_by: str
    decisive: bool
    round: int | None = None


@dataclass(frozen=True)
class Count:
    """What came out: winners in the order they won, and for every project its turn. `shares` for equal shares only."""

    rule: Rule
    winners: tuple[str, ...]
    cost: int
    turns: tuple[Turn, ...]
    shares: Shares | None = None
    ties: tuple[Tie, ...] = ()


def count(instance: Instance, rule: Rule) -> Count:
    """Count an instance by a rule. The same two give the same result anywhere, whatever the order of ballots."""
    if "lot" in rule.ties and rule.seed and not rule.lot:
        rule = replace(rule, lot=drawn(rule.seed, sorted(instance.cost)))
    order = tie_order(instance, rule)
    by = _greedily if rule.kind == "greedy" else _by_shares
    turns, shares, ties = by(instance, rule, order)
    below = (id for id in sorted(instance.cost) if instance.votes[id] < rule.threshold)
    turns += [
        Turn(
            id,
            Fraction(instance.votes[id]),
            Fate.BELOW_THRESHOLD,
            0,
            short=Fraction(rule.threshold - instance.votes[id]),
        )
        for id in below
    ]
    winners = tuple(turn.project for turn in turns if turn.fate == Fate.FUNDED)
    if "lot" in rule.ties and not rule.lot and any(tie.decided_by == "id" for tie in ties):
        raise UnknownRule("Projects are level and must be told apart by lot, but the lot is not drawn.")
    return Count(rule, winners, _cost(instance, winners), tuple(turns), shares, ties)


def totals(instance: Instance, reading: str) -> dict[str, int]:
    """Each project's sum over ballots, read in this way."""
    return {id: int(instance.weights[each.who] @ each.base) for id, each in instance.support(reading).items()}


def tie_order(instance: Instance, rule: Rule) -> Order:
    """By what tied projects are sorted: the first wins."""
    place: Mapping[str, int] = {id: number for number, id in enumerate(rule.lot)}
    parts: dict[str, Callable[[str], object]] = {
        "cost asc": lambda id: instance.cost[id],
        "cost desc": lambda id: -instance.cost[id],
        "votes asc": lambda id: instance.votes[id],
        "votes desc": lambda id: -instance.votes[id],
        "lot": lambda id: place.get(id, len(place)),
        "id": lambda id: id,
    }
    return Order(rule.ties, lambda id: tuple(parts[tie](id) for tie in rule.ties))


def shop_of(instance: Instance, rule: Rule) -> Shop:
    """Equal shares by this rule, prepared for any start."""
    reading, times_cost = UTILITIES[rule.utility]
    return Shop(
        instance,
        reading,
        factor=(lambda id: instance.cost[id]) if times_cost else (lambda id: 1),
        ties=tie_order(instance, rule),
        allowed=lambda id: instance.votes[id] >= rule.threshold,
    )


type Outcome = tuple[list[Turn], Shares | None, tuple[Tie, ...]]


def _allowed(instance: Instance, rule: Rule) -> list[str]:
    return [id for id in sorted(instance.cost) if instance.votes[id] >= rule.threshold]


def _greedily(instance: Instance, rule: Rule, order: Order) -> Outcome:
    reading, per_cost = SCORES[rule.score]
    turns = greedy(
        instance,
        totals(instance, reading),
        per_cost=per_cost,
        skip=rule.skip,
        ties=order,
        among=_allowed(instance, rule),
    )
    return turns, None, _ties_among(turns, order)


def _ties_among(turns: Iterable[Turn], order: Order) -> tuple[Tie, ...]:
    """One for each set of projects that were level, as far as the count got."""
    found: dict[frozenset[str], list[Turn]] = {}
    for turn in turns:
        if turn.tied:
            found.setdefault(frozenset((turn.project, *turn.tied)), []).append(turn)
    return tuple(
        Tie(
            tuple(turn.project for turn in level),
            order.decides(level[0].project, level[1].project),
            any(turn.decided_by for turn in level),
        )
        for level in found.values()
        if level[0].fate != Fate.NOT_REACHED
    )


def _by_shares(instance: Instance, rule: Rule, order: Order) -> Outcome:
    shop = shop_of(instance, rule)
    shares, visit = equal_shares(
        shop,
        step=None if rule.step is None else rule.step * instance.unit,
        exhaustive_stop=rule.exhaustive_stop,
    )
    turns = _bought(shares, instance)
    allowed = _allowed(instance, rule)
    lost = _lost(instance, shop, shares, visit, allowed, order)
    rest: list[Turn] = []
    if rule.completion != "none":
        rest = greedy(
            instance, totals(instance, rule.completion), ties=order, among=allowed, already=shares.winners
        )
        turns += [_joined(turn, lost.get(turn.project)) for turn in rest]
    else:
        turns += lost.values()
    won = {turn.project for turn in turns if turn.fate == Fate.FUNDED}
    ties = tuple(
        Tie(
            (each.project, *each.tied),
            order.decides(each.project, each.tied[0]),
            not won.issuperset(each.tied),
            number,
        )
        for number, each in enumerate(shares.rounds, 1)
        if each.tied
    )
    return turns, shares, ties + _ties_among(rest, order)


def _joined(turn: Turn, before: Turn | None) -> Turn:
    """Of a project that equal shares did not buy. Of one that got nothing either way, a tie lost before says more."""
    if before is not None:
        turn = replace(turn, lacking=before.lacking)
        if before.decided_by and turn.fate == Fate.TOO_EXPENSIVE:
            return replace(turn, beaten_by=before.beaten_by, decided_by=before.decided_by)
    return replace(turn, leftover=turn.fate == Fate.FUNDED)


def _bought(shares: Shares, instance: Instance) -> list[Turn]:
    """The purchases as turns; their score is the price per unit of utility, so that lower is better."""
    left = instance.budget
    turns = []
    prices = {each.project: each for each in shares.rounds}
    for id in shares.winners:
        bought = prices.get(id)
        if bought is None:
            turns.append(Turn(id, Fraction(0), Fate.FUNDED, left, price=Fraction(0)))
        else:
            turns.append(
                Turn(
                    id,
                    bought.per_utility,
                    Fate.FUNDED,
                    left,
                    bought.tied,
                    price=bought.price,
                    payers=bought.payers,
                    emptied=bought.emptied,
                )
            )
        left -= instance.cost[id]
    return turns


def _lost(
    instance: Instance,
    shop: Shop,
    shares: Shares,
    visit: Visit | None,
    allowed: Iterable[str],
    order: Order,
) -> dict[str, Turn]:
    """What became of each project that equal shares did not buy."""
    winners = shares.winners
    lacking = visit.lacking() if visit else {}
    groups = {project.id: project.exclusive for project in instance.projects}
    rivals = {groups[id]: id for id in winners if groups[id]}
    beaten = {id: each.project for each in shares.rounds for id in each.tied}
    left = instance.budget - _cost(instance, winners)
    turns = {}
    for id in (id for id in allowed if id not in set(winners)):
        rival = rivals.get(groups[id], "") if groups[id] else ""
        turn = Turn(id, Fraction(0), Fate.UNSUPPORTED, left)
        if rival:
            turn = replace(turn, fate=Fate.EXCLUDED, beaten_by=rival)
        elif id in shop.number:
            turn = replace(turn, fate=Fate.OUTBID, lacking=lacking.get(id, Fraction(0)))
        if id in beaten and beaten[id] == (rival or beaten[id]):
            decided = order.decides(beaten[id], id)
            turn = replace(turn, beaten_by=beaten[id], decided_by=decided)
        turns[id] = turn
    return turns


def _cost(instance: Instance, winners: Iterable[str]) -> int:
    return sum(instance.cost[id] for id in winners)
