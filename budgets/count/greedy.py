"""Greedy counting: projects in order of a score, each funded when it fits into what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from budgets.count.instance import Instance


class Fate(StrEnum):
    FUNDED = "funded"
    TOO_EXPENSIVE = "too expensive"  # more than was left when its turn came
    EXCLUDED = "excluded"  # another of its exclusive group was funded
    NOT_REACHED = "not reached"  # the count had stopped at a project before it
    BELOW_THRESHOLD = "below threshold"
    UNSUPPORTED = "unsupported"
    OUTBID = "outbid"  # its supporters had too little money left


@dataclass(frozen=True, slots=True)
class Turn:
    """One project's turn: `left` is what was left before it, in minor units; `tied` had the same score.

    `beaten_by` is the project it lost to: its alternative, where the count stopped, or the winner of its tie; then
    it would have been funded in the other's place, and `decided_by` is which of the rule's ties put the other first.
    `short` is how much more than what was left it needed, or how many votes. `price` is 0 of what is free. Of equal
    shares it is what each of `payers` supporters paid at most for every unit of what they gave the project; `emptied`
    of them gave all they had. `lacking` is how much too little its supporters had together; `leftover` was funded from
    what equal shares left.
    """

    project: str
    score: Fraction
    fate: Fate
    left: int
    tied: tuple[str, ...] = ()
    beaten_by: str = ""
    decided_by: str = ""
    short: Fraction = Fraction(0)
    price: Fraction | None = None
    payers: int = 0
    emptied: int = 0
    lacking: Fraction = Fraction(0)
    leftover: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What decides between projects that are level: the first of the rule's ties in which they differ."""

    names: tuple[str, ...]
    key: Callable[[str], tuple[object, ...]]

    def __call__(self, id: str) -> tuple[object, ...]:
        return self.key(id)

    def decides(self, one: str, other: str) -> str:
        pairs = zip(self.names, self.key(one), self.key(other), strict=True)
        return next((name for name, first, second in pairs if first != second), "")


def greedy(
    instance: Instance,
    scores: Mapping[str, int],
    *,
    per_cost: bool = False,
    skip: bool = True,
    ties: Order,
    among: Iterable[str] | None = None,
    already: Iterable[str] = (),
) -> list[Turn]:
    """The turns in order. `per_cost`: by score for each unit of money. Not `skip`: stop at the first that does not fit.

    Free projects come first when scores are per cost: no price is lower. `already` are funded; `among` may be.
    """
    already = list(already)
    candidates = [id for id in (instance.cost if among is None else among) if id not in set(already)]
    key = {id: _score(scores[id], instance.cost[id] if per_cost else 1) for id in candidates}
    order = sorted(candidates, key=lambda id: (-key[id][0], -key[id][1], ties(id)))
    level: dict[tuple[bool, Fraction], list[str]] = {}
    for id in order:
        level.setdefault(key[id], []).append(id)
    group = {project.id: project.exclusive for project in instance.projects}
    taken = {group[id]: id for id in already if group[id]}
    left = instance.budget - sum(instance.cost[id] for id in already)
    turns: list[Turn] = []
    stopped_at = ""
    for id in order:
        turn = _turn(instance, id, left, taken.get(group[id], "") if group[id] else "", stopped_at)
        if turn.fate == Fate.TOO_EXPENSIVE and not skip:
            stopped_at = id
        if turn.fate == Fate.FUNDED:
            left -= instance.cost[id]
            taken |= {group[id]: id} if group[id] else {}
        tied = tuple(other for other in level[key[id]] if other != id)
        turns.append(replace(turn, score=key[id][1], tied=tied))
    by_id = {turn.project: turn for turn in turns}
    return [_lost_tie(turn, by_id, level[key[turn.project]], instance, ties) for turn in turns]


def _turn(instance: Instance, id: str, left: int, rival: str, stopped_at: str) -> Turn:
    short = Fraction(max(0, instance.cost[id] - left))
    if stopped_at:
        return Turn(id, Fraction(0), Fate.NOT_REACHED, left, beaten_by=stopped_at)
    if rival:
        return Turn(id, Fraction(0), Fate.EXCLUDED, left, beaten_by=rival)
    if short:
        return Turn(id, Fraction(0), Fate.TOO_EXPENSIVE, left, short=short)
    return Turn(id, Fraction(0), Fate.FUNDED, left, price=None if instance.cost[id] else Fraction(0))


def _lost_tie(
    turn: Turn, turns: Mapping[str, Turn], level: list[str], instance: Instance, ties: Order
) -> Turn:
    """Whether it is the tie that cost this project its money: first among those level with it, it would have had it."""
    before = [turns[id] for id in level[: level.index(turn.project)]]
    funded = [each.project for each in before if each.fate == Fate.FUNDED]
    if turn.fate == Fate.FUNDED or not funded or instance.cost[turn.project] > before[0].left:
        return turn
    if turn.fate == Fate.EXCLUDED and turn.beaten_by not in funded:
        return turn
    winner = turn.beaten_by if turn.fate == Fate.EXCLUDED else funded[-1]
    decided = ties.decides(winner, turn.project)
    return replace(turn, beaten_by=winner, decided_by=decided)


def _score(score: int, cost: int) -> tuple[bool, Fraction]:
    """Free and wanted first; then by score for each unit of cost."""
    return (cost == 0 and score > 0, Fraction(score, cost or 1))
