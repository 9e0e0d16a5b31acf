"""Reading 360Giving files: CSV and JSON mean the same, amounts are exact, and bad cells are named."""

import csv
import io
import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.enums import OrganisationKind
from budgets.rules.grants_file import Grant, one_name_each, read_grants, spellings_of
from engage.kit.money import decimal_pounds
from engage.kit.tables import BadFile

TODAY = date(2026, 11, 1)
GRANT = {
    "Identifier": "360G-any-1",
    "Title": "Benches",
    "Description": "Three benches by the mill.",
    "Currency": "GBP",
    "Amount Awarded": "1500.50",
    "Amount Disbursed": "500",
    "Award Date": "2024-05-10",
    "Recipient Org:Identifier": "GB-CHC-1",
    "Recipient Org:Name": "Mill Hill Friends",
    "Recipient Org:Charity Number": "1",
    "Recipient Org:Company Number": "",
    "Recipient Org:Postal Code": "an1 2yz",
    "Recipient Org:Web Address": "https://friends.example/",
    "Beneficiary Location:Name": "Mill",
    "Beneficiary Location:Geographic Code": "E05000001",
    "Funding Org:Name": "Anyshire Council",
    "Funding Org:Department": "Communities",
    "Grant Programme:Title": "Local fund",
    "Data Source": "https://anyshire.example/",
}


def as_csv(*grants: dict[str, str], columns: list[str] | None = None) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, columns or list(GRANT), extrasaction="ignore")
    writer.writeheader()
    writer.writerows([GRANT | grant for grant in grants] or [GRANT])
    return file.getvalue()


def as_json(**more: Any) -> str:
    grant = {
        "id": "360G-any-1",
        "title": "Benches",
        "description": "Three benches by the mill.",
        "currency": "GBP",
        "amountAwarded": 1500.5,
        "amountDisbursed": 500,
        "awardDate": "2024-05-10T00:00:00+00:00",
        "recipientOrganization": [
            {
                "id": "GB-CHC-1",
                "name": "Mill Hill Friends",
                "charityNumber": "1",
                "postalCode": "AN1 2YZ",
                "url": "https://friends.example/",
            }
        ],
        "beneficiaryLocation": [{"name": "Mill", "geoCode": "E05000001"}],
        "fundingOrganization": [{"name": "Anyshire Council", "department": "Communities"}],
        "grantProgramme": [{"title": "Local fund"}],
        "dataSource": "https://anyshire.example/",
    }
    return json.dumps({"grants": [grant | more]})


def read(text: str) -> list[Grant]:
    return read_grants(text, today=TODAY)


def test_csv_and_json_mean_the_same():
    (from_csv,), (from_json,) = read(as_csv()), read(as_json())
    assert from_csv.where == "Line 2"
    assert from_json.where == "Grant 1"
    fields = set(Grant.__slots__) - {"where"}
    assert {name: getattr(from_csv, name) for name in fields} == {
        name: getattr(from_json, name) for name in fields
    }
    assert (from_csv.awarded_pence, from_csv.paid_pence) == (1500_50, 500_00)


def test_what_is_not_said_is_not_made_up():
    slim = [name for name in GRANT if name in read_grants.__globals__["REQUIRED"]]
    (grant,) = read(as_csv(columns=slim))
    assert grant.paid_pence is None
    assert (grant.place_code, grant.department, grant.programme) == ("", "", "")


def test_headings_in_other_capitals_and_with_numbers():
    text = as_csv().replace("Award Date", "award date").replace("Recipient Org:Name", "Recipient Org:0:Name")
    assert read(text)[0].recipient.name == "Mill Hill Friends"


def test_a_grant_for_several_places_names_none():
    several = [{"geoCode": "E05000001"}, {"geoCode": "E05000002"}]
    assert read(as_json(beneficiaryLocation=several))[0].place_code == ""
    assert read(as_json(beneficiaryLocation=several[:1] * 2))[0].place_code == "E05000001"


def test_a_long_title_is_cut_and_kept_whole_in_the_purpose():
    long = "Benches and more " * 20
    (grant,) = read(as_csv({"Title": long}))
    assert len(grant.title) == 200
    assert grant.purpose.startswith(long.strip())


@given(st.integers(1, 10**13))
def test_every_amount_is_exact_to_the_penny_in_both_forms(pence: int):
    amount = decimal_pounds(pence)
    assert read(as_csv({"Amount Awarded": amount, "Amount Disbursed": ""}))[0].awarded_pence == pence
    number = as_json(amountDisbursed=None).replace("1500.5", amount)
    assert read(number)[0].awarded_pence == pence


