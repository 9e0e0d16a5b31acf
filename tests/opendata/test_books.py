"""`/data/books/`: the last hash of every budget, when all was last added up, and how to do it oneself."""

import pytest
from django.core.management import CommandError, call_command

from engage.opendata import queries
from tests.budgets.test_check_ledger import tamper
from tests.factories import AwardFactory, BudgetFactory, CouncillorFactory
from tests.opendata.served import data, rows, statements, text

pytestmark = pytest.mark.django_db


def words(client, address: str = "/data/books/") -> str:
    return " ".join(text(client, address).split())


def test_shows_the_last_hash_of_every_budget(client):
    award = AwardFactory(budget=BudgetFactory(councillor=CouncillorFactory()))
    BudgetFactory(allocated_pence=0)  # nothing happened in it, so it has none
    award.budget.refresh_from_db()
    page = words(client)
    assert award.budget.head_hash in page
    assert award.budget.councillor.name in page
    assert "1 budget, 2 entries" in page
    assert "The books have not been checked yet." in page
    for address in ("/data/journal.csv", "/data/books.csv", "/data/verify_journal.py"):
        assert f'href="{address}"' in page


def test_without_entries_it_says_so(client):
    assert "nothing to check" in words(client)


def test_its_twin_says_the_same_with_the_balances(client):
    award = AwardFactory(amount_pence=900_00, paid_pence=500_00)
    call_command("check_ledger")
    award.budget.refresh_from_db()
    found = data(client, "/data/books.json")
    assert found["budgets"][0]["head_hash"] == award.budget.head_hash
    assert found["totals"]["checked_entries"] == found["totals"]["entries"] == 3
    assert found["totals"]["checked_sound"] is True
    total, row = rows(client, "/data/books.csv")
    assert (row["budget_id"], row["entries"]) == (str(award.budget_id), "3")
    assert (row["allocated"], row["committed"], row["spent"]) == ("10000.00", "400.00", "500.00")
    assert total["licence"].startswith("https://")


def test_says_when_the_check_found_something(client):
    AwardFactory()
    tamper("UPDATE budgets_entry SET amount_pence = 1 WHERE kind = 'commit'")
    with pytest.raises(CommandError):
        call_command("check_ledger")
    assert "found something that does not add up" in words(client)
    assert data(client, "/data/books.json")["totals"]["checked_sound"] is False


def test_long_lists_come_in_sheets(client, monkeypatch):
    monkeypatch.setattr(queries, "BUDGETS_A_PAGE", 2)
    hashes = {BudgetFactory().head_hash for _ in range(3)}
    sheets = [{each for each in hashes if each in words(client, f"/data/books/?page={n}")} for n in (1, 2)]
    assert [len(sheet) for sheet in sheets] == [2, 1]
    assert sheets[0] | sheets[1] == hashes
    assert len(data(client, "/data/books.json")["budgets"]) == 3


@pytest.mark.parametrize("page", ["%00", "-1", "99999999999999999999", "x"])
def test_a_sheet_that_there_is_not_is_the_nearest(client, page):
    BudgetFactory()
    assert client.get(f"/data/books/?page={page}").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/data/books/", "/data/books.csv"])
def test_takes_as_many_statements_for_30_budgets_as_for_one(client, address):
    BudgetFactory(councillor=CouncillorFactory())
    few = statements(client, address)
    for _ in range(29):
        BudgetFactory(councillor=CouncillorFactory())
    assert statements(client, address) == few
