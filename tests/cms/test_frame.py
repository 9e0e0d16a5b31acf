"""What stands around every page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from cms.models import Brand, HomePage, Menu, MenuItem, Notice, StandardPage
from engage.audit.models import Source
from tests.factories import AccountFactory, CouncillorFactory

pytestmark = pytest.mark.django_db


def texts(client: Client) -> list[str]:
    return [str(item["text"]) for item in client.get("/").context["navigation"]]


def test_without_a_menu_the_front_doors_and_the_pages_in_menus(client: Client, home: HomePage) -> None:
    home.add_child(instance=StandardPage(title="About us", slug="about", show_in_menus=True))
    home.add_child(instance=StandardPage(title="Small print", slug="small"))
    assert texts(client) == ["Budgets", "Ideas", "Ballots", "Grants", "Councillors", "About us"]


def test_an_editors_menu_replaces_it(client: Client, home: HomePage) -> None:
    draft = home.add_child(instance=StandardPage(title="Not yet", slug="draft", live=False))
    menu = Menu.for_site(Site.objects.get())
    menu.items.add(
        MenuItem(text="Say something", act="suggest"),
        MenuItem(page=home),
        MenuItem(page=draft),
        MenuItem(kind="footer", act="councillors"),
    )
    menu.save()
    assert texts(client) == ["Say something", "Home"]
    assert [item["url"] for item in client.get("/").context["footer_links"]] == ["/councillors/"]


def test_the_menu_says_where_the_reader_is(client: Client) -> None:
    current = [item["url"] for item in client.get("/ideas/").context["navigation"] if item["current"]]
    assert current == ["/ideas/"]


def test_a_menu_link_leads_to_one_place(home: HomePage) -> None:
    from django.core.exceptions import ValidationError

    for item in (MenuItem(text="Nowhere"), MenuItem(page=home, act="suggest")):
        with pytest.raises(ValidationError, match="Choose where the link leads"):
            item.clean()


@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [(None, None, True), (-1, 1, True), (1, None, False), (None, -1, False), (-2, -1, False)],
)
def test_the_banner_keeps_its_dates(
    client: Client, starts: int | None, ends: int | None, shown: bool
) -> None:
    def moment(hours: int | None):
        return None if hours is None else timezone.now() + timedelta(hours=hours)

    Notice.objects.create(
        site=Site.objects.get(),
        level="urgent",
        text="The river is rising.",
        starts_at=moment(starts),
        ends_at=moment(ends),
    )
    assert ("The river is rising." in client.get("/").text) is shown


def test_the_frame_costs_nothing_the_second_time(
    client: Client, home: HomePage, django_assert_num_queries
) -> None:
    Brand.objects.create(site=Site.objects.get(), site_name="Tidewold")
    assert "Tidewold" in client.get("/search/").text
    with django_assert_num_queries(0):
        assert "Tidewold" in client.get("/search/").text


def test_every_page_says_whose_open_data_the_site_uses(
    client: Client, django_capture_on_commit_callbacks
) -> None:
    client.get("/search/")
    with django_capture_on_commit_callbacks(execute=True):
        Source.objects.create(
            name="Grants", attribution="Contains data of Example Council", licence_name="OGL"
        )
    assert "Contains data of Example Council" in client.get("/search/").text


def test_a_councillor_has_a_way_to_their_budget(client: Client) -> None:
    councillor = CouncillorFactory(account=AccountFactory())
    client.force_login(councillor.account)
    assert "/budgets/mine/" in client.get("/search/").text
    client.force_login(AccountFactory())
    assert "/budgets/mine/" not in client.get("/search/").text
