"""`/budgets/<place>/` and its journal."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets import actions
from budgets.enums import AwardStatus
from budgets.rules.chain import Link, link_hash
from tests.factories import AwardFactory, BudgetFactory, CouncillorFactory, PlaceFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def elm():
    return PlaceFactory(name="Elm Hill", slug="elm-hill", electors=8_000)


def test_shows_the_bar_who_decides_and_pounds_per_elector_with_their_date(client, elm):
    councillor = CouncillorFactory(name="Alex Example")
    BudgetFactory(place=elm, councillor=councillor, allocated_pence=10_000_00)
    AwardFactory(budget=BudgetFactory(place=elm, allocated_pence=2_000_00), amount_pence=500_00)
    page = words(client.get("/budgets/elm-hill/?year=2026"))
    assert "£11,500" in page
    assert "Alex Example" in page
    assert "Fund for all of Elm Hill" in page
    assert "£1.50 for each of 8,000 electors (counted on 1 December 2026)" in page


def test_years_before_are_shown_and_can_be_chosen(client, elm):
    for year, amount in ((2024, 1_000_00), (2025, 2_000_00), (2026, 3_000_00)):
        BudgetFactory(place=elm, year=year, allocated_pence=amount)
    data = client.get("/budgets/elm-hill.json?year=2025").json()
    assert data["totals"]["allocated"] == "2000.00"
    assert [each["year"] for each in data["years"]] == [2026, 2025, 2024]
    assert client.get("/budgets/elm-hill.json?year=all").json()["totals"]["allocated"] == "6000.00"
    page = words(client.get("/budgets/elm-hill/?year=2025"))
    assert "Look at 2024–25" in page
    assert "Look at 2026–27" not in page


def test_awards_are_filtered_by_theme_and_state(client, elm):
    budget, theme = BudgetFactory(place=elm), ThemeFactory()
    green = AwardFactory(budget=budget, theme=theme)
    paid = AwardFactory(budget=budget, paid_pence=1_000_00)

    def shown(query: str) -> set[int]:
        data = client.get(f"/budgets/elm-hill.json?year=2026&{query}").json()
        return {award["id"] for award in data["awards"]}

    assert shown("") == {green.pk, paid.pk}
    assert shown(f"theme={theme.slug}") == {green.pk}
    assert shown(f"status={AwardStatus.PAID}") == {paid.pk}


def test_awards_from_elsewhere_are_named_but_not_added(client, elm):
    BudgetFactory(place=elm, allocated_pence=100_00)
    other = AwardFactory(place=elm)
    data = client.get("/budgets/elm-hill.json?year=2026").json()
    assert data["totals"]["committed"] == "0.00"
    assert [award["id"] for award in data["awards_from_elsewhere"]] == [other.pk]
    assert other.title in words(client.get("/budgets/elm-hill/?year=2026"))


def test_a_place_without_money_says_so_and_one_that_is_not_there_is_404(client, elm):
    assert "No budget in" in words(client.get("/budgets/elm-hill/"))
    assert client.get("/budgets/nowhere/").status_code == 404
    assert client.get("/budgets/nowhere.json").status_code == 404


def test_the_journal_page_tells_every_movement_in_words(client, elm):
    award = AwardFactory(budget=BudgetFactory(place=elm), title="<b>Benches</b>", paid_pence=400_00)
    actions.release_award(award=award, amount_pence=100_00, on=date(2026, 8, 1), note="Cheaper", by=None)
    actions.transfer(
        source=award.budget, target=BudgetFactory(), amount_pence=5_00, on=date(2026, 8, 2), by=None
    )
    page = words(client.get("/budgets/elm-hill/journal/?year=2026"))
    for sentence in (
        "Added to the budget",
        "Awarded:",
        "Paid:",
        "Not needed, back in the budget:",
        "Moved to",
    ):
        assert sentence in page
    assert "– Cheaper" in page
    assert "&lt;b&gt;Benches&lt;/b&gt;" in page
    assert "<b>Benches</b>" not in page


def test_anyone_can_verify_the_chain_from_the_file(client, elm):
    AwardFactory(budget=BudgetFactory(place=elm), paid_pence=400_00)
    entries = client.get("/budgets/elm-hill/journal.json?year=all").json()["entries"]
    assert len(entries) == 3
    previous = ""
    for entry in sorted(entries, key=lambda entry: entry["number"]):
        link = Link(
            budget_id=entry["budget"],
            sequence=entry["number"],
            kind=entry["kind"],
            amount_pence=entry["amount_pence"],
            award_id=entry["award"],
            counterpart_id=entry["other_budget"],
            posted_on=date.fromisoformat(entry["posted_on"]),
            key=entry["key"],
            note=entry["note"],
            previous_hash=previous,
            hash=entry["hash"],
        )
        assert link_hash(link) == entry["hash"]
        previous = entry["hash"]
    rows = list(csv.DictReader(io.StringIO(client.get("/budgets/elm-hill/journal.csv").content.decode())))
    assert [row["row"] for row in rows] == ["total", "entry", "entry", "entry"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "address", ["/budgets/elm-hill/", "/budgets/elm-hill.csv", "/budgets/elm-hill/journal/"]
)
def test_takes_as_many_queries_for_30_of_everything_as_for_one(client, elm, address):
    def fill(count: int) -> None:
        for _ in range(count):
            AwardFactory(
                budget=BudgetFactory(place=elm, councillor=CouncillorFactory()), theme=ThemeFactory()
            )
            AwardFactory(place=elm)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{address}?year=2026").status_code == 200
        return len(captured)

    fill(1)
    client.get(f"{address}?year=2026")
    few = queries()
    fill(29)
    assert queries() == few


def test_pages_of_awards_keep_what_was_asked(client, elm):
    budget = BudgetFactory(place=elm)
    for _ in range(21):
        AwardFactory(budget=budget, amount_pence=1_00)
    page = words(client.get("/budgets/elm-hill/?year=2026&status=approved"))
    assert "?year=2026&amp;status=approved&amp;page=2" in page
    assert client.get("/budgets/elm-hill/?year=2026&page=2").status_code == 200


def test_fixed_words_win_over_places_of_that_name(client):
    BudgetFactory(place=PlaceFactory(slug="awards"))
    assert "What the money went to" in words(client.get("/budgets/awards/"))
