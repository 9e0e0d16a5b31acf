"""Reading numbers of electors out of a CSV file, and deciding which place each row is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from engage.kit.tables import Problems, clip, read_table
from engage.places.rules.places_file import GSS_CODE


@dataclass(frozen=True, slots=True)
class ElectorsRow:
    line: int
    code: str
    name: str
    electors: int


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """What matching needs to know of a place."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Matches:
    """Rows with the place each is about, rows that are about none, and places that no row is about."""

    found: list[tuple[ElectorsRow, KnownPlace]]
    unmatched: list[ElectorsRow]
    without: list[KnownPlace]


def read_electors(
    text: str, *, code_column: str, name_column: str, electors_column: str
) -> list[ElectorsRow]:
    """Every row, in the file's order. Raises BadFile naming each line and column that is not right."""
    problems = Problems()
    rows = [
        ElectorsRow(
            line=row.line,
            code=row.text(code_column, required=True).upper(),
            name=" ".join(row.text(name_column).split()),
            electors=row.whole(electors_column),
        )
        for row in read_table(text, required=[code_column, name_column, electors_column], problems=problems)
    ]
    seen: dict[str, int] = {}
    for row in rows:
        where = _("Line %(line)s, column “%(column)s”") % {"line": row.line, "column": code_column}
        if row.code and not GSS_CODE.match(row.code):
            problems.add(
                where, _("expected a GSS code like E05015239, not “%(code)s”") % {"code": clip(row.code)}
            )
        elif row.code in seen:
            problems.add(where, _("the same code is already on line %(line)s") % {"line": seen[row.code]})
        seen.setdefault(row.code, row.line)
    problems.stop_if_any()
    return rows


def match_electors(rows: Sequence[ElectorsRow], places: Iterable[KnownPlace], *, by_name: bool) -> Matches:
    """By code; and only when asked, what is left by exactly the same name (capitals aside).

    A name that two places or two rows share decides nothing. A place that a row has by code is not matched again.
    """
    places = list(places)
    by_code = {place.code: place for place in places if place.code}
    found = [(row, by_code[row.code]) for row in rows if row.code in by_code]
    if by_name:
        taken = {place.id for _row, place in found}
        matched_lines = {row.line for row, _place in found}
        free = _only_ones({place: place.name for place in places if place.id not in taken})
        left = _only_ones({row: row.name for row in rows if row.line not in matched_lines and row.name})
        found += [(row, free[name]) for name, row in left.items() if name in free]
    found.sort(key=lambda pair: pair[0].line)
    lines = {row.line for row, _place in found}
    with_electors = {place.id for _row, place in found}
    return Matches(
        found=found,
        unmatched=[row for row in rows if row.line not in lines],
        without=[place for place in places if place.id not in with_electors],
    )


def _only_ones[T](names: dict[T, str]) -> dict[str, T]:
    """Name without capitals → its one bearer; names with several bearers are left out."""
    bearers: dict[str, list[T]] = {}
    for bearer, name in names.items():
        bearers.setdefault(" ".join(name.split()).casefold(), []).append(bearer)
    return {name: those[0] for name, those in bearers.items() if len(those) == 1}
