"""`manage.py check_ledger` finds what somebody with the keys to the database did behind its back."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from engage.audit.models import Record
from tests.factories import AwardFactory

pytestmark = pytest.mark.django_db


def tamper(*statements: str) -> None:
    """As the owner of the tables, with their triggers switched off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE budgets_budget SET allocated_pence = 2000000",
            "allocated is £20,000, the journal adds up to £10,000",
        ),
        ("UPDATE budgets_award SET spent_pence = 200", "spent is £2, the journal adds up to £100"),
        ("UPDATE budgets_entry SET amount_pence = 1 WHERE kind = 'pay'", "entry 3 was changed"),
        ("DELETE FROM budgets_entry WHERE sequence = 2", "entry 2 is missing"),
        ("DELETE FROM budgets_entry WHERE sequence = 3", "counts 3 entries, the journal has 2"),
        ("UPDATE budgets_award SET status = 'paid'", "its status is paid, its entries say part_paid"),
        (
            "UPDATE budgets_entry SET kind = 'transfer', counterpart_id = budget_id, award_id = NULL"
            " WHERE kind = 'pay'",
            "transfers do not match",
        ),
    ],
)
def test_it_names_what_does_not_add_up(statement, words, client):
    AwardFactory(paid_pence=100_00)
    tamper(statement)
    with pytest.raises(CommandError, match=words):
        call_command("check_ledger")
    assert Record.objects.get(event="LEDGER_CHECKED").data["problems"]
    page = " ".join(client.get("/budgets/?year=2026").content.decode().split())
    assert "found something that does not add up" in page


def test_an_empty_journal_is_right(capsys):
    call_command("check_ledger")
    assert "0 entries in 0 budgets" in capsys.readouterr().out
