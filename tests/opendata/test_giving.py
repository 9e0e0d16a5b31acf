"""`/data/360giving.json` and `.csv`: grants that the standard's own schema accepts, from the journal as it is now."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
import time_machine

from budgets import actions
from budgets.models import Organisation
from budgets.rules.grants_file import read_grants
from engage.kit.twins import text_of
from engage.opendata.rules.exact import read_json
from engage.opendata.rules.flat import unflatten
from engage.places.models import Place
from tests.factories import AwardFactory, BudgetFactory, OrganisationFactory, PlaceFactory, ThemeFactory
from tests.opendata.served import data, many_awards, rows, statements, text

pytestmark = pytest.mark.django_db
ALL = ["/data/360giving.json", "/data/360giving.csv"]
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=UTC), tick=False):
        yield


def some_grants() -> None:
    """One with every field, one moved in every way, one of the year before to a group without a number."""
    charity = OrganisationFactory(
        identifier="GB-CHC-1110767",
        charity_number="1110767",
        postcode="TD1 2AB",
        website="https://hall.example/",
    )
    place = PlaceFactory(gss_code="E58000123")
    AwardFactory(
        budget__place=place,
        organisation=charity,
        theme=ThemeFactory(),
        title="=SUM(A1) is a fair title",
        purpose="“Warm” evenings,\r\nall winter; 50 % more.",
        amount_pence=1_250_50,
        paid_pence=625_25,
    )
    moved = AwardFactory(amount_pence=900_00, paid_pence=500_00)
    actions.release_award(award=moved, amount_pence=400_00, on=date(2026, 8, 1), by=None)
    actions.refund_award(award=moved, amount_pence=20_01, on=date(2026, 9, 1), by=None)
    AwardFactory(budget=BudgetFactory(year=2025), decided_on=date(2025, 6, 1))


def test_the_package_is_what_the_standard_wants(client, publisher, faults):
    some_grants()
    for address in ("/data/360giving.json", "/data/360giving/2026.json", "/data/360giving/2025.json"):
        assert faults(data(client, address)) == []


def test_the_schema_would_complain(client, publisher, faults):
    """So that the test above can fail: a wrong date, a wrong address, a missing field."""
    some_grants()
    package = data(client, "/data/360giving.json")
    package["grants"][0]["awardDate"] = "1 June 2026"
    package["grants"][0]["url"] = "not an address"
    del package["grants"][1]["fundingOrganization"]
    assert len(faults(package)) == 3
    assert faults({"grants": []})


def test_says_who_publishes_under_which_licence_and_as_of_when(client, publisher):
    some_grants()
    package = data(client, "/data/360giving/2026.json")
    assert {name: value for name, value in package.items() if name != "grants"} == {
        "version": "1.4",
        "identifier": "360G-tidewold-360giving-2026",
        "title": "Tidewold County Council: Locality budgets",
        "modified": "2026-11-21T12:00:00+00:00",
        "publisher": {
            "identifier": "GB-LAE-TDW",
            "name": "Tidewold County Council",
            "website": "http://testserver/",
        },
        "license": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "downloadURL": "http://testserver/data/360giving/2026.json",
        "accessURL": "http://testserver/data/",
    }


def test_transactions_are_the_entries_of_the_journal(client, publisher):
    some_grants()
    moved = data(client, "/data/360giving.json")["grants"][1]
    assert [each["value"] for each in moved["commitmentTransaction"]] == [900, -400]
    assert [each["value"] for each in moved["disbursementTransaction"]] == [500, -20.01]
    assert (moved["amountAwarded"], moved["amountDisbursed"]) == (500, 479.99)
    assert rows(client, "/data/360giving.csv")[1]["disbursementTransaction/1/value"] == "-20.01"


def test_csv_read_back_gives_the_same_json(client, publisher):
    some_grants()
    grants = read_json(text(client, "/data/360giving.json"))["grants"]
    lines = [
        {name: text_of(cell) for name, cell in row.items()} for row in rows(client, "/data/360giving.csv")
    ]
    assert [unflatten(line) for line in lines] == grants


def test_our_own_importer_reads_both_and_finds_the_same(client, publisher):
    some_grants()
    Organisation.objects.update(website="")
    Place.objects.filter(gss_code=None).update(name="Otterham")
    from_json, from_csv = (read_grants(text(client, address), today=TODAY) for address in ALL)
    assert [grant.awarded_pence for grant in from_json] == [1_250_50, 500_00, 1_000_00]
    assert [
        (grant.identifier, grant.awarded_pence, grant.paid_pence, grant.recipient) for grant in from_csv
    ] == [(grant.identifier, grant.awarded_pence, grant.paid_pence, grant.recipient) for grant in from_json]


def test_every_year_has_its_own_file_and_an_empty_year_has_none(client, publisher):
    some_grants()
    assert len(data(client, "/data/360giving/2026.json")["grants"]) == 2
    assert len(rows(client, "/data/360giving/2025.csv")) == 1
    assert client.get("/data/360giving.json").status_code == 200
    nothing = client.get("/data/360giving/2024.json")
    assert nothing.status_code == 404
    assert "nothing to publish here for 2024–25" in nothing.content.decode()


def test_without_any_grant_there_is_no_package(client, publisher):
    for address in ALL:
        assert client.get(address).status_code == 404


def test_without_the_councils_own_identifier_there_is_none_either(client):
    AwardFactory()
    answer = client.get("/data/360giving.json")
    assert answer.status_code == 404
    assert "has not yet entered its own identifier" in answer.content.decode()


@pytest.mark.parametrize("year", ["0000", "9999", "1899", "3000"])
def test_years_that_nobody_kept_books_in_have_no_file(client, publisher, year):
    AwardFactory()
    for kind in ("360giving", "grants", "spending", "journal"):
        assert client.get(f"/data/{kind}/{year}.csv").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/data/360giving/99999.json",
        "/data/360giving/-2026.json",
        "/data/360giving/٢٠٢٦.json",
        "/data/360giving/2026%00.json",
        "/data/360giving/2026.xml",
        "/data/360giving.json%00",
        "/data/journal.json",
        "/data/../data/verify_journal.py/etc",
    ],
)
def test_addresses_that_there_are_not(client, publisher, address):
    AwardFactory()
    assert client.get(address).status_code == 404


def test_nothing_can_be_sent_to_it_and_questions_behind_it_change_nothing(client, publisher):
    AwardFactory()
    assert client.post("/data/360giving.json").status_code == 405
    assert text(client, "/data/360giving.json?year=%00&page=-1") == text(client, "/data/360giving.json")


def test_what_must_not_go_out_stays_until_it_is_mended(client, publisher):
    AwardFactory(title="Good")
    bad = AwardFactory(title="Ask sam@example.org")
    assert [grant["title"] for grant in data(client, "/data/360giving.json")["grants"]] == ["Good"]
    assert "sam@" not in text(client, "/data/360giving.csv") + text(client, "/data/grants.csv")
    actions.correct_award(
        award=bad, title="Mended", purpose="A.", theme=None, decided_by="", reason="", by=None
    )
    assert [grant["title"] for grant in data(client, "/data/360giving.json")["grants"]] == ["Good", "Mended"]


def test_when_all_is_held_back_there_is_no_package(client, publisher):
    AwardFactory(title="Ask sam@example.org")
    assert client.get("/data/360giving.json").status_code == 404


def test_a_cancelled_award_is_left_out(client, publisher):
    AwardFactory()
    cancelled = AwardFactory()
    actions.release_award(award=cancelled, amount_pence=1_000_00, on=date(2026, 8, 1), by=None)
    assert len(data(client, "/data/360giving.json")["grants"]) == 1


def test_an_identifier_that_another_award_brought_along_is_not_given_twice(client, publisher):
    first = AwardFactory(title="First")
    AwardFactory(title="Brought along", reference=f"360G-tidewold-A{first.pk}")
    assert [grant["title"] for grant in data(client, "/data/360giving.json")["grants"]] == ["Brought along"]


@pytest.mark.slow
@pytest.mark.parametrize("address", ALL)
def test_takes_as_many_statements_for_30_grants_as_for_one(client, publisher, address):
    many_awards(1)
    few = statements(client, address)
    many_awards(29)
    assert len(list(csv.reader(io.StringIO(text(client, "/data/360giving.csv"))))) == 31
    assert statements(client, address) == few
