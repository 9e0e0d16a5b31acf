"""Reading what the site sends, and making money in bulk."""

import csv
import io
import json
from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.enums import EntryKind
from budgets.models import Award, Entry
from tests.factories import BudgetFactory, OrganisationFactory


def text(client, address: str, **headers: Any) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.getvalue().decode()


def data(client, address: str) -> Any:
    return json.loads(text(client, address))


def rows(client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(client, address), newline=""), strict=True))


def statements(client, address: str) -> int:
    """SQL of one request to the end of its body; asked once before, so that caches are filled."""
    text(client, address)
    with CaptureQueriesContext(connection) as captured:
        text(client, address)
    return len(captured)


def many_awards(count: int) -> None:
    """In bulk, each committed and half paid: the triggers post every entry."""
    budget, organisation = BudgetFactory(allocated_pence=10_000_000_00), OrganisationFactory()
    made = Award.objects.bulk_create(
        Award(
            budget=budget,
            organisation=organisation,
            title=f"Award {n}",
            purpose="Something good.",
            place=budget.place,
            decided_on=date(2026, 6, 1),
        )
        for n in range(count)
    )
    Entry.objects.bulk_create(
        Entry(
            budget=budget,
            award=award,
            kind=kind,
            amount_pence=pence,
            posted_on=award.decided_on,
            key=f"bulk:{kind}:{award.pk}",
        )
        for award in made
        for kind, pence in ((EntryKind.COMMIT, 100_00), (EntryKind.PAY, 50_00))
    )
