"""An award as a grant of the 360Giving standard."""

from datetime import date
from decimal import Decimal

import pytest

from engage.opendata.rules.giving import as_grant, pounds
from tests.opendata.rules.made import IMPRINT, award, movement, recipient


def test_says_all_that_the_standard_asks_for():
    assert as_grant(award(movement("pay", 400_00)), IMPRINT) == {
        "id": "360G-tidewold-A12",
        "title": "Lights at the skate park",
        "description": "Two solar lights, so that it can be used after school in winter.",
        "currency": "GBP",
        "amountAwarded": Decimal("1250.5"),
        "amountDisbursed": Decimal("400"),
        "awardDate": "2026-06-01",
        "url": "https://tidewold.example/budgets/awards/12/",
        "recipientOrganization": [
            {
                "id": "360G-tidewold-ORG-0042",
                "name": "Ferry Road Skaters",
                "url": "https://skaters.example/",
            }
        ],
        "beneficiaryLocation": [
            {"name": "Otterham", "countryCode": "GB", "geoCode": "E58000123", "geoCodeType": "WD"}
        ],
        "fundingOrganization": [
            {"id": "GB-LAE-TDW", "name": "Tidewold County Council", "department": "Communities"}
        ],
        "grantProgramme": [
            {
                "title": "Locality budgets 2026–27",
                "url": "https://tidewold.example/budgets/?year=2026",
            }
        ],
        "commitmentTransaction": [
            {
                "id": "3/1",
                "transactionDate": "2026-06-01",
                "currency": "GBP",
                "value": Decimal("1250.5"),
                "provider": "GB-LAE-TDW",
                "recipient": "360G-tidewold-ORG-0042",
            }
        ],
        "classifications": [{"vocabulary": "360G-tidewold", "code": "sport", "title": "Sport"}],
        "disbursementTransaction": [
            {
                "id": "3/2",
                "transactionDate": "2026-07-01",
                "currency": "GBP",
                "value": Decimal("400"),
                "provider": "GB-LAE-TDW",
                "recipient": "360G-tidewold-ORG-0042",
            }
        ],
        "dateModified": "2026-07-01T12:30:00+00:00",
        "dataSource": "https://tidewold.example/data/",
    }


def test_amounts_are_the_sums_of_their_transactions_with_what_came_back_below_nought():
    moved = award(
        movement("pay", 1_000_00),
        movement("release", 250_50, number=3, on=date(2026, 8, 1)),
        movement("refund", 99_99, number=4, on=date(2026, 9, 1)),
    )
    grant = as_grant(moved, IMPRINT)
    assert [each["value"] for each in grant["commitmentTransaction"]] == [
        Decimal("1250.5"),
        Decimal("-250.5"),
    ]
    assert [each["value"] for each in grant["disbursementTransaction"]] == [
        Decimal("1000"),
        Decimal("-99.99"),
    ]
    assert grant["amountAwarded"] == sum(each["value"] for each in grant["commitmentTransaction"]) == 1000
    assert grant["amountDisbursed"] == sum(each["value"] for each in grant["disbursementTransaction"])


def test_a_grant_that_came_with_an_identifier_keeps_it():
    assert as_grant(award(reference="360G-other-7"), IMPRINT)["id"] == "360G-other-7"
    assert as_grant(award(reference="LB/7"), IMPRINT)["id"] == "360G-tidewold-A12"


def test_the_postcode_of_a_group_without_a_number_stays_here():
    group = as_grant(award(), IMPRINT)["recipientOrganization"][0]
    charity = as_grant(award(recipient=recipient(charity_number="1110767")), IMPRINT)[
        "recipientOrganization"
    ][0]
    assert "postalCode" not in group
    assert charity["postalCode"] == "TD1 2AB"
    assert charity["id"] == "GB-CHC-1110767"


def test_what_is_not_known_is_left_out():
    grant = as_grant(award(theme="", place_code="X1", recipient=recipient(website="")), IMPRINT)
    assert "classifications" not in grant
    assert "disbursementTransaction" not in grant
    assert grant["beneficiaryLocation"] == [{"name": "Otterham", "countryCode": "GB"}]
    assert "" not in grant["recipientOrganization"][0].values()


@pytest.mark.parametrize(
    ("pence", "text"),
    [(0, "0"), (1, "0.01"), (10, "0.1"), (100, "1"), (-250_50, "-250.5"), (10**15, "10000000000000")],
)
def test_pence_become_pounds_exactly(pence, text):
    assert str(pounds(pence)) == text
