"""Next year's scheme from this year's, and what a budget takes along. The table in prose is docs/rules/scheme.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


def a_year_on(day: date) -> date:
    """The same day a year later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def carried(remaining_pence: int, percent: int) -> int:
    """What a budget takes into the next year: a share of what nobody was promised, rounded down to the penny."""
    return max(0, remaining_pence) * percent // 100


@dataclass(frozen=True, slots=True)
class Opening:
    """What opening one councillor's next budget does: pence that are still to be allocated and carried over."""

    allocate: int
    carry: int

    @property
    def done(self) -> bool:
        return self.allocate == 0 and self.carry == 0


def opening(
    *,
    allocation: int,
    has_money: bool,
    remaining: int,
    percent: int,
    already_carried: bool,
) -> Opening:
    """Doing it again does nothing: a budget with money in it was allocated, and nothing is carried twice."""
    return Opening(
        allocate=0 if has_money else allocation,
        carry=0 if already_carried else carried(remaining, percent),
    )
