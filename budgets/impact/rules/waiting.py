"""How long groups wait, in days; and how much else a pound of the council's brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Waits:
    """Half of the groups waited `median` days or fewer, nine of ten `nine_in_ten` or fewer."""

    count: int
    median: int
    nine_in_ten: int
    longest: int


def waits(spans: Sequence[tuple[date, date]]) -> Waits | None:
    """From begin to end of each; None without any. What ends before it begins was written down later: no days."""
    days = sorted(max((end - begin).days, 0) for begin, end in spans)
    if not days:
        return None
    return Waits(
        count=len(days),
        median=days[(len(days) - 1) // 2],
        nine_in_ten=days[-(-len(days) * 9 // 10) - 1],
        longest=days[-1],
    )


def leverage(others_pence: int, awarded_pence: int) -> Fraction | None:
    """What others gave for each pound awarded; None when nothing was awarded."""
    return Fraction(others_pence, awarded_pence) if awarded_pence else None
