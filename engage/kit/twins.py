"""The data twin of a page: what the page shows, as JSON and CSV, at its address plus `.json` or `.csv`.

A twin has the page's filters, its totals first, the licence and the as-of time inside. Anybody's program may read it
from anywhere. Nothing here knows what the rows are about.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext as _

from engage.kit.money import decimal_pounds

# A spreadsheet takes a cell that begins like this for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Pence:
    """Money: written to JSON as `name` ("1234.50") and `name_pence` (123450), to CSV as 1234.50."""

    amount: int


@dataclass(frozen=True, slots=True)
class Licence:
    name: str
    url: str


OPEN_GOVERNMENT_LICENCE = Licence(
    "Open Government Licence v3.0",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
)

type Value = Pence | str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column[Row]:
    """`of` answers one row's value; a float is for measurements only, never for money."""

    name: str
    of: Callable[[Row], Value]


@dataclass(frozen=True, slots=True)
class Table[Row]:
    """`name` is the rows' key in the JSON ("budgets"), `row` says in the CSV what one row is ("budget").

    A table with `in_csv=False` is a by-product of the page that has a twin of its own.
    """

    name: str
    row: str
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]
    in_csv: bool = True


@dataclass(frozen=True, slots=True)
class Twin:
    """`page` is the absolute address of the page, `filters` what was asked of it, `attribution` whose facts it has."""

    title: str
    page: str
    as_of: datetime
    totals: Mapping[str, Value]
    tables: Sequence[Table[Any]]
    filters: Mapping[str, str] = field(default_factory=dict)
    attribution: Sequence[str] = ()
    licence: Licence = OPEN_GOVERNMENT_LICENCE


@dataclass(frozen=True, slots=True)
class TwinLinks:
    """Addresses of the page's twins with the filters it has now; for the `data_links` component."""

    json: str
    csv: str


def twin_links(request: HttpRequest, *, drop: Sequence[str] = ("page",)) -> TwinLinks:
    """For a page's template; `drop` names parameters that choose a sheet of the page, not its facts."""
    address = request.path.rstrip("/")
    query = query_without(request, *drop)
    tail = f"?{query}" if query else ""
    return TwinLinks(json=f"{address}.json{tail}", csv=f"{address}.csv{tail}")


def query_without(request: HttpRequest, *names: str) -> str:
    """The query string without some parameters and without empty ones: for paging and switching links."""
    kept = request.GET.copy()
    for name in list(kept):
        values = [] if name in names else [value for value in kept.getlist(name) if value]
        kept.setlist(name, values) if values else kept.pop(name)
    return kept.urlencode()


def filters_of(request: HttpRequest) -> dict[str, str]:
    """What was asked, to be said back in the twin."""
    return {name: ", ".join(request.GET.getlist(name)) for name in request.GET if request.GET[name]}


def page_of(request: HttpRequest) -> str:
    """The absolute address of the page whose twin was asked for."""
    path = request.path.removesuffix(".json").removesuffix(".csv")
    query = request.GET.urlencode()
    return request.build_absolute_uri(f"{path}/" + (f"?{query}" if query else ""))


def twin_response(twin: Twin, form: str) -> HttpResponse:
    """`form` is "json" or "csv"."""
    response = _json_response(twin) if form == "json" else _csv_response(twin)
    response["Link"] = f'<{twin.licence.url}>; rel="license", <{twin.page}>; rel="describedby"'
    return open_to_all(response)


def twin_refusal(errors: Mapping[str, Sequence[str]], form: str) -> HttpResponse:
    """Filters that were not understood: 422, naming each with what was expected."""
    if form == "json":
        problem = {"title": _("Some filters were not understood."), "errors": errors}
        return open_to_all(JsonResponse(problem, status=422))
    lines = [f"{name}: {' '.join(sentences)}" for name, sentences in errors.items()]
    text = "\n".join([_("Some filters were not understood."), *lines, ""])
    return open_to_all(HttpResponse(text, status=422, content_type="text/plain; charset=utf-8"))


def as_json(twin: Twin) -> dict[str, Any]:
    return {
        "title": twin.title,
        "totals": json_object(twin.totals.items()),
        "as_of": twin.as_of.isoformat(timespec="seconds"),
        "licence": {"name": twin.licence.name, "url": twin.licence.url},
        "attribution": list(twin.attribution),
        "page": twin.page,
        "filters": dict(twin.filters),
        **{
            table.name: [
                json_object((column.name, column.of(row)) for column in table.columns) for row in table.rows
            ]
            for table in twin.tables
        },
    }


def as_csv(twin: Twin) -> str:
    """One table: a column `row` says what each line is, and the first line is the total.

    Licence, as-of time and attribution stand at the end of the total's line, so that they travel with the file.
    """
    tables = [table for table in twin.tables if table.in_csv]
    names = list(dict.fromkeys([*twin.totals, *(c.name for table in tables for c in table.columns)]))
    # Identifying columns come before amounts, in the order of the tables; totals only add what no table has.
    first = [column.name for table in tables for column in table.columns]
    names.sort(key=lambda name: first.index(name) if name in first else len(first))
    about = {
        "as_of": twin.as_of.isoformat(timespec="seconds"),
        "licence": twin.licence.url,
        "attribution": "; ".join(twin.attribution),
    }
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["row", *names, *about])
    writer.writerow(["total", *(cell(twin.totals.get(name)) for name in names), *map(cell, about.values())])
    for table in tables:
        for row in table.rows:
            values = {column.name: column.of(row) for column in table.columns}
            writer.writerow([table.row, *(cell(values.get(name)) for name in names), "", "", ""])
    return file.getvalue()


def cell(value: Value) -> str:
    """A value as a spreadsheet may safely open it: text that looks like a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.lstrip("'").startswith(FORMULA_STARTS) else value
    return str(_plain(value))


def text_of(written: str) -> str:
    """The text that `cell` wrote: without the apostrophe that it put before what looks like a formula."""
    return written.removeprefix("'") if written.lstrip("'").startswith(FORMULA_STARTS) else written


def json_object(items: Iterable[tuple[str, Value]]) -> dict[str, Any]:
    """Values as JSON has them; money twice, in pounds and in pence."""
    found: dict[str, Any] = {}
    for name, value in items:
        found[name] = _plain(value)
        if isinstance(value, Pence):
            found[f"{name}_pence"] = value.amount
    return found


def _plain(value: Value) -> Any:
    if isinstance(value, Pence):
        return decimal_pounds(value.amount)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    # Lazy translations are strings only when asked.
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _json_response(twin: Twin) -> HttpResponse:
    return JsonResponse(as_json(twin), json_dumps_params={"ensure_ascii": False, "indent": 1})


def _csv_response(twin: Twin) -> HttpResponse:
    response = HttpResponse(as_csv(twin), content_type="text/csv; charset=utf-8")
    name = f"{slugify(twin.title)[:60]}-{twin.as_of:%Y-%m-%d}"
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def open_to_all[Answer: HttpResponseBase](response: Answer) -> Answer:
    """Open data is for other sites' scripts too; it carries nothing of the reader's session."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
