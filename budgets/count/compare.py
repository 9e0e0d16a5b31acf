"""Rules side by side: what each would have funded with the same ballots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from budgets.count.counting import Count, count
from budgets.count.instance import Instance
from budgets.count.rule import Rule


@dataclass(frozen=True, slots=True)
class Side:
    """One rule's outcome: what it leaves, how many voters have at least one of their projects funded (`reached`), and
    how many of their projects voters have funded on average.
    """

    counted: Count
    left: int
    reached: int
    on_average: Fraction


@dataclass(frozen=True, slots=True)
class Comparison:
    """`rows`: every project with, for each side, whether it is funded; those funded by most come first."""

    sides: tuple[Side, ...]
    rows: tuple[tuple[str, tuple[bool, ...]], ...]

    @property
    def agreed(self) -> tuple[str, ...]:
        """What every rule funds."""
        return tuple(id for id, funded in self.rows if all(funded))

    @property
    def disputed(self) -> tuple[str, ...]:
        """What some rules fund and others do not."""
        return tuple(id for id, funded in self.rows if any(funded) and not all(funded))


def compare(instance: Instance, rules: Iterable[Rule]) -> Comparison:
    """Count by each rule and put the outcomes side by side."""
    sides = tuple(_side(instance, count(instance, rule)) for rule in rules)
    won = [set(side.counted.winners) for side in sides]
    rows = [(id, tuple(id in winners for winners in won)) for id in instance.cost]
    rows.sort(key=lambda row: (-sum(row[1]), -instance.votes[row[0]], row[0]))
    return Comparison(sides, tuple(rows))


def _side(instance: Instance, counted: Count) -> Side:
    named = instance.support("votes")
    funded = np.zeros(len(instance.ballots), dtype=np.int64)
    for id in counted.winners:
        funded[named[id].who] += 1
    return Side(
        counted,
        left=instance.budget - counted.cost,
        reached=int(instance.weights[funded > 0].sum()),
        on_average=Fraction(int((instance.weights * funded).sum()), instance.voters or 1),
    )
