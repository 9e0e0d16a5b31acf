"""`/budgets/awards.atom`: what is new among the awards, for feed readers."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.models import Award
from tests.factories import AwardFactory, CouncillorFactory, ThemeFactory

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(client, query: str = "") -> ElementTree.Element:
    response = client.get(f"/budgets/awards.atom{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def titles(root: ElementTree.Element) -> list[str]:
    return [entry.findtext("a:title", namespaces=ATOM) for entry in root.findall("a:entry", ATOM)]


def test_the_newest_come_first_with_what_they_are_for(client):
    AwardFactory(title="Old", decided_on=date(2026, 5, 1))
    new = AwardFactory(
        title="Boat & <oars>",
        organisation__name="Rowers",
        theme=ThemeFactory(name="Water"),
        amount_pence=1_250_50,
    )
    root = feed(client, "?sort=oldest")
    assert titles(root)[0] == "£1,250.50 to Rowers: Boat & <oars>"
    assert titles(root)[1].endswith(": Old")
    entry = root.find("a:entry", ATOM)
    assert entry.find("a:link", ATOM).get("href") == f"http://testserver{new.get_absolute_url()}"
    assert entry.findtext("a:summary", namespaces=ATOM) == new.purpose
    assert entry.findtext("a:published", namespaces=ATOM).startswith("2026-06-01T00:00:00")
    assert {each.get("term") for each in entry.findall("a:category", ATOM)} == {new.place.name, "Water"}


def test_it_has_the_filters_of_the_list_and_the_list_leads_to_it(client):
    boat, tea = AwardFactory(title="A boat"), AwardFactory(title="Tea", budget__year=2025)
    query = f"?text=boat&place={boat.place.slug}"
    root = feed(client, query)
    assert [each.rpartition(": ")[2] for each in titles(root)] == ["A boat"]
    assert root.find("a:link[@rel='alternate']", ATOM).get("href").endswith(f"/budgets/awards/{query}")
    assert [each.rpartition(": ")[2] for each in titles(feed(client, "?year=2025"))] == [tea.title]
    page = client.get(f"/budgets/awards/{query}&sort=largest&page=1").content.decode()
    here = re.findall(r'<link rel="alternate"\s+type="application/atom\+xml"[^>]+href="([^"]+)">', page)
    assert here == [f"/budgets/awards.atom{query}".replace("&", "&amp;")]
    assert page.count(here[0]) == 2


def test_a_filter_that_is_not_understood_is_said_in_plain_text(client):
    response = client.get("/budgets/awards.atom?status=lost")
    assert response.status_code == 422
    assert "status" in response.content.decode()


def test_no_councillor_is_named(client):
    AwardFactory(budget__councillor=CouncillorFactory(name="Alex Named"))
    assert "Alex Named" not in ElementTree.tostring(feed(client), encoding="unicode")


@pytest.mark.slow
def test_it_asks_the_same_number_of_questions_however_much_there_is(client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            feed(client)
        return len(seen)

    AwardFactory()
    queries()
    few = queries()
    for _n in range(29):
        AwardFactory(theme=ThemeFactory())
    assert Award.objects.count() == 30
    assert queries() == few
