"""What the data twins of the councillors' pages say."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from engage.councillors.models import Term
from engage.councillors.queries import CouncillorPage, Person
from engage.kit.panels import Panel
from engage.kit.twins import Column, Table, Twin, Value, filters_of, page_of


def councillors_twin(people: Sequence[Person], request: HttpRequest) -> Twin:
    columns: list[Column[Person]] = [
        Column("id", lambda person: person.councillor.pk),
        Column("name", lambda person: person.councillor.name),
        Column("places", lambda person: "; ".join(person.places)),
        Column("group", lambda person: person.councillor.group),
        Column("email", lambda person: person.councillor.email),
        Column("page", lambda person: request.build_absolute_uri(person.councillor.get_absolute_url())),
    ]
    return Twin(
        title=_("Councillors"),
        page=page_of(request),
        as_of=timezone.now(),
        totals={"councillors": len(people)},
        tables=[Table(name="councillors", row="councillor", columns=columns, rows=people)],
        filters=filters_of(request),
    )


def councillor_twin(found: CouncillorPage, panels: Sequence[Panel], request: HttpRequest) -> Twin:
    """The terms, and what other apps show on the page: each panel brings its own totals and tables."""
    councillor = found.councillor
    about: dict[str, Value] = {"id": councillor.pk, "group": councillor.group, "email": councillor.email}
    columns: list[Column[Term]] = [
        Column("place", lambda term: term.place.name),
        Column("from", lambda term: term.starts_on),
        Column("until", lambda term: term.ends_on),
    ]
    return Twin(
        title=councillor.name,
        page=page_of(request),
        as_of=timezone.now(),
        totals={**about, **{name: value for panel in panels for name, value in panel.totals.items()}},
        tables=[
            Table(name="terms", row="term", columns=columns, rows=[*found.now, *found.before]),
            *(table for panel in panels for table in panel.tables),
        ],
    )
