"""Reading proxies and discount rates out of CSV files: all of a file is right, or each wrong cell is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from budgets.impact.enums import Licence
from engage.kit.money import NotMoney, parse_pounds
from engage.kit.tables import BadFile, Problems, Row, clip, day, read_table

MOST_ROWS = 2_000
EARLIEST_PRICES = 1990

NAME, UNIT, VALUE, LOW, HIGH = "Name", "Unit", "Value", "Low", "High"
PRICES_OF, SINCE, VOLUNTEER_TIME = "Prices of", "In force from", "Volunteer time"
SOURCE, LICENCE, ADDRESS = "Source", "Licence", "Address"
PROXY_COLUMNS = (
    NAME, UNIT, VALUE, LOW, HIGH, PRICES_OF, SINCE, VOLUNTEER_TIME, SOURCE, LICENCE, ADDRESS,
)  # fmt: skip
FROM_YEAR, PER_CENT = "From year", "Per cent"
RATE_COLUMNS = (SINCE, FROM_YEAR, PER_CENT, SOURCE, ADDRESS)

_PERCENT = re.compile(r"^\d{1,2}(\.\d{1,2})?$", re.ASCII)


@dataclass(frozen=True, slots=True)
class ProxyFacts:
    """One proxy of a file, named as the model names its columns; `line` is where it stands in the file."""

    line: int
    name: str
    unit: str
    pence: int
    low_pence: int | None
    high_pence: int | None
    prices_of: int
    since: date
    volunteer_time: bool
    source: str
    licence: str
    url: str


@dataclass(frozen=True, slots=True)
class RateFacts:
    """One discount rate of a file, named as the model names its columns."""

    line: int
    since: date
    first_year: int
    percent: Decimal
    source: str
    url: str


def read_proxies(text: str, *, today: date) -> list[ProxyFacts]:
    """Every proxy of the file, in its order. Raises BadFile naming each line and column that is not right."""
    return _read(
        text, PROXY_COLUMNS, lambda row: _proxy(row, today), key=lambda each: (each.name, each.since)
    )


def read_rates(text: str) -> list[RateFacts]:
    """Every discount rate of the file. Raises BadFile; a set of a day needs a rate that begins in year 1."""
    problems = Problems()
    rates = _read(text, RATE_COLUMNS, _rate, key=lambda each: (each.since, each.first_year))
    for since in {rate.since for rate in rates}:
        if not any(rate.first_year == 1 for rate in rates if rate.since == since):
            line = min(rate.line for rate in rates if rate.since == since)
            problems.add(
                _("Line %(line)s") % {"line": line},
                _("the rates in force from %(day)s have none that begins in year 1")
                % {"day": since.isoformat()},
            )
    problems.stop_if_any()
    return rates


def _read[Facts: (ProxyFacts, RateFacts)](
    text: str, columns: tuple[str, ...], facts: Callable[[Row], Facts], *, key: Callable[[Facts], object]
) -> list[Facts]:
    problems = Problems()
    rows = read_table(text, required=columns, problems=problems)
    if not rows:
        raise BadFile(_("The file has only its headings, so there is nothing to add."))
    if len(rows) > MOST_ROWS:
        raise BadFile(
            _("The file has %(count)s lines; at most %(most)s are read at once. Split it.")
            % {"count": f"{len(rows):,}", "most": f"{MOST_ROWS:,}"}
        )
    found = [facts(row) for row in rows]
    first: dict[object, int] = {}
    for each in found:
        if key(each) in first:
            problems.add(
                _("Line %(line)s") % {"line": each.line},
                _("the same as line %(first)s: keep one of them") % {"first": first[key(each)]},
            )
        first.setdefault(key(each), each.line)
    problems.stop_if_any()
    return found


def _proxy(row: Row, today: date) -> ProxyFacts:
    pence = _pounds(row, VALUE, required=True) or 0
    low, high = _pounds(row, LOW), _pounds(row, HIGH)
    if (low is None) != (high is None):
        row.blame(LOW if low is None else HIGH, _("give both ends of the range, or leave both cells empty"))
    elif low is not None and high is not None and not low <= pence <= high:
        row.blame(VALUE, _("expected a value between Low and High"))
    return ProxyFacts(
        line=row.line,
        name=row.text(NAME, required=True, longest=120),
        unit=row.text(UNIT, required=True, longest=80),
        pence=pence,
        low_pence=low,
        high_pence=high,
        prices_of=_prices_of(row, today),
        since=_day(row),
        volunteer_time=_yes(row, VOLUNTEER_TIME),
        source=row.text(SOURCE, required=True, longest=200),
        licence=_licence(row),
        url=_address(row),
    )


def _rate(row: Row) -> RateFacts:
    said = row.text(PER_CENT, required=True)
    if said and not _PERCENT.match(said):
        row.blame(PER_CENT, _("expected a percentage like 3.5, not “%(value)s”") % {"value": clip(said)})
        said = ""
    first_year = row.whole(FROM_YEAR, at_most=200)
    if row.text(FROM_YEAR) and first_year < 1:
        row.blame(FROM_YEAR, _("expected 1 or more: the year in which the rate begins"))
    return RateFacts(
        line=row.line,
        since=_day(row),
        first_year=first_year,
        percent=Decimal(said or 0),
        source=row.text(SOURCE, required=True, longest=200),
        url=_address(row),
    )


def _pounds(row: Row, column: str, *, required: bool = False) -> int | None:
    said = row.text(column, required=required)
    if not said:
        return None
    try:
        pence = parse_pounds(said)
    except NotMoney:
        row.blame(
            column,
            _("expected an amount in pounds like 1,250 or 12.21, not “%(value)s”") % {"value": clip(said)},
        )
        return None
    if pence == 0 and required:
        row.blame(column, _("expected an amount above £0"))
    return pence


def _prices_of(row: Row, today: date) -> int:
    year = row.whole(PRICES_OF, at_most=9999)
    if row.text(PRICES_OF) and not EARLIEST_PRICES <= year <= today.year:
        row.blame(
            PRICES_OF,
            _("expected a year from %(first)s to %(last)s") % {"first": EARLIEST_PRICES, "last": today.year},
        )
    return year


def _day(row: Row) -> date:
    said = row.text(SINCE, required=True)
    found = day(said)
    if said and found is None:
        row.blame(SINCE, _("expected a date like 2026-04-01, not “%(value)s”") % {"value": clip(said)})
    return found or date.min


def _yes(row: Row, column: str) -> bool:
    said = row.text(column).casefold()
    if said not in {"yes", "no", ""}:
        row.blame(column, _("expected yes or no, not “%(value)s”") % {"value": clip(said)})
    return said == "yes"


def _licence(row: Row) -> str:
    said = row.text(LICENCE, required=True)
    if said and said not in Licence.values:
        row.blame(
            LICENCE,
            _("“%(value)s” is not an open licence that is known here. Use one of: %(known)s")
            % {"value": clip(said), "known": ", ".join(Licence.values)},
        )
    return said


def _address(row: Row) -> str:
    said = row.text(ADDRESS, required=True, longest=300)
    if said and not said.startswith("https://"):
        row.blame(ADDRESS, _("expected an address that begins with https://"))
    return said
