"""What the council publishes for other people's programs: a page for people, and the files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from engage.kit.decisions import Denied, Refused, require
from engage.kit.guards import public
from engage.kit.pages import frame_for
from engage.kit.twins import query_without, twin_links, twin_response
from engage.kit.years import year_label
from engage.opendata import display, files, queries, twins, verify_journal
from engage.opendata.files import Press
from engage.opendata.permissions import may_publish_giving

PROGRAM = Path(verify_journal.__file__)
# Beyond these no day can be worked out, and nobody kept books.
YEARS = range(1900, 3000)


@public
def front(request: HttpRequest, twin: str = "") -> HttpResponseBase:
    """What there is, for people; its twin is the catalogue of the files."""
    press = Press.of(request)
    found = queries.front(press.publisher, press.state, prefix=press.imprint.prefix, today=press.today)
    sets = display.data_sets(found)
    if twin:
        return twin_response(twins.front_twin(found, display.catalogue(sets), request), twin)
    context = {
        "found": found,
        "sets": sets,
        "imprint": press.imprint,
        "as_of": press.state.as_of,
        "frame": frame_for(request),
        "crumbs": display.crumbs(),
        "links": twin_links(request),
        "sources": [
            {"text": source.attribution, "url": source.licence_url or source.url} for source in found.sources
        ],
    }
    return render(request, "opendata/front.html", context)


@public
def books(request: HttpRequest, twin: str = "") -> HttpResponseBase:
    """When the books were last checked, the last hash of every budget, and how anybody can check them."""
    press = Press.of(request)
    found = queries.books(press.state, page=request.GET.get("page"))
    if twin:
        return twin_response(twins.books_twin(found, request), twin)
    context = {
        "found": found,
        "table": display.books_table(found.page),
        "crumbs": display.crumbs(_("The books")),
        "links": twin_links(request),
        "query": query_without(request, "page"),
        "imprint": press.imprint,
        "as_of": press.state.as_of,
    }
    return render(request, "opendata/books.html", context)


@public
def giving(request: HttpRequest, twin: str, year: str = "") -> HttpResponseBase:
    """Grants in the 360Giving standard, as a JSON package or as CSV."""
    press, asked = Press.of(request), _year(year)
    require(may_publish_giving(press.publisher))
    if same := files.has_not_changed(request, press):
        return same
    name = _name("360giving", asked)
    with closing(queries.awards(prefix=press.imprint.prefix, year=asked)) as rows:
        found = _some(files.published(press, rows), asked)
        if twin == "csv":
            lines = files.giving_csv(press, found)
        else:
            url = request.build_absolute_uri(request.path)
            lines = files.giving_json(press, found, url=url, name=name)
        return files.send(press, lines, name=name, form=twin)


@public
def grants(request: HttpRequest, twin: str, year: str = "") -> HttpResponseBase:
    """The transparency code's list of grants."""
    press, asked = Press.of(request), _year(year)
    if same := files.has_not_changed(request, press):
        return same
    columns = twins.grant_columns(press.imprint)
    with closing(queries.awards(prefix=press.imprint.prefix, year=asked)) as rows:
        found = _some(files.awards_of(files.published(press, rows)), asked)
        if twin == "csv":
            lines = files.list_csv(press, columns, found)
        else:
            lines = files.list_json(press, _("Grants"), "grants", columns, found)
        return files.send(press, lines, name=_name("grants", asked), form=twin)


@public
def spending(request: HttpRequest, twin: str, year: str = "") -> HttpResponseBase:
    """The transparency code's list of payments; every one, from the journal."""
    press, asked = Press.of(request), _year(year)
    if same := files.has_not_changed(request, press):
        return same
    columns = twins.payment_columns(press.imprint)
    with closing(queries.payments(year=asked)) as rows:
        found = _some(rows, asked)
        if twin == "csv":
            lines = files.list_csv(press, columns, found)
        else:
            lines = files.list_json(press, _("Spending"), "payments", columns, found)
        return files.send(press, lines, name=_name("spending", asked), form=twin)


@public
def journal(request: HttpRequest, twin: str, year: str = "") -> HttpResponseBase:
    """Every entry with its hashes; `twin` can only be csv."""
    press, asked = Press.of(request), _year(year)
    if same := files.has_not_changed(request, press):
        return same
    with closing(queries.journal(year=asked)) as rows:
        lines = files.journal_csv(_some(rows, asked))
        return files.send(press, lines, name=_name("journal", asked), form=twin)


@public
def program(request: HttpRequest) -> HttpResponseBase:
    """The program that verifies the journal: the very file that the tests run."""
    return files.send_program(PROGRAM.read_text(encoding="utf-8"), name=PROGRAM.name)


def _year(text: str) -> int | None:
    """None for all years. Four figures by the address, but not every four figures are a year."""
    if text and int(text) not in YEARS:
        raise _nothing(int(text))
    return int(text) if text else None


def _some[Row](rows: Iterator[Row], year: int | None) -> Iterator[Row]:
    """An empty file would say that nothing was given; instead the answer says that there is no such file."""
    found = files.begun(rows)
    if found is None:
        raise _nothing(year)
    return found


def _nothing(year: int | None) -> Refused:
    if year is None:
        reason = _("There is nothing to publish here yet. The page of open data says what there is.")
    else:
        reason = _(
            "There is nothing to publish here for %(year)s. The page of open data says which years there are."
        ) % {"year": year_label(year)}
    return Refused(Denied(reason, status=404))


def _name(kind: str, year: int | None) -> str:
    return kind if year is None else f"{kind}-{year}"
