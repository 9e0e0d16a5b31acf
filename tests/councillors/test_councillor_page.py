"""`/councillors/<id>-<slug>/`: one councillor, one address, whatever the slug typed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engage.kit.years import financial_year
from tests.factories import AwardFactory, BudgetFactory, CouncillorFactory, PlaceFactory, TermFactory

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def alex():
    councillor = CouncillorFactory(
        name="Alex Example",
        slug="alex-example",
        group="Independent",
        email="alex@example.org",
        statement="I grew up here.\n\nCome & see me.",
    )
    TermFactory(councillor=councillor, place__name="Mill Hill", place__slug="mill-hill")
    return councillor


def test_the_page_says_who_where_and_how_to_write(client, alex):
    page = words(client.get(f"/councillors/{alex.pk}-alex-example/"))
    assert "<h1>Alex Example</h1>" in page
    assert "Independent" in page
    assert "<p>I grew up here.</p>" in page
    assert "Come &amp; see me." in page
    assert 'href="mailto:alex@example.org"' in page
    assert 'href="/budgets/mill-hill/"' in page
    assert "since 8 May 2025" in page


def test_words_are_never_run_as_html(client, alex):
    alex.statement = "<script>alert(1)</script>"
    alex.save()
    assert "<script>alert(1)" not in words(client.get(alex.get_absolute_url()))


def test_a_wrong_slug_leads_to_the_right_one(client, alex):
    answer = client.get(f"/councillors/{alex.pk}-someone-else/")
    assert (answer.status_code, answer["Location"]) == (301, f"/councillors/{alex.pk}-alex-example/")


@pytest.mark.parametrize(
    "address", ["/councillors/999999-alex-example/", "/councillors/x/", "/councillors/-1-a/"]
)
def test_nobody_there(client, address: str):
    assert client.get(address).status_code == 404


def test_a_number_too_large_for_the_database_is_just_missing(client):
    assert client.get(f"/councillors/{'9' * 40}-alex/").status_code == 404


def test_somebody_who_has_left_is_shown_as_former(client):
    yesterday = timezone.localdate() - timedelta(days=1)
    term = TermFactory(councillor__name="Robin Gone", starts_on=date(2021, 5, 6), ends_on=yesterday)
    page = words(client.get(term.councillor.get_absolute_url()))
    assert "Former councillor" in page
    assert "Served before" in page


def test_no_statement_says_so(client):
    term = TermFactory(councillor__name="Sam Silent")
    assert "Sam Silent has not written anything here yet." in words(
        client.get(term.councillor.get_absolute_url())
    )


def test_their_money_is_shown_by_the_app_that_knows_it(client, alex):
    place = alex.terms.get().place
    year = timezone.localdate().year - 1
    budget = BudgetFactory(councillor=alex, place=place, year=year, allocated_pence=5_000_00)
    AwardFactory(
        budget=budget, title="Benches by the mill", amount_pence=1_000_00, decided_on=date(year, 6, 1)
    )
    page = words(client.get(alex.get_absolute_url()))
    assert "£4,000 left to decide" in page
    assert "Benches by the mill" in page


def test_the_twin_says_what_the_page_shows(client, alex):
    place = alex.terms.get().place
    year = financial_year(timezone.localdate())
    budget = BudgetFactory(councillor=alex, place=place, year=year, allocated_pence=5_000_00)
    AwardFactory(
        budget=budget, title="Benches by the mill", amount_pence=1_000_00, decided_on=date(year, 6, 1)
    )
    address = alex.get_absolute_url().rstrip("/")
    said = client.get(f"{address}.json").json()
    assert (said["title"], said["totals"]["remaining_pence"]) == ("Alex Example", 4_000_00)
    assert [term["place"] for term in said["terms"]] == ["Mill Hill"]
    assert [row["allocated"] for row in said["budgets"]] == ["5000.00"]
    assert [row["title"] for row in said["awards"]] == ["Benches by the mill"]
    assert "Benches by the mill" in client.get(f"{address}.csv").text
    assert f"{address}.csv" in words(client.get(alex.get_absolute_url()))


def test_a_twin_under_an_old_slug_leads_to_the_right_one(client, alex):
    answer = client.get(f"/councillors/{alex.pk}-someone-else.json")
    assert (answer.status_code, answer["Location"]) == (302, f"/councillors/{alex.pk}-alex-example.json")


def test_as_many_queries_for_many_terms_as_for_one(client, alex):
    def queries() -> int:
        client.get(alex.get_absolute_url())
        with CaptureQueriesContext(connection) as seen:
            assert client.get(alex.get_absolute_url()).status_code == 200
        return len(seen)

    one = queries()
    for number in range(20):
        TermFactory(councillor=alex, place=PlaceFactory(name=f"Place {number}"))
    assert queries() == one
