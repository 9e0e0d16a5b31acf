"""The list and map of ideas, its filters and its twins."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ideas.models import Idea
from tests.factories import CallFactory, IdeaFactory, PlaceFactory, ThemeFactory

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 12


def words(response) -> str:
    return " ".join(response.content.decode().split())


def titles(response) -> list[str]:
    return [card["idea"].title for card in response.context["cards"]]


def statements(client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_an_empty_site_invites(client) -> None:
    page = client.get("/ideas/")
    assert page.status_code == 200
    assert "Be the first" in words(page)
    assert "/ideas/new/" in words(page)


@pytest.mark.slow
def test_the_number_of_statements_is_the_same_for_one_idea_and_for_thirty(
    client, square, account_with
) -> None:
    place, theme = square(), ThemeFactory()
    IdeaFactory(pin=(53.05, -1.95), theme=theme, call=CallFactory())
    client.force_login(account_with())
    client.get("/ideas/")  # what the site's frame keeps in memory is read now
    one = statements(client, "/ideas/")
    for number in range(30):
        IdeaFactory(pin=(53.001 + number / 400, -1.95), theme=theme, place=place)
    assert statements(client, "/ideas/") == one
    assert one <= MOST_STATEMENTS
    everything = f"/ideas/?text=skate&place={place.slug}&theme={theme.slug}&status=open&sort=supported"
    assert statements(client, everything) <= MOST_STATEMENTS


def test_a_place_includes_everything_below_it(client) -> None:
    county = PlaceFactory(name="County", slug="county")
    inside = PlaceFactory(parent=county)
    IdeaFactory(title="Inside", place=inside)
    IdeaFactory(title="Itself", place=county)
    IdeaFactory(title="Elsewhere")
    assert set(titles(client.get("/ideas/?place=county"))) == {"Inside", "Itself"}


def test_theme_status_and_call_narrow_the_list(client) -> None:
    theme, call = ThemeFactory(slug="parks"), CallFactory(slug="streets")
    both = IdeaFactory(title="Both", theme=theme, call=call)
    IdeaFactory(title="Neither")
    Idea.objects.filter(pk=both.pk).update(status="done")
    for query in ("theme=parks", "call=streets", "status=done"):
        assert titles(client.get(f"/ideas/?{query}")) == ["Both"], query


@pytest.mark.parametrize(
    "text", ["lighting", "SKATE", "skte park", "skatepark", "ramps after dark", "light skate"]
)
def test_words_are_found_in_other_forms_and_a_little_mistyped(client, text) -> None:
    IdeaFactory(title="Lights at the skate park", description="Nobody can see the ramps after dark.")
    IdeaFactory(title="A bench by the river", description="Somewhere to rest.")
    assert titles(client.get("/ideas/", {"text": text})) == ["Lights at the skate park"]


def test_the_best_match_comes_first_unless_another_order_is_asked_for(client, now) -> None:
    IdeaFactory(title="A bench", description="Near the swings.", at=now)
    IdeaFactory(title="Swings for everyone", description="New swings.", at=now - timedelta(days=9))
    assert titles(client.get("/ideas/?text=swings")) == ["Swings for everyone", "A bench"]
    assert titles(client.get("/ideas/?text=swings&sort=newest")) == ["A bench", "Swings for everyone"]


def test_sorting(client, now) -> None:
    for number, title in enumerate(["Old", "New"]):
        idea = IdeaFactory(title=title, at=now + timedelta(days=number))
        Idea.objects.filter(pk=idea.pk).update(supports_count=9 - number, comments_count=number)
    order = {"": "New", "newest": "New", "oldest": "Old", "supported": "Old", "discussed": "New"}
    for sort, first in order.items():
        assert titles(client.get(f"/ideas/?sort={sort}"))[0] == first, sort


def test_withdrawn_and_removed_ideas_are_nowhere(client) -> None:
    for status in ("withdrawn", "removed"):
        idea = IdeaFactory(title=f"Gone {status}")
        Idea.objects.filter(pk=idea.pk).update(status=status)
    assert titles(client.get("/ideas/")) == []
    assert client.get("/ideas.json").json()["ideas"] == []
    assert client.get(f"/ideas/{idea.pk}/card/").status_code == 404


@pytest.mark.parametrize(
    "query", ["place=nowhere", "status=withdrawn", "sort=upside-down", "box=1,2", "theme=x"]
)
def test_a_filter_that_is_not_understood_is_said_and_ignored(client, query) -> None:
    IdeaFactory(title="Shown")
    page = client.get(f"/ideas/?{query}")
    assert page.status_code == 422
    assert titles(page) == ["Shown"]
    assert "There is a problem" in words(page)
    assert client.get(f"/ideas.json?{query}").status_code == 422


def test_pages_of_results(client) -> None:
    for _ in range(13):
        IdeaFactory()
    assert len(titles(client.get("/ideas/"))) == 12
    assert len(titles(client.get("/ideas/?page=2"))) == 1
    assert "13 ideas" in words(client.get("/ideas/?page=2"))
    assert len(titles(client.get("/ideas/?page=nonsense"))) == 12


def test_pins_close_together_are_one_dot_that_opens_up(client, square) -> None:
    square()
    for step in range(5):
        IdeaFactory(pin=(53.010 + step / 10_000, -1.99))
    alone = IdeaFactory(title="Alone", pin=(53.09, -1.91))
    pins = client.get("/ideas/").context["map"]["pins"]
    assert sorted((pin["count"], pin["label"]) for pin in pins if not pin["count"]) == [("", "Alone")]
    assert {pin["url"] for pin in pins if not pin["count"]} == {f"/ideas/{alone.pk}/"}
    (dot,) = (pin for pin in pins if pin["count"])
    assert dot["count"] == 5
    closer = client.get(dot["url"])
    assert closer.context["found"].count == 5
    assert closer.context["map"]["view_box"] != client.get("/ideas/").context["map"]["view_box"]


def test_the_map_says_how_many_ideas_a_place_has(client, square) -> None:
    place = square(name="Elm Hill")
    IdeaFactory(place=place)
    IdeaFactory(place=PlaceFactory(parent=place))
    assert "Elm Hill: 2 ideas" in words(client.get("/ideas/"))


def test_an_open_call_is_announced_until_it_closes(client, now, time_machine) -> None:
    CallFactory(title="Safer streets", opens_at=now, closes_at=now + timedelta(days=1))
    time_machine.move_to(now, tick=False)
    assert "Suggest an idea for this call" in words(client.get("/ideas/"))
    time_machine.move_to(now + timedelta(days=1), tick=False)
    assert "Suggest an idea for this call" not in words(client.get("/ideas/"))


def test_the_twins_say_what_the_page_says(client, now) -> None:
    shown = IdeaFactory(title="=1+1", theme=ThemeFactory(slug="parks", name="Parks"), at=now)
    IdeaFactory(title="Another")
    page = client.get("/ideas/?theme=parks")
    assert page.context["links"].json == "/ideas.json?theme=parks"
    twin = client.get("/ideas.json?theme=parks").json()
    assert twin["totals"] == {"ideas": 1}
    assert [(row["id"], row["title"], row["theme"]) for row in twin["ideas"]] == [(shown.pk, "=1+1", "Parks")]
    assert twin["licence"]["name"] == "Open Government Licence v3.0"
    total, row = csv.DictReader(io.StringIO(client.get("/ideas.csv?theme=parks").content.decode()))
    assert total["ideas"] == "1"
    assert row["title"] == "'=1+1"
    assert shown.author.name not in client.get("/ideas.json").content.decode()


def test_the_map_twin_has_the_pins(client, square) -> None:
    square()
    pinned = IdeaFactory(pin=(53.05, -1.95))
    IdeaFactory()
    twin = client.get("/ideas.geojson").json()
    (feature,) = twin["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [-1.95, 53.05]}
    assert feature["properties"]["url"].endswith(pinned.get_absolute_url())


def test_a_card_can_be_fetched_alone(client) -> None:
    idea = IdeaFactory(title="Lights")
    card = words(client.get(f"/ideas/{idea.pk}/card/"))
    assert card.startswith(f'<li id="card-{idea.pk}"')
    assert f'data-live-topic="idea.{idea.pk}"' in card
