"""The files, line by line as they are made: JSON and CSV, each with its licence and as-of time.

A file is made when it is asked for, so nothing is ever out of date. It carries an ETag of the state of the books, so
whoever comes again gets 304 until something has changed. It is written to a temporary file (in memory while it is
small) and sent from there: whoever reads slowly keeps no connection to the database, and when something fails halfway
nobody gets half a file.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.text import slugify

from engage.kit.twins import Column, Value, cell, json_object, open_to_all
from engage.opendata import queries
from engage.opendata.models import Publisher
from engage.opendata.queries import Found, State
from engage.opendata.rules import flat
from engage.opendata.rules.exact import json_text
from engage.opendata.rules.facts import Award, Imprint
from engage.opendata.rules.giving import VERSION, as_grant
from engage.opendata.rules.lints import is_published

IN_MEMORY = 2 * 1024 * 1024
TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


class InLargePieces(FileResponse):
    block_size = 64 * 1024


@dataclass(frozen=True, slots=True)
class Press:
    """What every file of one request needs: who publishes, as of when, and today."""

    publisher: Publisher
    imprint: Imprint
    state: State
    today: date

    @classmethod
    def of(cls, request: HttpRequest) -> Press:
        publisher, today = queries.publisher(), timezone.localdate()
        imprint = queries.imprint_of(publisher, request.build_absolute_uri("/").rstrip("/"))
        return cls(publisher, imprint, queries.state(imprint, today=today), today)

    @property
    def as_of(self) -> datetime:
        return timezone.localtime(self.state.as_of)


def has_not_changed(request: HttpRequest, press: Press) -> HttpResponseBase | None:
    """304 for whoever has the file as it is now."""
    if press.state.as_of is None:
        return None
    return get_conditional_response(request, etag=_etag(press), last_modified=int(press.as_of.timestamp()))


def send(press: Press, lines: Iterable[str], *, name: str, form: str) -> FileResponse:
    """`form` is "json" or "csv"."""
    filename = f"{slugify(press.imprint.name)[:40]}-{name}.{form}".lstrip("-")
    response = open_to_all(
        InLargePieces(_written(lines), as_attachment=True, filename=filename, content_type=TYPES[form])
    )
    response["ETag"] = _etag(press)
    response["Last-Modified"] = http_date(press.as_of.timestamp())
    # Anybody may keep a copy, and asks each time whether it is still the same.
    response["Cache-Control"] = "no-cache"
    response["Link"] = (
        f'<{press.imprint.licence_url}>; rel="license", <{press.imprint.data_url}>; rel="describedby"'
    )
    return response


def send_program(text: str, *, name: str) -> HttpResponse:
    response = open_to_all(HttpResponse(text, content_type="text/x-python; charset=utf-8"))
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def begun[Row](rows: Iterator[Row]) -> Iterator[Row] | None:
    """The same rows, the first already read; None when there is none. So an empty file is known before it is sent."""
    for first in rows:
        return chain([first], rows)
    return None


def published(press: Press, found: Iterable[Found]) -> Iterator[Found]:
    """The awards that go out; see rules/lints.py for what is kept back and why."""
    return (each for each in found if is_published(each.award, today=press.today))


def giving_json(press: Press, found: Iterable[Found], *, url: str, name: str) -> Iterator[str]:
    """A package of the 360Giving standard; every grant on a line of its own, so that two versions can be compared."""
    imprint = press.imprint
    head = {
        "version": VERSION,
        "identifier": f"{imprint.prefix}-{name}",
        "title": f"{imprint.name}: {imprint.programme}",
        "modified": press.as_of.isoformat(timespec="seconds"),
        "publisher": {"identifier": imprint.org_id, "name": imprint.name, "website": f"{imprint.site}/"},
        "license": imprint.licence_url,
        "downloadURL": url,
        "accessURL": imprint.data_url,
    }
    grants = (json_text(as_grant(each.award, imprint)) for each in found)
    return _json_lines(json_text(head), "grants", grants)


def giving_csv(press: Press, found: Iterator[Found]) -> Iterator[str]:
    """The same grants in the columns of the standard's template. Licence and as-of time are in the answer's head and
    behind every line's Data Source: the standard knows no column for them, and its checkers complain of others."""
    first = next(found)
    names = flat.headings(first.most.commitments, first.most.disbursements)
    grants = (as_grant(each.award, press.imprint) for each in chain([first], found))
    return _csv_lines(names, (flat.flatten(grant, names) for grant in grants))


def list_json(
    press: Press, title: str, name: str, columns: Sequence[Column[Any]], rows: Iterable[Any]
) -> Iterator[str]:
    head = {
        "title": title,
        "as_of": press.as_of.isoformat(timespec="seconds"),
        "licence": {"name": press.imprint.licence_name, "url": press.imprint.licence_url},
        "page": press.imprint.data_url,
    }
    objects = (json_object((column.name, column.of(row)) for column in columns) for row in rows)
    return _json_lines(
        json.dumps(head, ensure_ascii=False), name, (json.dumps(each, ensure_ascii=False) for each in objects)
    )


def list_csv(press: Press, columns: Sequence[Column[Any]], rows: Iterable[Any]) -> Iterator[str]:
    """Every line says as of when and under which licence, because lines of many councils are put together."""
    about = (press.as_of, press.imprint.licence_url)
    values: Iterable[list[Value]] = ([*(column.of(row) for column in columns), *about] for row in rows)
    return _csv_lines([*(column.name for column in columns), "as_of", "licence"], values)


def journal_csv(rows: Iterable[Iterable[Value]]) -> Iterator[str]:
    """Exactly what is hashed, so that the file verifies itself; see docs/rules/journal.md."""
    return _csv_lines(queries.JOURNAL_COLUMNS, rows)


def awards_of(found: Iterable[Found]) -> Iterator[Award]:
    return (each.award for each in found)


def written(value: Value | Decimal) -> str:
    """A cell: numbers digit for digit, text so that no spreadsheet takes it for a formula."""
    return format(value, "f") if isinstance(value, Decimal) else cell(value)


class _Echo:
    """A file that hands back what is written to it, for `csv.writer`."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(names: Sequence[str], rows: Iterable[Iterable[Value | Decimal]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(names)
    for row in rows:
        yield writer.writerow([written(value) for value in row])


def _json_lines(head: str, name: str, rows: Iterable[str]) -> Iterator[str]:
    """`head` is a JSON object; the list is added to it as its last member."""
    yield f"{head[:-1]}, {json.dumps(name)}: [\n"
    between = ""
    for row in rows:
        yield between + row
        between = ",\n"
    yield "\n]}\n"


def _written(lines: Iterable[str]) -> IO[bytes]:
    """All lines in a file, at its beginning."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    for line in lines:
        file.write(
            line.encode()
        )  # not `writelines`: that goes over to the disk only when everything is in memory
    file.seek(0)
    return file  # type: ignore[return-value]  # a file in all but its base class


def _etag(press: Press) -> str:
    return f'"{press.state.mark}"'
