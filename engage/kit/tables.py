"""Reading files that people made: every problem named by line and column, with what was expected instead.

A reader never stops at the first bad cell: it notes the problem and goes on, so that one run shows all there is
to mend. Nothing here knows what a file is about.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

MAX_BYTES = 50 * 1024 * 1024
SHOWN_PROBLEMS = 20
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}([T ].*)?$", re.ASCII)


class BadFile(Exception):
    """The file cannot be used. `problems` are full sentences; the message shows the first twenty."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        lines = list(problems[:SHOWN_PROBLEMS])
        if len(problems) > SHOWN_PROBLEMS:
            lines.append(_("… and %(count)s more like these.") % {"count": len(problems) - SHOWN_PROBLEMS})
        super().__init__("\n".join(lines))


@dataclass
class Problems:
    """What is wrong with a file so far."""

    found: list[str] = field(default_factory=list)

    def add(self, where: str, expected: str) -> None:
        self.found.append(f"{where}: {expected}")

    def stop_if_any(self) -> None:
        """Raises BadFile when anything was found."""
        if self.found:
            raise BadFile(*self.found)


@dataclass(frozen=True)
class Row:
    """One line of a table. Cells are asked for by column name and come stripped of blanks at their ends."""

    line: int
    cells: Mapping[str, str]
    problems: Problems

    def text(self, column: str, *, required: bool = False, longest: int | None = None) -> str:
        value = self.cells.get(column, "")
        if required and not value:
            self.blame(column, _("this cell is empty and must not be"))
        if longest and len(value) > longest:
            self.blame(column, _("expected at most %(count)s characters") % {"count": longest})
        return value

    def whole(self, column: str, *, at_most: int = 2_147_483_647) -> int:
        """A whole number from nought up, commas allowed; 0 after noting a problem."""
        value = self.text(column, required=True)
        digits = value.replace(",", "")
        if not value:
            return 0
        if not (digits.isascii() and digits.isdigit()) or int(digits) > at_most:
            self.blame(
                column, _("expected a whole number like 8,204, not “%(value)s”") % {"value": clip(value)}
            )
            return 0
        return int(digits)

    def blame(self, column: str, expected: str) -> None:
        where = _("Line %(line)s, column “%(column)s”") % {"line": self.line, "column": column}
        self.problems.add(where, expected)


def clip(value: object, longest: int = 40) -> str:
    """A value short enough to be quoted in a sentence."""
    text = str(value)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def read_text(path: Path, *, most_bytes: int = MAX_BYTES) -> str:
    """The text of a UTF-8 file, with or without a byte order mark. Raises BadFile with one sentence."""
    try:
        size = path.stat().st_size
        if size > most_bytes:
            raise BadFile(
                _("%(file)s is larger than %(limit)s MB. Split it into smaller files.")
                % {"file": path.name, "limit": most_bytes // 1024 // 1024}
            )
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(
            _("%(file)s cannot be read: %(why)s.") % {"file": path, "why": error.strerror}
        ) from error
    if b"\0" in data:
        raise BadFile(
            _(
                "%(file)s is not a plain text file in UTF-8. If it comes from a spreadsheet,"
                " save it again as “CSV UTF-8”."
            )
            % {"file": path.name}
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadFile(
            _(
                "%(file)s is not in UTF-8: line %(line)s has a character in another encoding."
                " Save it again as “CSV UTF-8” or with the encoding UTF-8."
            )
            % {"file": path.name, "line": line}
        ) from error


def read_table(
    text: str, *, required: Iterable[str], problems: Problems, rename: Mapping[str, str] | None = None
) -> list[Row]:
    """The rows of a CSV text with a header line; wholly empty lines are skipped.

    Headings are matched without regard to capitals and blanks; `required` gives the spelling that `Row` answers
    to. `rename` maps further accepted headings (lower case) to such spellings. Raises BadFile when the heading
    line is not usable; notes rows of the wrong width in `problems`.
    """
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        table = [(lines.line_num, cells) for cells in lines]
    except csv.Error as error:
        raise BadFile(
            _("Line %(line)s: not readable as CSV (%(why)s). Look for a quotation mark that is not closed.")
            % {"line": lines.line_num, "why": error}
        ) from error
    if not table:
        raise BadFile(_("The file is empty. Expected a line of column headings first."))
    header = _headings(table[0][1], required=list(required), rename=rename or {})
    return [
        _row(line, cells, header, problems)
        for line, cells in table[1:]
        if any(cell.strip() for cell in cells)
    ]


def _headings(cells: Sequence[str], *, required: Sequence[str], rename: Mapping[str, str]) -> list[str]:
    known = {name.casefold(): name for name in required} | dict(rename)
    header = [known.get(" ".join(cell.split()).casefold(), cell.strip()) for cell in cells]
    missing = [name for name in required if name not in header]
    if missing:
        raise BadFile(
            _("Line 1: the column “%(missing)s” is missing. The columns found are: %(found)s.")
            % {"missing": "”, “".join(missing), "found": clip(", ".join(header), 300)}
        )
    twice = {name for name in header if name and header.count(name) > 1}
    if twice:
        raise BadFile(
            _("Line 1: the column “%(name)s” is there twice. Keep one of them.") % {"name": sorted(twice)[0]}
        )
    return header


def _row(line: int, cells: Sequence[str], header: Sequence[str], problems: Problems) -> Row:
    if len(cells) != len(header):
        problems.add(
            _("Line %(line)s") % {"line": line},
            _("expected %(expected)s cells like the heading line, found %(found)s")
            % {"expected": len(header), "found": len(cells)},
        )
    values = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
    return Row(line=line, cells=values, problems=problems)


def day(text: str) -> date | None:
    """A date written year first (`2024-05-10`), alone or before a time of day; None when it is not one."""
    try:
        return date.fromisoformat(text[:10]) if DAY.match(text) else None
    except ValueError:
        return None


@dataclass
class Tally:
    """What an import did, by name, and what somebody should know about it."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, change: str, name: str) -> None:
        """`change` is the name of one of the three lists."""
        getattr(self, change).append(name)

    def lines(self, what: str) -> list[str]:
        """The report: one line of counts, the changed ones by name, then the notes."""
        counts = _("%(what)s: %(added)s added, %(changed)s changed, %(unchanged)s unchanged.") % {
            "what": what,
            "added": f"{len(self.added):,}",
            "changed": f"{len(self.changed):,}",
            "unchanged": f"{len(self.unchanged):,}",
        }
        changed = [_("  changed: %(name)s") % {"name": name} for name in self.changed[:SHOWN_PROBLEMS]]
        return [counts, *changed, *self.notes]
