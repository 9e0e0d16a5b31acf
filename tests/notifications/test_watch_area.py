"""Watching a place or a theme from the list of ideas that is narrowed to it."""

import pytest

from tests.factories import PlaceFactory, ResidentFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_list_of_a_place_can_be_watched_and_says_so_at_once(
    client, django_capture_on_commit_callbacks
) -> None:
    place = PlaceFactory(name="Otterham", slug="otterham")
    client.force_login(ResidentFactory().account)
    address = "/ideas/?place=otterham"
    assert "Watch Otterham" in words(client.get(address))
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/notifications/follow/", {"topic": f"place.{place.pk}", "next": address})
    assert answer.headers["Location"] == address
    assert "You watch Otterham" in words(client.get(address))


def test_a_theme_as_well_and_without_either_there_is_nothing_to_watch(client) -> None:
    ThemeFactory(name="Parks", slug="parks")
    client.force_login(ResidentFactory().account)
    assert "Watch Parks" in words(client.get("/ideas/?theme=parks"))
    assert "Watch " not in words(client.get("/ideas/"))
    assert "Watch " not in words(client.get("/ideas/?place=nowhere"))


def test_the_signed_out_are_led_to_sign_in_and_back(client) -> None:
    PlaceFactory(name="Otterham", slug="otterham")
    page = words(client.get("/ideas/?place=otterham"))
    assert "Sign in to watch Otterham" in page
    assert "/account/login/?next=%2Fideas%2F%3Fplace%3Dotterham" in page