@pytest.mark.parametrize(
    ("amount", "pence"), [("1500", 1500_00), ("£1,500.5", 1500_50), ("0.01", 1), ("1500.5000", 1500_50)]
)
def test_amounts_people_write(amount: str, pence: int):
    assert read(as_csv({"Amount Awarded": amount, "Amount Disbursed": ""}))[0].awarded_pence == pence


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"Identifier": ""}, "Line 2, column “Identifier”: this cell is empty"),
        ({"Identifier": "a|b"}, "cannot contain the sign “|”"),
        ({"Identifier": "x" * 121}, "at most 120 characters"),
        ({"Title": ""}, "column “Title”"),
        ({"Description": ""}, "column “Description”"),
        ({"Currency": "EUR"}, "Line 2, column “Currency”: expected GBP, not “EUR”"),
        ({"Currency": ""}, "column “Currency”: this cell is empty"),
        ({"Amount Awarded": ""}, "column “Amount Awarded”: this cell is empty"),
        ({"Amount Awarded": "0"}, "expected an amount above £0"),
        ({"Amount Awarded": "-5"}, "expected an amount in pounds like 1250 or 1250.50, not “-5”"),
        ({"Amount Awarded": "10.005"}, "not “10.005”"),
        ({"Amount Awarded": "1e3"}, "not “1e3”"),
        ({"Amount Awarded": "NaN"}, "not “NaN”"),
        ({"Amount Awarded": "1.500,50"}, "not “1.500,50”"),
        ({"Amount Disbursed": "a lot"}, "column “Amount Disbursed”"),
        ({"Amount Disbursed": "2000"}, "more was paid out than was awarded"),
        ({"Award Date": "10/05/2024"}, "expected a date like 2024-05-10, not “10/05/2024”"),
        ({"Award Date": "2027-05-10"}, "expected a date between 1990 and today"),
        ({"Award Date": "0024-05-10"}, "expected a date between 1990 and today"),
        ({"Recipient Org:Identifier": ""}, "column “Recipient Org:Identifier”"),
        (
            {"Recipient Org:Web Address": "javascript:alert(1)"},
            "expected an address that begins with https://",
        ),
        ({"Recipient Org:Postal Code": "x" * 11}, "at most 10 characters"),
    ],
)
def test_bad_cells_name_line_column_and_what_was_expected(cells: dict[str, str], sentence: str):
    with pytest.raises(BadFile, match=re.escape(sentence)):
        read(as_csv(cells))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"amountAwarded": 10.005}, "Grant 1, “amountAwarded”: expected an amount in pounds"),
        ({"amountAwarded": True}, "Grant 1, “amountAwarded”"),
        ({"amountAwarded": [1]}, "Grant 1, “amountAwarded”: this cell is empty"),
        ({"recipientOrganization": []}, "Grant 1, “recipientOrganization.id”: this cell is empty"),
        ({"recipientOrganization": "x"}, "Grant 1, “recipientOrganization.id”"),
        ({"recipientIndividual": {"id": "p-1"}}, "this grant went to a person"),
    ],
)
def test_bad_values_name_grant_and_property(more: dict[str, Any], sentence: str):
    with pytest.raises(BadFile, match=re.escape(sentence)):
        read(as_json(**more))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty"),
        (as_csv().splitlines()[0], "has no grants"),
        ("Name,Amount\nMill,3", "the column “Identifier”, “Title”"),
        ('{"grants": [}', "Line 1, character 13: this is not JSON"),
        ('{"grants": {}}', "a list called “grants”"),
        ("[1]", "a list called “grants”"),
        ('{"grants": []}', "has no grants"),
        ('{"grants": [7]}', "Grant 1: expected a JSON object"),
        ('{"grants": ' + "[" * 100_000, "nested too deeply"),
        ('{"grants": [{"amountAwarded": ' + "9" * 5000 + "}]}", "a number too long"),
    ],
)
def test_files_that_cannot_be_read(text: str, sentence: str):
    with pytest.raises(BadFile, match=re.escape(sentence)):
        read(text)


def test_an_identifier_twice_names_both_lines():
    with pytest.raises(BadFile, match="Line 3, column “Identifier”: “360G-any-1” is there already: Line 2"):
        read(as_csv({}, {"Title": "Other benches"}))


def test_every_problem_is_told_at_once():
    with pytest.raises(BadFile) as caught:
        read(as_csv({"Currency": "EUR", "Award Date": "soon"}, {"Identifier": "2", "Amount Awarded": "x"}))
    assert len(caught.value.problems) == 3


class TestOrganisations:
    def grants(self, *names_and_days: tuple[str, str]) -> list[Grant]:
        rows = [
            {"Identifier": str(number), "Recipient Org:Name": name, "Award Date": day}
            for number, (name, day) in enumerate(names_and_days)
        ]
        return read(as_csv(*rows))

    def test_the_spelling_of_most_grants_is_kept(self):
        grants = self.grants(("G-Force", "2020-01-01"), ("G-Force", "2021-01-01"), ("G Force", "2024-01-01"))
        assert one_name_each(grants)["GB-CHC-1"].name == "G-Force"
        assert spellings_of(grants) == {"GB-CHC-1": ["G Force", "G-Force"]}

    def test_of_equals_the_latest(self):
        grants = self.grants(("New name", "2024-01-01"), ("Old name", "2020-01-01"))
        assert one_name_each(grants)["GB-CHC-1"].name == "New name"

    def test_details_given_once_are_kept(self):
        grants = read(as_csv({"Identifier": "1"}, {"Identifier": "2", "Recipient Org:Web Address": ""}))
        assert one_name_each(grants)["GB-CHC-1"].website == "https://friends.example/"

    @pytest.mark.parametrize(
        ("cells", "kind"),
        [
            ({}, OrganisationKind.CHARITY),
            (
                {"Recipient Org:Identifier": "GB-COH-7", "Recipient Org:Charity Number": ""},
                OrganisationKind.COMPANY,
            ),
            (
                {"Recipient Org:Identifier": "360G-any-g", "Recipient Org:Charity Number": ""},
                OrganisationKind.GROUP,
            ),
        ],
    )
    def test_the_kind_follows_from_the_register(self, cells: dict[str, str], kind: OrganisationKind):
        assert read(as_csv(cells))[0].recipient.kind == kind
