"""What the data twin of the list of councillors says."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from engage.councillors.queries import Person
from engage.kit.twins import Column, Table, Twin, filters_of, page_of


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
