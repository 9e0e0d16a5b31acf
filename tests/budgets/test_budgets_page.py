"""`/budgets/`: what is left to decide, filters, twins, and the same number of queries however much there is."""

import csv
import io
from datetime import date
from itertools import batched

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets import actions
from budgets.enums import EntryKind
from budgets.models import Award, Entry
from engage.kit.years import financial_year
from tests.factories import (
    AwardFactory,
    BudgetFactory,
    CouncillorFactory,
    OrganisationFactory,
    PlaceFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
YEAR = financial_year(date.today())  # noqa: DTZ011


def words(response) -> str:
    return " ".join(response.content.decode().split())


def many_awards(places: int, awards: int) -> None:
    """`awards` spread over one budget in each of `places`, written in bulk: the triggers post every entry."""
    budgets = [BudgetFactory(year=YEAR, allocated_pence=10_000_000_00) for _ in range(places)]
    organisation, theme = OrganisationFactory(), ThemeFactory()
    made = Award.objects.bulk_create(
        Award(
            budget=budgets[n % places],
            organisation=organisation,
            title=f"Award {n}",
            purpose="Something good.",
            theme=theme,
            place=budgets[n % places].place,
            decided_on=date(YEAR, 5, 1),
        )
        for n in range(awards)
    )
    # In one transaction every entry would wade through all versions of its balance that were before.
    for some in batched(made, 100):
        Entry.objects.bulk_create(
            Entry(
                budget_id=award.budget_id,
                award=award,
                kind=EntryKind.COMMIT,
                amount_pence=1_00 + award.pk % 7,
                posted_on=award.decided_on,
                key=f"bulk:{award.pk}",
            )
            for award in some
        )


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_says_first_how_much_is_left_to_decide_this_year(client):
    award = AwardFactory(budget__year=YEAR, amount_pence=3_000_00, paid_pence=1_000_00)
    page = words(client.get("/budgets/"))
    assert "£7,000" in page
    assert "Left to decide in" in page
    assert award.title in page
    assert award.budget.place.name in page


def test_without_any_budget_it_says_so(client):
    page = words(client.get("/budgets/"))
    assert "No budgets here yet" in page
    assert client.get("/budgets.json").json()["budgets"] == []


@pytest.mark.django_db(transaction=True)
def test_takes_as_many_queries_for_5000_awards_in_30_places_as_for_one(client):
    addresses = ["/budgets/", "/budgets.json", "/budgets.csv?year=all", "/budgets/awards/"]
    many_awards(places=1, awards=1)
    few = [queries(client, address) for address in addresses]
    many_awards(places=29, awards=4_999)
    assert [queries(client, address) for address in addresses] == few


def test_filters_choose_budgets_and_their_awards(client):
    here = AwardFactory(budget__year=YEAR, budget__councillor=CouncillorFactory(), theme=ThemeFactory())
    there = AwardFactory(budget__year=YEAR)
    before = AwardFactory(budget__year=YEAR - 1)

    def shown(query: str) -> set[int]:
        answer = client.get(f"/budgets.json?{query}").json()
        assert {award["id"] for award in answer["latest_awards"]} <= {here.pk, there.pk, before.pk}
        return {budget["id"] for budget in answer["budgets"]}

    assert shown("") == {here.budget_id, there.budget_id}
    assert shown("year=all") == {here.budget_id, there.budget_id, before.budget_id}
    assert shown(f"year={YEAR - 1}") == {before.budget_id}
    assert shown(f"place={here.budget.place.slug}") == {here.budget_id}
    assert shown(f"councillor={here.budget.councillor.slug}") == {here.budget_id}
    assert shown(f"theme={here.theme.slug}") == {here.budget_id}
    assert shown("year=1999") == set()


def test_sorts_by_what_is_left_and_by_what_is_used(client):
    full = BudgetFactory(year=YEAR, allocated_pence=500_00)
    used = AwardFactory(budget__year=YEAR, budget__allocated_pence=1_000_00, amount_pence=900_00).budget
    empty = BudgetFactory(year=YEAR, allocated_pence=0)

    def order(sort: str) -> list[int]:
        return [budget["id"] for budget in client.get(f"/budgets.json?sort={sort}").json()["budgets"]]

    assert order("remaining") == [full.pk, used.pk, empty.pk]
    assert order("allocated") == [used.pk, full.pk, empty.pk]
    assert order("used") == [used.pk, full.pk, empty.pk]


@pytest.mark.parametrize(
    "query", ["year=soon", "place=nowhere", "theme=%00", "sort=%27;drop", "councillor=9"]
)
def test_a_filter_that_is_not_understood_is_said_to_be_so(client, query):
    BudgetFactory(year=YEAR)
    page = client.get(f"/budgets/?{query}")
    assert page.status_code == 422
    assert "There is a problem" in words(page)
    answer = client.get(f"/budgets.json?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert client.get(f"/budgets.csv?{query}").status_code == 422


def test_twins_say_what_the_page_says_totals_first(client):
    award = AwardFactory(budget__year=YEAR, amount_pence=3_000_50, paid_pence=1_000_00)
    answer = client.get("/budgets.json")
    data = answer.json()
    assert list(data)[:2] == ["title", "totals"]
    assert data["totals"]["remaining"] == "6999.50"
    assert data["totals"]["remaining_pence"] == 6_999_50
    assert data["licence"]["name"] == "Open Government Licence v3.0"
    assert data["as_of"]
    assert answer["Access-Control-Allow-Origin"] == "*"

    rows = list(csv.DictReader(io.StringIO(client.get("/budgets.csv").content.decode())))
    assert [row["row"] for row in rows] == ["total", "budget"]
    assert rows[0]["remaining"] == rows[1]["remaining"] == "6999.50"
    assert rows[1]["place"] == award.budget.place.name
    assert rows[0]["licence"].startswith("https://")
    assert rows[0]["as_of"]


def test_a_name_that_looks_like_a_formula_stays_a_name(client):
    place = PlaceFactory(name="=HYPERLINK(1)", slug="formula")
    BudgetFactory(year=YEAR, place=place)
    rows = list(csv.DictReader(io.StringIO(client.get("/budgets.csv").content.decode())))
    assert rows[1]["place"] == "'=HYPERLINK(1)"
    assert client.get("/budgets.json").json()["budgets"][0]["place"] == "=HYPERLINK(1)"


def test_a_payment_shows_at_once(client):
    award = AwardFactory(budget__year=YEAR, amount_pence=3_000_00)
    assert client.get("/budgets.json").json()["totals"]["spent_pence"] == 0
    actions.pay_award(award=award, amount_pence=50_00, on=date(YEAR, 6, 1), by=None)
    assert client.get("/budgets.json").json()["totals"]["spent_pence"] == 50_00
