"""Social return on investment: the value map as the Guide to SROI works it out, in exact arithmetic.

Per outcome: quantity × value of one, less what would have happened anyway (deadweight), what only moved from
somewhere else (displacement) and what is thanks to others (attribution). Each later year keeps what did not drop off.
Each year is brought back to today by the discount rates. The ratio is the sum of all present values by the
sum of all inputs.

Nothing is assumed: an estimate that is missing is refused with a sentence, never taken as nought. Everything is a
`Fraction` of a penny until it is printed. docs/rules/impact.md is the same in prose; the tests read its tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engage.kit.decisions import Allowed, Decision, Denied, Words, require

LONGEST = 75


class Estimate(StrEnum):
    """What somebody has to estimate for each outcome."""

    QUANTITY = "quantity"
    PROXY = "proxy_pence"
    DEADWEIGHT = "deadweight"
    DISPLACEMENT = "displacement"
    ATTRIBUTION = "attribution"
    DROP_OFF = "drop_off"
    YEARS = "years"


NAMES: Mapping[str, Words] = {
    Estimate.QUANTITY: gettext_lazy("quantity"),
    Estimate.PROXY: gettext_lazy("value of one"),
    Estimate.DEADWEIGHT: gettext_lazy("deadweight"),
    Estimate.DISPLACEMENT: gettext_lazy("displacement"),
    Estimate.ATTRIBUTION: gettext_lazy("attribution"),
    Estimate.DROP_OFF: gettext_lazy("drop-off"),
    Estimate.YEARS: gettext_lazy("duration"),
}

# Taken off the value in the first year, one after the other; drop-off works from the second year on.
TAKEN_OFF = (Estimate.DEADWEIGHT, Estimate.DISPLACEMENT, Estimate.ATTRIBUTION)
PERCENTAGES = (*TAKEN_OFF, Estimate.DROP_OFF)


@dataclass(frozen=True, slots=True)
class Rate:
    """`percent` a year from year `first_year` after today on, by the guidance in force since the day `since`."""

    percent: Decimal
    first_year: int = 1
    since: date = date.min


@dataclass(frozen=True, slots=True)
class Line:
    """One outcome. Percentages are 0 to 100; None is what nobody has estimated yet, and is refused.

    `attribution` is the share that is thanks to others. `proxy_pence` is the value of one in pence, `proxy_low` and
    `proxy_high` the range that its source gives, if it gives one. The first of `years` is year 1.
    """

    name: str
    quantity: Decimal | int | None = None
    proxy_pence: Fraction | int | None = None
    deadweight: Decimal | Fraction | int | None = None
    displacement: Decimal | Fraction | int | None = None
    attribution: Decimal | Fraction | int | None = None
    drop_off: Decimal | Fraction | int | None = None
    years: int | None = None
    proxy_low: int | None = None
    proxy_high: int | None = None


@dataclass(frozen=True, slots=True)
class ValueMap:
    """`inputs_pence` is all that was put in, by whomever. When `first_year_discounted`, year 1 is discounted once."""

    lines: tuple[Line, ...]
    inputs_pence: int
    rates: tuple[Rate, ...]
    first_year_discounted: bool = True


@dataclass(frozen=True, slots=True)
class Year:
    """What is left of an outcome's value in one year, before and after it is brought back to today; in pence."""

    number: int
    value: Fraction
    present: Fraction


@dataclass(frozen=True)
class WorkedLine:
    """`gross` is quantity × value of one, `impact` what is left of it in year 1; in pence."""

    line: Line
    gross: Fraction
    impact: Fraction
    years: tuple[Year, ...]

    @cached_property
    def present(self) -> Fraction:
        return sum((year.present for year in self.years), Fraction())


@dataclass(frozen=True)
class Worked:
    """A value map worked out. `present` is exact pence, `present_pence` rounded; so is `ratio` and `ratio_text`."""

    lines: tuple[WorkedLine, ...]
    inputs_pence: int

    @cached_property
    def present(self) -> Fraction:
        return sum((line.present for line in self.lines), Fraction())

    @property
    def present_pence(self) -> int:
        return rounded(self.present)

    @property
    def parts_pence(self) -> list[int]:
        """Each line's present value in whole pence, so that the printed parts add up to the printed total."""
        return shares([line.present for line in self.lines])

    @property
    def ratio(self) -> Fraction:
        return self.present / self.inputs_pence

    @property
    def net_pence(self) -> int:
        return self.present_pence - self.inputs_pence

    @property
    def may_fall(self) -> Fraction | None:
        """By how many per cent everything together may be worth less before it only just equals the inputs.

        None when it is not worth the inputs as it is.
        """
        return 100 * (1 - 1 / self.ratio) if self.ratio >= 1 else None


# --- what is refused -------------------------------------------------------------------------------------


def missing(line: Line) -> list[Words]:
    """The names of what nobody has estimated yet."""
    return [NAMES[each] for each in Estimate if getattr(line, each) is None]


def may_work_out(value_map: ValueMap) -> Decision:
    """A map is worked out when it is whole: every estimate of every line, inputs above nought, rates."""
    if not value_map.lines:
        return Denied(_("This value map has no outcome yet. Add at least one."), status=422)
    for line in value_map.lines:
        decision = may_value(line)
        if not decision:
            return decision
    if value_map.inputs_pence <= 0:
        return Denied(
            _("Say what was put in: a value map needs inputs above £0."), status=422, field="inputs"
        )
    if not any(rate.first_year == 1 for rate in value_map.rates):
        return Denied(
            _("There is no discount rate for this day. Add the rates that were in force then."), status=422
        )
    return Allowed()


