"""What search engines read first."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from budgets.models import BudgetsPage
from cms.models import HomePage, StandardPage
from tests.factories import AwardFactory, CouncillorFactory, IdeaFactory

pytestmark = pytest.mark.django_db


def locations(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "xml" in answer.headers["Content-Type"]
    return [
        each.text or "" for each in ElementTree.fromstring(answer.content).iter() if each.tag.endswith("}loc")
    ]


def test_robots_may_read_what_is_public(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    lines = answer.text.splitlines()
    assert {"Disallow: /admin/", "Disallow: /account/", "Disallow: /search/"} <= set(lines)
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_the_sitemap_lists_every_kind_of_address(client: Client, home: HomePage) -> None:
    home.add_child(instance=StandardPage(title="Parks", slug="parks"))
    home.add_child(instance=StandardPage(title="Draft", slug="draft", live=False))
    home.add_child(instance=BudgetsPage(title="Budgets", slug="budgets"))
    idea, award, person = IdeaFactory(), AwardFactory(), CouncillorFactory()
    hidden = IdeaFactory(title="Hidden")
    type(hidden).objects.filter(pk=hidden.pk).update(status="withdrawn")
    listed = [
        location.split("/", 3)[3]
        for section in locations(client, "/sitemap.xml")
        for location in locations(client, "/" + section.split("/", 3)[3])
    ]
    assert len(listed) == len(set(listed))
    for address in (
        idea.get_absolute_url(),
        award.get_absolute_url(),
        person.get_absolute_url(),
        f"/budgets/{award.budget.place.slug}/",
        "/parks/",
        "/budgets/",
        "/ideas/",
        "/",
    ):
        assert address[1:] in listed
    assert not [address for address in listed if "hidden" in address or "draft" in address]
