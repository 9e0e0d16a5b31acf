"""Reading an electoral roll out of a CSV file: every problem by line and column, and all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from engage.kit.tables import DAY, Problems, clip, read_table

NUMBER, NAME, POSTCODE, PLACE, BORN = "number", "last_name", "postcode", "place", "votes_from"
COLUMNS = (NUMBER, NAME, POSTCODE, PLACE)


@dataclass(frozen=True, slots=True)
class ElectorRow:
    """`place` is what the file calls it: a GSS code or the whole name of a place."""

    number: str
    last_name: str
    postcode: str
    place: int
    votes_from: date | None


def read_electors(text: str, places: Mapping[str, Collection[int]]) -> list[ElectorRow]:
    """`places`: code or name in small letters → ids. Raises BadFile naming each line and column that is not right."""
    problems = Problems()
    rows: list[ElectorRow] = []
    seen: dict[str, int] = {}
    for row in read_table(text, required=list(COLUMNS), problems=problems):
        number = row.text(NUMBER, required=True, longest=40)
        found = places.get(row.text(PLACE, required=True).casefold(), ())
        if len(found) != 1 and row.text(PLACE):
            row.blame(PLACE, _which(bool(found)) % {"place": clip(row.text(PLACE))})
        if number and number in seen:
            row.blame(NUMBER, _("the same number is already on line %(line)s") % {"line": seen[number]})
        seen.setdefault(number, row.line)
        rows.append(
            ElectorRow(
                number,
                row.text(NAME, required=True, longest=120),
                row.text(POSTCODE, required=True, longest=12),
                next(iter(found), 0),
                _day(row.text(BORN), row),
            )
        )
    if not rows:
        problems.add(_("The file"), _("it has no lines below its headings"))
    problems.stop_if_any()
    return rows


def _which(several: bool) -> str:
    if several:
        return _(
            "several places of this ballot are called “%(place)s”. Write the GSS code of the one you mean."
        )
    return _("“%(place)s” is no place of this ballot. Write its GSS code or its whole name.")


def _day(text: str, row: object) -> date | None:
    if not text:
        return None
    try:
        if DAY.match(text):
            return date.fromisoformat(text[:10])
    except ValueError:
        pass
    row.blame(BORN, _("expected a day like 2027-04-30, not “%(value)s”") % {"value": clip(text)})  # type: ignore[attr-defined]
    return None
