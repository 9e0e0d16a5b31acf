"""The transparency code's lists of grants and payments."""

from datetime import date

import pytest

from budgets import actions
from tests.factories import AwardFactory, BudgetFactory, CouncillorFactory, OrganisationFactory
from tests.opendata.served import data, many_awards, rows, statements

pytestmark = pytest.mark.django_db


def test_a_grant_says_what_the_code_asks_for(client, publisher):
    award = AwardFactory(
        budget=BudgetFactory(councillor=CouncillorFactory()),
        organisation=OrganisationFactory(
            name="Hall Trust", identifier="GB-CHC-1110767", charity_number="1110767", kind="charity"
        ),
        title="New boiler",
        purpose="Warm all winter.",
        amount_pence=1_250_50,
        paid_pence=400_00,
        decided_by="Alex Example",
    )
    (row,) = rows(client, "/data/grants.csv")
    as_of, licence = row.pop("as_of"), row.pop("licence")
    assert row == {
        "body": "Tidewold County Council",
        "body_id": "GB-LAE-TDW",
        "department": "Communities",
        "grant_id": f"360G-tidewold-A{award.pk}",
        "awarded_on": "2026-06-01",
        "for_year_from": "2026-04-01",
        "for_year_to": "2027-03-31",
        "beneficiary": "Hall Trust",
        "beneficiary_id": "GB-CHC-1110767",
        "beneficiary_charity_number": "1110767",
        "beneficiary_company_number": "",
        "beneficiary_kind": "Charity",
        "title": "New boiler",
        "purpose": "Warm all winter.",
        "amount": "1250.50",
        "paid": "400.00",
        "place": award.place.name,
        "theme": "",
        "decided_by": "Alex Example",
        "page": f"http://testserver/budgets/awards/{award.pk}/",
    }
    assert licence.startswith("https://")
    found = data(client, "/data/grants.json")
    assert found["as_of"] == as_of
    assert found["licence"]["url"] == licence
    assert found["grants"][0]["amount_pence"] == 1_250_50
    assert {name: found["grants"][0][name] for name in row} == row


def test_without_identifiers_the_lists_are_published_all_the_same(client):
    award = AwardFactory(paid_pence=1_00)
    assert rows(client, "/data/grants.csv")[0]["grant_id"] == str(award.pk)
    assert rows(client, "/data/spending.csv")[0]["beneficiary_id"] == award.organisation.identifier


def test_payments_stand_on_their_own_days_and_refunds_below_nought(client, publisher):
    award = AwardFactory(title="New boiler", amount_pence=900_00, paid_pence=500_00)
    actions.refund_award(award=award, amount_pence=20_01, on=date(2027, 4, 2), by=None)
    actions.pay_award(award=award, amount_pence=1, on=date(2027, 3, 31), by=None)
    found = rows(client, "/data/spending.csv")
    assert [(row["date"], row["amount"], row["kind"]) for row in found] == [
        ("2026-07-01", "500.00", "pay"),
        ("2027-03-31", "0.01", "pay"),
        ("2027-04-02", "-20.01", "refund"),
    ]
    assert found[0]["purpose"] == "New boiler"
    assert found[0]["irrecoverable_vat"] == "0.00"
    assert found[0]["transaction"] == f"{award.budget_id}/3"
    # The year of a payment is the one in which it was made, whichever budget it is from.
    assert [row["date"] for row in rows(client, "/data/spending/2026.csv")] == ["2026-07-01", "2027-03-31"]
    assert [row["amount"] for row in data(client, "/data/spending/2027.json")["payments"]] == ["-20.01"]
    assert client.get("/data/spending/2025.csv").status_code == 404


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"title": "Ask sam@example.org"}, ("purpose", "withheld")),
        ({"organisation__name": "Ms Robin Sample"}, ("beneficiary", "withheld")),
    ],
)
def test_money_that_was_paid_stays_in_the_list_without_a_persons_details(client, publisher, given, shown):
    AwardFactory(paid_pence=1_00, **given)
    (row,) = rows(client, "/data/spending.csv")
    column, words = shown
    assert row[column] == words
    assert row["amount"] == "1.00"


@pytest.mark.slow
@pytest.mark.parametrize(
    "address", ["/data/grants.csv", "/data/grants.json", "/data/spending.csv", "/data/spending.json"]
)
def test_takes_as_many_statements_for_30_as_for_one(client, publisher, address):
    many_awards(1)
    few = statements(client, address)
    many_awards(29)
    assert statements(client, address) == few
