"""How much memory the journal takes as a file: `make bench`.

The file is written row by row, so with 200,000 entries it must take no more memory than with a tenth of them. Printed
and asserted is the most that Python held at once while it answered.
"""

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client

from budgets.models import Entry
from tests.factories import BudgetFactory

FEW, ALL = 20_000, 200_000
MOST = 12 * 1024 * 1024


def test_journal(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    budget = BudgetFactory()
    begun = Entry.objects.count()
    _answer()  # what is loaded once is not counted
    few = _peak(budget.pk, begun, FEW)
    every = _peak(budget.pk, FEW, ALL)
    with capsys.disabled():
        print(  # noqa: T201 - the measurement is the output
            f"\nmost memory for the journal as CSV: {few / 2**20:.1f} MB with {FEW:,} entries,"
            f" {every / 2**20:.1f} MB with {ALL:,}"
        )
    assert every < MOST
    assert every < few * 1.5


def _peak(budget: int, start: int, end: int) -> int:
    """Bytes at most, with so many entries. They are written past the triggers: here nobody adds them up."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        Entry.objects.bulk_create(_entries(budget, start, end), batch_size=5_000)
        cursor.execute("SET session_replication_role = origin")
    tracemalloc.start()
    try:
        lines = _answer()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        assert lines >= end


def _entries(budget: int, start: int, end: int) -> Iterator[Entry]:
    at = datetime(2026, 5, 1, 12, tzinfo=UTC)
    for number in range(start + 1, end + 1):
        yield Entry(
            budget_id=budget,
            kind="allocate",
            amount_pence=number,
            posted_on=date(2026, 5, 1),
            note="An allocation with a note of a usual length",
            key=f"bench:{number}",
            recorded_at=at,
            sequence=number,
            previous_hash="0" * 64,
            hash=f"{number:064x}",
        )


def _answer() -> int:
    """How many lines it had."""
    answer = Client().get("/data/journal.csv")
    assert answer.status_code == 200
    return sum(piece.count(b"\n") for piece in answer.streaming_content)
