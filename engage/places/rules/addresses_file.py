"""Reading addresses or postcodes, and where they lie, out of a CSV file."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from engage.kit.tables import BadFile, Problems, Row, clip, read_table
from engage.places.rules import postcodes
from engage.places.rules.boundaries import HOME_LAT, HOME_LON
from engage.places.rules.national_grid import is_on_grid, latitude_longitude

LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class FoundAddress:
    """One row: `text` is what people read, `postcode` is compact ("" when the row has none), degrees of WGS 84."""

    line: int
    text: str
    postcode: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Columns:
    """How the file calls what we need. Leave out what it does not have: text or postcode, and one pair of numbers."""

    text: str = ""
    postcode: str = ""
    latitude: str = ""
    longitude: str = ""
    easting: str = ""
    northing: str = ""

    def named(self) -> list[str]:
        """Those that must be there. Raises BadFile when they cannot say what an address is or where it lies."""
        if not (self.text or self.postcode):
            raise BadFile(_("Say which column holds the address or the postcode."))
        degrees, metres = (self.latitude, self.longitude), (self.easting, self.northing)
        if not (all(degrees) or all(metres)) or (any(degrees) and any(metres)):
            raise BadFile(
                _(
                    "Say which columns hold the latitude and the longitude, or which hold the easting and the"
                    " northing of the national grid; one pair, both columns of it."
                )
            )
        return [name for name in (self.text, self.postcode, *degrees, *metres) if name]


def read_addresses(text: str, *, columns: Columns, headings: str = "") -> list[FoundAddress]:
    """Every row that lies somewhere, in the file's order; rows without any position are left out.

    `headings` stands for the line of headings in a file that has none. Raises BadFile naming each line and column
    that is not right.
    """
    problems = Problems()
    found: list[FoundAddress] = []
    seen: dict[tuple[str, str], int] = {}
    for row in _rows(text, columns, headings, problems):
        point = _point(row, columns)
        words, postcode = _words(row, columns)
        if (twin := (words.casefold(), postcode)) in seen:
            row.blame(
                columns.text or columns.postcode,
                _("the same address is already on line %(line)s") % {"line": seen[twin]},
            )
        seen.setdefault(twin, row.line)
        if point is not None:
            found.append(FoundAddress(row.line, words, postcode, *point))
    problems.stop_if_any()
    return found


def _rows(text: str, columns: Columns, headings: str, problems: Problems) -> list[Row]:
    """The lines of the table, numbered as they stand in the file."""
    if not headings:
        return read_table(text, required=columns.named(), problems=problems)
    below = read_table(f"{headings}\n{text}", required=columns.named(), problems=problems)
    return [Row(row.line - 1, row.cells, problems) for row in below]


def _words(row: Row, columns: Columns) -> tuple[str, str]:
    words = " ".join(row.text(columns.text, longest=LONGEST_TEXT).split()) if columns.text else ""
    given = row.text(columns.postcode, required=not words) if columns.postcode else ""
    if columns.text and not columns.postcode:
        row.text(columns.text, required=True)
        postcode = postcodes.parted(words)[1]
    else:
        postcode = postcodes.compact(given)
        if given and not postcodes.is_postcode(postcode):
            row.blame(
                columns.postcode,
                _("expected a postcode like SW1A 1AA, not “%(value)s”") % {"value": clip(given)},
            )
    return words or postcodes.printed(postcode), postcode


def _point(row: Row, columns: Columns) -> tuple[float, float] | None:
    """Degrees; None when the file says nothing, or says nought east and nought north as Code-Point Open does."""
    if columns.easting:
        if not _any(row, columns.easting, columns.northing):
            return None
        return _from_metres(row, columns)
    if not row.text(columns.latitude) and not row.text(columns.longitude):
        return None
    latitude, longitude = _number(row, columns.latitude), _number(row, columns.longitude)
    if latitude is None or longitude is None:
        return None
    if not HOME_LAT[0] <= latitude <= HOME_LAT[1]:
        row.blame(columns.latitude, _expected(_("a latitude in degrees like 53.4123"), latitude))
    elif not HOME_LON[0] <= longitude <= HOME_LON[1]:
        row.blame(columns.longitude, _expected(_("a longitude in degrees like -2.3456"), longitude))
    return round(latitude, 6), round(longitude, 6)


def _from_metres(row: Row, columns: Columns) -> tuple[float, float] | None:
    easting, northing = _number(row, columns.easting), _number(row, columns.northing)
    if easting is None or northing is None:
        return None
    if not is_on_grid(easting, northing):
        row.blame(
            columns.easting,
            _expected(_("metres of the national grid like 384500"), f"{easting:g}, {northing:g}"),
        )
        return None
    latitude, longitude = latitude_longitude(easting, northing)
    return round(latitude, 6), round(longitude, 6)


def _any(row: Row, *columns: str) -> bool:
    return any(row.text(column).strip("0.") for column in columns)


def _number(row: Row, column: str) -> float | None:
    given = row.text(column, required=True)
    try:
        number = float(given.replace(",", "")) if given else math.nan
    except ValueError:
        number = math.nan
    if math.isfinite(number):
        return number
    if given:
        row.blame(column, _expected(_("a number"), given))
    return None


def _expected(what: str, value: object) -> str:
    return _("expected %(what)s, not “%(value)s”") % {"what": what, "value": clip(value)}
