"""A real council's open data goes in, and every total is the one that the csv module alone adds up from its files."""

import csv
import json
from collections import Counter, defaultdict
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from budgets.models import Award, Budget, Entry, Organisation
from engage.places.models import Boundary, Place
from engage.places.queries import place_at

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "trafford"
GRANTS = DATA / "trafford_council_voluntary_sector_grants.csv"
ATTRIBUTION = (
    "Trafford Council. Contains public sector information licensed under the Open Government Licence v3.0"
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    # One import serves all of these tests when one process runs them.
    pytest.mark.xdist_group("trafford"),
    pytest.mark.skipif(not GRANTS.exists(), reason="Trafford Council's data is not beside the project"),
]


def rows_of(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def pence(text: str) -> int:
    amount = Decimal(text) * 100
    assert amount == int(amount)
    return int(amount)


def year_of(day: str) -> int:
    """Financial years begin on 1 April."""
    return int(day[:4]) - (day[5:] < "04-01")


def run(command: str, file: str, *options: str) -> str:
    """What the import said."""
    said = StringIO()
    call_command(command, str(DATA / file), *options, f"--attribution={ATTRIBUTION}", stdout=said)
    return said.getvalue()


def import_places() -> str:
    """The first steps of `make import-trafford`; what the electors' import said."""
    wards = [
        "--council=Trafford",
        "--code=E08000009",
        "--name-property=area_name",
        "--code-property=area_code",
    ]
    run("import_places", "electoral_ward.geojson", "--kind=ward", *wards, "--source=Wards")
    localities = ["--name-property=area_name", "--source=Localities"]
    run("import_places", "localities.geojson", "--kind=locality", *localities)
    return run("import_electors", "electors_by_ward_2020.csv", "--counted-on=2020-12-01")


@pytest.fixture(scope="module")
def places(beforehand) -> str:
    return beforehand(import_places)


@pytest.fixture(scope="module")
def grants(places: str, beforehand) -> str:
    """The last step; what it said."""
    return beforehand(lambda: run("import_grants", GRANTS.name, "--source=Voluntary sector grants"))


def test_places_and_electors(places: str):
    wards = json.loads((DATA / "electoral_ward.geojson").read_text())["features"]
    assert set(Place.objects.filter(kind="ward").values_list("gss_code", "name")) == {
        (ward["properties"]["area_code"], ward["properties"]["area_name"]) for ward in wards
    }
    council = Place.objects.get(kind="council")
    assert (council.name, council.gss_code) == ("Trafford", "E08000009")
    assert not Place.objects.exclude(pk=council.pk).exclude(parent=council).exists()
    assert Place.objects.filter(kind="locality").count() == 4
    # The borough is 106 square kilometres; the localities tile the same ground as the wards.
    areas = defaultdict(float)
    for boundary in Boundary.objects.select_related("place"):
        areas[boundary.place.kind] += boundary.hectares
    assert areas["ward"] == pytest.approx(10_600, rel=0.005)
    assert areas["locality"] == pytest.approx(areas["ward"], rel=0.005)
    assert place_at(lat=53.3869, lon=-2.3494).name == "Altrincham"


def test_electors_of_older_wards_are_reported_and_never_guessed(places: str):
    rows = rows_of("electors_by_ward_2020.csv")
    codes = set(Place.objects.values_list("gss_code", flat=True))
    assert not codes & {row["Ward code"] for row in rows}
    assert not Place.objects.exclude(electors=None).exists()
    for row in rows:
        assert f"no place has the code {row['Ward code']} ({row['Ward name']})" in places
    assert places.count("Without a number of electors:") == 21


def test_electors_match_by_name_when_asked(places: str):
    run("import_electors", "electors_by_ward_2020.csv", "--counted-on=2020-12-01", "--match-names")
    names = set(Place.objects.filter(kind="ward").values_list("name", flat=True))
    expected = {
        row["Ward name"]: int(row["Electors"])
        for row in rows_of("electors_by_ward_2020.csv")
        if row["Ward name"] in names
    }
    assert dict(Place.objects.exclude(electors=None).values_list("name", "electors")) == expected
    assert len(expected) == 10


def test_every_pound_of_every_year_is_published(grants: str, client):
    awarded, counts = Counter(), Counter()
    for row in rows_of(GRANTS.name):
        year = year_of(row["Award Date"])
        awarded[year] += pence(row["Amount Awarded"])
        counts[year] += 1
    funds = {fund.year: fund for fund in Budget.objects.select_related("place")}
    assert {year: fund.allocated_pence for year, fund in funds.items()} == awarded
    assert {year: fund.committed_pence for year, fund in funds.items()} == awarded
    assert {(fund.spent_pence, fund.remaining_pence) for fund in funds.values()} == {(0, 0)}
    assert {fund.place.name for fund in funds.values()} == {"Trafford"}
    assert Counter(Award.objects.values_list("budget__year", flat=True)) == counts
    assert (sum(counts.values()), sum(awarded.values())) == (555, 1_291_436_54)
    assert "All years      555   £1,291,436.54   £1,291,436.54" in grants
    assert grants.count("what its grants add up to") == len(awarded)
    for asked, expected in (("2022", awarded[2022]), ("all", sum(awarded.values()))):
        page = " ".join(client.get(f"/budgets/?year={asked}").content.decode().split())
        assert f"£{expected / 100:,.2f}" in page
        assert ATTRIBUTION in page
        twin = client.get(f"/budgets.json?year={asked}").json()
        assert twin["totals"]["committed_pence"] == expected
        assert any("Open Government Licence" in line for line in twin["attribution"])


def test_every_grant_is_one_award_and_the_same_file_again_changes_nothing(grants: str):
    rows = rows_of(GRANTS.name)
    assert {
        award.reference: (
            award.title,
            award.purpose,
            award.committed_pence,
            award.decided_on.isoformat(),
            award.organisation.identifier,
        )
        for award in Award.objects.select_related("organisation")
    } == {
        row["Identifier"]: (
            row["Title"],
            row["Description"],
            pence(row["Amount Awarded"]),
            row["Award Date"],
            row["Recipient Org:Identifier"],
        )
        for row in rows
    }
    check_organisations(rows, grants)
    hashes = list(Entry.objects.order_by("pk").values_list("hash", flat=True))
    again = run("import_grants", GRANTS.name, "--source=Voluntary sector grants")
    assert "Grants: 0 added, 0 changed, 555 unchanged." in again
    assert list(Entry.objects.order_by("pk").values_list("hash", flat=True)) == hashes
    call_command("check_ledger")


def check_organisations(rows: list[dict[str, str]], said: str) -> None:
    """One for each identifier, under the name that most of its grants spell, and every other spelling told."""
    names = defaultdict(Counter)
    for row in rows:
        names[row["Recipient Org:Identifier"]][row["Recipient Org:Name"]] += 1
    found = dict(Organisation.objects.values_list("identifier", "name"))
    assert found.keys() == names.keys()
    for identifier, spellings in names.items():
        assert spellings[found[identifier]] == max(spellings.values())
    assert said.count(" is spelled ") == sum(len(spellings) > 1 for spellings in names.values())
