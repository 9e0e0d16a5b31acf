"""`/councillors/`: who serves now, found by name and place, in a constant number of queries."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engage.councillors.models import Councillor
from tests.factories import CouncillorFactory, PlaceFactory, TermFactory

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def today():
    return timezone.localdate()


def test_the_list_shows_who_serves_today(client, today):
    TermFactory(councillor__name="Alex Example", place__name="Mill Hill")
    TermFactory(councillor__name="Robin Gone", ends_on=today - timedelta(days=1))
    TermFactory(councillor__name="Sam Soon", starts_on=today + timedelta(days=1))
    CouncillorFactory(name="Nobody Yet")
    page = words(client.get("/councillors/"))
    assert "Alex Example" in page
    assert "Mill Hill" in page
    assert "1 councillor" in page
    assert not any(name in page for name in ("Robin Gone", "Sam Soon", "Nobody Yet"))


def test_somebody_who_serves_on_their_last_day_is_still_there(client, today):
    TermFactory(councillor__name="Robin Last", ends_on=today)
    assert "Robin Last" in words(client.get("/councillors/"))


def test_filters_by_name_and_place(client):
    mill = PlaceFactory(name="Mill", slug="mill")
    TermFactory(councillor__name="Alex Example", place=mill)
    TermFactory(councillor__name="Robin Sample")
    assert "Robin Sample" not in words(client.get("/councillors/?place=mill"))
    by_name = words(client.get("/councillors/?q=sAmPle"))
    assert "Robin Sample" in by_name
    assert "Alex Example" not in by_name


def test_no_one_found_says_what_to_do(client):
    TermFactory()
    page = words(client.get("/councillors/?q=zebra"))
    assert "No councillor found" in page
    assert "Show all councillors" in page


def test_no_councillors_yet_leads_to_the_budgets(client):
    page = words(client.get("/councillors/"))
    assert "No councillors here yet" in page
    assert 'href="/budgets/"' in page


@pytest.mark.parametrize("query", ["place=nowhere", f"q={'x' * 101}", "q=%00"])
def test_filters_not_understood(client, query: str):
    TermFactory(councillor__name="Alex Example")
    page = client.get(f"/councillors/?{query}")
    assert page.status_code == 200
    assert "There is a problem" in words(page)
    assert "Alex Example" in words(page)
    assert client.get(f"/councillors.json?{query}").status_code == 422


def test_the_data_twins_say_the_same(client):
    TermFactory(councillor__name="Alex Example", councillor__group="Independent", place__name="Mill")
    said = client.get("/councillors.json").json()
    assert said["totals"] == {"councillors": 1}
    assert said["councillors"][0]["name"] == "Alex Example"
    assert said["councillors"][0]["places"] == "Mill"
    rows = list(csv.DictReader(io.StringIO(client.get("/councillors.csv").content.decode())))
    assert [(row["row"], row["name"]) for row in rows] == [("total", ""), ("councillor", "Alex Example")]


def test_as_many_queries_for_thirty_as_for_one(client):
    def queries() -> int:
        client.get("/councillors/")  # warms what is kept between requests
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/councillors/").status_code == 200
        return len(seen)

    TermFactory()
    one = queries()
    for _ in range(29):
        TermFactory()
    assert Councillor.objects.count() == 30
    assert queries() == one
