"""Calls from before there were phases keep their dates, and can go back."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("ideas", "0005_send_once")]
OPENS, CLOSES = datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 4, 1, 17, tzinfo=UTC)


def migrate(targets):
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_dates_become_the_phase_for_suggesting_and_back() -> None:
    newest = [node for node in MigrationExecutor(connection).loader.graph.leaf_nodes() if node[0] == "ideas"]
    old = migrate(BEFORE)
    old.get_model("ideas", "Call").objects.create(
        title="Parks", slug="parks", explanation="Say it.", opens_at=OPENS, closes_at=CLOSES
    )
    new = migrate(newest)
    call = new.get_model("ideas", "Call").objects.get()
    assert call.announced_at == OPENS
    assert list(call.phases.values_list("kind", "starts_at", "ends_at")) == [("suggest", OPENS, CLOSES)]
    again = migrate(BEFORE).get_model("ideas", "Call").objects.get()
    assert (again.opens_at, again.closes_at) == (OPENS, CLOSES)