def may_value(line: Line) -> Decision:
    gaps = missing(line)
    if gaps:
        return Denied(
            _(
                "“%(outcome)s” has no %(missing)s yet. Enter each of them; 0 is an answer, an empty field is not."
            )
            % {"outcome": line.name, "missing": _(" and no ").join(str(gap) for gap in gaps)},
            status=422,
            field=next(each.value for each in Estimate if getattr(line, each) is None),
        )
    for each in PERCENTAGES:
        if not 0 <= getattr(line, each) <= 100:
            return Denied(
                _("The %(estimate)s of “%(outcome)s” is a percentage: enter a number from 0 to 100.")
                % {"estimate": NAMES[each], "outcome": line.name},
                status=422,
                field=each.value,
            )
    for each in (Estimate.QUANTITY, Estimate.PROXY):
        if getattr(line, each) < 0:
            return Denied(
                _("The %(estimate)s of “%(outcome)s” cannot be below 0.")
                % {"estimate": NAMES[each], "outcome": line.name},
                status=422,
                field=each.value,
            )
    assert line.years is not None
    if not 1 <= line.years <= LONGEST:
        return Denied(
            _("“%(outcome)s” needs a duration in whole years, from 1 to %(longest)d.")
            % {"outcome": line.name, "longest": LONGEST},
            status=422,
            field=Estimate.YEARS.value,
        )
    return Allowed()


# --- what it is worth ------------------------------------------------------------------------------------


def rates_on(day: date, rates: Iterable[Rate]) -> tuple[Rate, ...]:
    """The rates in force on a day. New guidance replaces the old as a whole, not one band at a time."""
    begun = [rate for rate in rates if rate.since <= day]
    latest = max((rate.since for rate in begun), default=None)
    return tuple(sorted((rate for rate in begun if rate.since == latest), key=lambda rate: rate.first_year))


def factors(rates: Sequence[Rate], years: int, *, first_year_discounted: bool) -> list[Fraction]:
    """What one pound of year 1, 2, … is worth today. Where the rate falls later, each year has its own."""
    worth = Fraction(1)
    found = [] if first_year_discounted else [worth]
    for year in range(1, years + 1):
        rate = max((each for each in rates if each.first_year <= year), key=lambda each: each.first_year)
        worth /= 1 + percent(rate.percent)
        found.append(worth)
    return found[:years]


def work_out(value_map: ValueMap) -> Worked:
    """Raises `Refused` with a sentence when the map is not whole."""
    require(may_work_out(value_map))
    return Worked(
        lines=tuple(_work_out_line(line, value_map) for line in value_map.lines),
        inputs_pence=value_map.inputs_pence,
    )


def _work_out_line(line: Line, value_map: ValueMap) -> WorkedLine:
    assert line.quantity is not None
    assert line.proxy_pence is not None
    assert line.years is not None
    gross = Fraction(line.quantity) * Fraction(line.proxy_pence)
    impact = gross
    for each in TAKEN_OFF:
        impact *= 1 - percent(getattr(line, each))
    stays = 1 - percent(line.drop_off or 0)
    worth = factors(value_map.rates, line.years, first_year_discounted=value_map.first_year_discounted)
    years, value = [], impact
    for number, factor in enumerate(worth, start=1):
        years.append(Year(number=number, value=value, present=value * factor))
        value *= stays
    return WorkedLine(line=line, gross=gross, impact=impact, years=tuple(years))


@dataclass(frozen=True, slots=True)
class Total:
    """Several maps together: their present values and their inputs are added. Ratios are never averaged."""

    maps: int
    present: Fraction
    inputs_pence: int

    @property
    def present_pence(self) -> int:
        return rounded(self.present)

    @property
    def ratio(self) -> Fraction | None:
        return self.present / self.inputs_pence if self.inputs_pence else None


def add_up(maps: Iterable[Worked]) -> Total:
    found = list(maps)
    return Total(
        maps=len(found),
        present=sum((each.present for each in found), Fraction()),
        inputs_pence=sum(each.inputs_pence for each in found),
    )


def worth_of_hours(hours: Decimal | Fraction, an_hour_pence: int) -> int:
    """What volunteers gave, in pence, rounded to the nearest."""
    return rounded(Fraction(hours) * an_hour_pence)


def own_input(*, actual: bool, awarded_pence: int, spent_pence: int) -> int:
    """What the award itself puts in: all that was promised into a forecast, what was kept of it into the actual."""
    return spent_pence if actual else awarded_pence


# --- printing --------------------------------------------------------------------------------------------


def percent(number: Decimal | Fraction | int) -> Fraction:
    return Fraction(number) / 100


def rounded(exact: Fraction, places: int = 0) -> int:
    """To the nearest whole number of the last place, halves up: pence from pence, hundredths with `places=2`."""
    return (2 * exact * 10**places + 1).__floor__() // 2


def shares(parts: Sequence[Fraction]) -> list[int]:
    """Whole pence for each part that add up to the rounded sum; what is left over goes to the largest remainders."""
    floors = [part.__floor__() for part in parts]
    over = rounded(sum(parts, Fraction())) - sum(floors)
    by_remainder = sorted(range(len(parts)), key=lambda place: (floors[place] - parts[place], place))
    for place in by_remainder[:over]:
        floors[place] += 1
    return floors


def decimals(exact: Fraction, places: int) -> str:
    """`1.44`: always so many places, halves up."""
    whole, rest = divmod(abs(rounded(exact, places)), 10**places)
    sign = "−" if rounded(exact, places) < 0 else ""
    return f"{sign}{whole:,}.{rest:0{places}d}" if places else f"{sign}{whole:,}"
