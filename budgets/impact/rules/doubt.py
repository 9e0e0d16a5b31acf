"""How sure a value map is: one estimate moved at a time, all of them moved at once, and where the answer would switch.

docs/rules/impact.md is the same in prose; the tests read its tables.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from budgets.impact.rules.sroi import (
    LONGEST,
    Estimate,
    Line,
    ValueMap,
    Worked,
    may_work_out,
    work_out,
)
from engage.kit.decisions import require

# How far every map's estimates are moved to test them. They are the same for all, so that nobody can make a map look
# surer than it is by doubting little.
QUANTITY_STEP = Fraction(10, 100)
PROXY_STEP = Fraction(20, 100)
PERCENTAGE_STEP = 10
RATE_STEP = 1
# A percentage halved so often is known to five places; pages print one.
HALVINGS = 24


@dataclass(frozen=True, slots=True)
class Test:
    """What the ratio becomes when one estimate is moved and all others stay.

    `line` is None for the discount rate, which is one for all. `low` and `high` are what it was moved to, the cautious
    end first; `switching` is where the ratio becomes exactly 1, None when it cannot by this estimate alone.
    """

    estimate: str
    line: Line | None
    low: Fraction
    high: Fraction
    low_ratio: Fraction
    high_ratio: Fraction
    switching: Fraction | None = None

    @property
    def swing(self) -> Fraction:
        return abs(self.high_ratio - self.low_ratio)


def reach(line: Line, estimate: Estimate) -> tuple[Fraction, Fraction]:
    """How far an estimate is moved: its cautious end (worth less) first, its hopeful end second."""
    best = Fraction(getattr(line, estimate))
    if estimate == Estimate.QUANTITY:
        return best * (1 - QUANTITY_STEP), best * (1 + QUANTITY_STEP)
    if estimate == Estimate.PROXY:
        low = best * (1 - PROXY_STEP) if line.proxy_low is None else Fraction(line.proxy_low)
        high = best * (1 + PROXY_STEP) if line.proxy_high is None else Fraction(line.proxy_high)
        return low, high
    if estimate == Estimate.YEARS:
        return max(best - 1, Fraction(1)), min(best + 1, Fraction(LONGEST))
    return min(best + PERCENTAGE_STEP, Fraction(100)), max(best - PERCENTAGE_STEP, Fraction(0))


def sensitivity(value_map: ValueMap) -> list[Test]:
    """One estimate at a time, those that matter most first."""
    require(may_work_out(value_map))
    tests = [
        _test(value_map, place, estimate) for place in range(len(value_map.lines)) for estimate in Estimate
    ]
    tests.append(_test_rate(value_map))
    return sorted(tests, key=lambda test: -test.swing)


def value_range(value_map: ValueMap) -> tuple[Worked, Worked]:
    """Everything at its cautious end at once, and everything at its hopeful end. Years and rates stay."""
    return _moved(value_map, end=0), _moved(value_map, end=1)


def _moved(value_map: ValueMap, *, end: int) -> Worked:
    require(may_work_out(value_map))
    movable = [each for each in Estimate if each != Estimate.YEARS]
    lines = value_map.lines
    for estimate in movable:
        lines = tuple(_with(line, estimate, reach(line, estimate)[end]) for line in lines)
    return work_out(replace(value_map, lines=lines))


def switching_value(value_map: ValueMap, place: int, estimate: Estimate) -> Fraction | None:
    """Where the ratio is exactly 1 when only this estimate of the line at `place` moves; None if it nowhere is."""
    line = value_map.lines[place]
    if estimate == Estimate.YEARS:
        return None
    if estimate == Estimate.DROP_OFF:
        return _switching_drop_off(value_map, place)
    # All others are in proportion: to the number itself, or to what a percentage leaves.
    unit = Fraction(1) if estimate in (Estimate.QUANTITY, Estimate.PROXY) else Fraction(0)
    trial = work_out(_with_line(value_map, place, _with(line, estimate, unit)))
    per_unit = trial.lines[place].present
    wanted = value_map.inputs_pence - (trial.present - per_unit)
    if per_unit == 0:
        return None
    share = wanted / per_unit
    if estimate in (Estimate.QUANTITY, Estimate.PROXY):
        return share if share >= 0 else None
    return 100 * (1 - share) if 0 <= share <= 1 else None


def _switching_drop_off(value_map: ValueMap, place: int) -> Fraction | None:
    """By halving: no formula gives it when there are many years. More drop-off is never worth more."""
    without = work_out(
        _with_line(value_map, place, _with(value_map.lines[place], Estimate.DROP_OFF, Fraction(0)))
    )
    wanted = value_map.inputs_pence - (without.present - without.lines[place].present)
    undropped = [year.present for year in without.lines[place].years]

    def present(drop_off: Fraction) -> Fraction:
        stays, found = 1 - drop_off / 100, Fraction(0)
        for year in reversed(undropped):
            found = found * stays + year
        return found

    low, high = Fraction(0), Fraction(100)
    if present(low) == present(high) or not present(high) <= wanted <= present(low):
        return None
    for _step in range(HALVINGS):
        middle = (low + high) / 2
        if present(middle) >= wanted:
            low = middle
        else:
            high = middle
    return low


def _test(value_map: ValueMap, place: int, estimate: Estimate) -> Test:
    line = value_map.lines[place]
    low, high = reach(line, estimate)
    ratios = [work_out(_with_line(value_map, place, _with(line, estimate, to))).ratio for to in (low, high)]
    return Test(
        estimate=estimate,
        line=line,
        low=low,
        high=high,
        low_ratio=ratios[0],
        high_ratio=ratios[1],
        switching=switching_value(value_map, place, estimate),
    )


def _test_rate(value_map: ValueMap) -> Test:
    """All rates a point higher, and a point lower."""

    def ratio(by: int) -> Fraction:
        moved = tuple(replace(rate, percent=max(rate.percent + by, Decimal(0))) for rate in value_map.rates)
        return work_out(replace(value_map, rates=moved)).ratio

    first = Fraction(min(value_map.rates, key=lambda rate: rate.first_year).percent)
    return Test(
        estimate="rate",
        line=None,
        low=first + RATE_STEP,
        high=max(first - RATE_STEP, Fraction(0)),
        low_ratio=ratio(RATE_STEP),
        high_ratio=ratio(-RATE_STEP),
    )


def _with(line: Line, estimate: Estimate, to: Fraction) -> Line:
    changed: dict[str, Any] = {estimate.value: int(to) if estimate == Estimate.YEARS else to}
    return replace(line, **changed)


def _with_line(value_map: ValueMap, place: int, line: Line) -> ValueMap:
    return replace(value_map, lines=(*value_map.lines[:place], line, *value_map.lines[place + 1 :]))
