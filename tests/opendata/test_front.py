"""`/data/`: what there is, for people and as a catalogue for programs."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.management import call_command

from budgets import actions
from cms.actions import set_up_site
from engage.opendata.models import OpenDataPage
from tests.factories import AwardFactory, BudgetFactory
from tests.opendata.served import data, many_awards, rows, statements, text

pytestmark = pytest.mark.django_db


def words(client, address: str = "/data/") -> str:
    return " ".join(text(client, address).split())


def test_names_every_file_with_publisher_licence_and_time(client, publisher):
    AwardFactory(paid_pence=1_00)
    page = words(client)
    for address in (
        *("/data/360giving.json", "/data/360giving/2026.csv", "/data/grants.csv", "/data/spending/2026.json"),
        *("/data/journal.csv", "/data/journal/2026.csv", "/data/books/", "/data.json"),
    ):
        assert f'href="{address}"' in page
    assert "Tidewold County Council" in page
    assert "GB-LAE-TDW" in page
    assert "Open Government Licence v3.0" in page
    assert "Last change" in page


@time_machine.travel(datetime(2028, 1, 1, tzinfo=UTC))
def test_every_address_of_the_catalogue_answers(client, publisher):
    award = AwardFactory(paid_pence=1_00)
    actions.pay_award(award=award, amount_pence=1_00, on=date(2027, 5, 1), by=None)
    AwardFactory(budget=BudgetFactory(year=2024), decided_on=date(2024, 6, 1))
    files = data(client, "/data.json")["files"]
    assert len(files) == (3 + 3 + 3) * 2 + 3
    for file in files:
        assert client.get(file["address"]).status_code == 200, file
    listed = [
        (row["dataset"], row["financial_year"]) for row in rows(client, "/data.csv") if row["row"] == "file"
    ]
    assert ("spending", "2027–28") in listed
    assert ("grants", "2027–28") not in listed


def test_says_why_there_is_nothing(client, publisher):
    page = words(client)
    assert page.count("No grant has been made yet.") == 2
    assert "Nothing has been paid yet." in page
    assert "No money has moved yet." in page
    assert "The books have not been checked yet." in page
    assert data(client, "/data.json")["files"] == []


def test_says_that_the_councils_identifier_is_missing(client):
    AwardFactory()
    assert "the council has still to enter its own identifier" in words(client)
    assert {file["dataset"] for file in data(client, "/data.json")["files"]} == {"grants", "journal"}


def test_says_when_the_books_were_checked(client):
    AwardFactory()
    call_command("check_ledger")
    assert "all 2 entries added up again, and right" in words(client)


def test_an_editors_words_stand_around_it(client):
    home = set_up_site()
    frame = OpenDataPage(title="Open data", slug="data", summary="Help yourself.")
    home.add_child(instance=frame)
    frame.save_revision().publish()
    assert "Help yourself." in words(client)


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/data/", "/data.json"])
def test_takes_as_many_statements_for_30_grants_as_for_one(client, publisher, address):
    many_awards(1)
    few = statements(client, address)
    many_awards(29)
    assert statements(client, address) == few


def test_a_year_without_a_grant_that_goes_out_is_not_linked(client, publisher):
    """Its one grant is held back for what is written in it, or was cancelled before any of it was paid."""
    AwardFactory(paid_pence=1_00)
    AwardFactory(
        budget=BudgetFactory(year=2024), decided_on=date(2024, 6, 1), purpose="Write to sam@example.org."
    )
    cancelled = AwardFactory(budget=BudgetFactory(year=2025), decided_on=date(2025, 6, 1))
    actions.release_award(
        award=cancelled,
        amount_pence=cancelled.awarded_pence,
        on=date(2025, 7, 1),
        note="Not needed.",
        by=None,
    )
    files = data(client, "/data.json")["files"]
    linked = {(file["dataset"], file["financial_year"]) for file in files}
    assert {year for name, year in linked if name in ("grants", "360giving")} == {"", "2026–27"}
    assert {year for name, year in linked if name == "journal"} == {"", "2026–27", "2025–26", "2024–25"}
    for file in files:
        assert client.get(file["address"]).status_code == 200, file
