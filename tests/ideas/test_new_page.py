"""Suggesting an idea on the page: by list, by pin, before signing in, and with mistakes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ideas.models import Idea
from tests.factories import CallFactory, IdeaFactory, PlaceFactory, ResidentFactory, ThemeFactory

pytestmark = pytest.mark.django_db

WORDS = {"title": "Lights at the skate park", "description": "It gets dark early."}


@pytest.fixture
def me(client):
    resident = ResidentFactory()
    client.force_login(resident.account)
    return resident


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_an_idea_is_published_at_once(client, me) -> None:
    place, theme = PlaceFactory(slug="elm-hill"), ThemeFactory(slug="parks")
    answer = client.post("/ideas/new/", WORDS | {"place": "elm-hill", "theme": "parks"})
    assert answer.status_code == 303
    idea = Idea.objects.get()
    assert answer.headers["Location"] == idea.get_absolute_url()
    assert (idea.place, idea.theme, idea.author, idea.call) == (place, theme, me, None)
    assert "Your idea is published" in words(client.get(idea.get_absolute_url()))


def test_the_page_says_first_that_it_takes_an_account(client) -> None:
    page = words(client.get("/ideas/new/"))
    assert page.index("You need an account") < page.index("<textarea")
    assert "/account/login/?next=%2Fideas%2Fnew%2F" in page


def test_what_was_typed_outlives_signing_in(client) -> None:
    PlaceFactory(slug="elm-hill")
    answer = client.post("/ideas/new/", WORDS | {"place": "elm-hill"})
    assert answer.headers["Location"] == "/account/login/?next=/ideas/new/"
    assert not Idea.objects.exists()
    client.force_login(ResidentFactory().account)
    page = client.get("/ideas/new/")
    assert "It gets dark early." in words(page)
    assert page.context["form"]["place"].value() == "elm-hill"
    assert "It gets dark early." not in words(client.get("/ideas/new/"))


def test_the_pin_decides_the_place(client, me, square) -> None:
    pinned, chosen = square(), PlaceFactory(slug="chosen")
    client.post("/ideas/new/", WORDS | {"place": chosen.slug, "latitude": "53.05", "longitude": "-1.95"})
    assert Idea.objects.get().place == pinned


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"title": ""}, "Give your idea a title."),
        ({"title": "x" * 101}, "101 characters long and there is room for 100"),
        ({"description": "x" * 4001}, "4001 characters long and there is room for 4000"),
        ({"place": ""}, "Choose the place your idea is for, or put a pin on the map."),
        ({"place": "nowhere"}, "Select a valid choice"),
        ({"latitude": "north"}, "Enter the latitude as a number of degrees"),
        ({"latitude": "53.05"}, "A pin needs both numbers"),
        (
            {"latitude": "51.5", "longitude": "0.1"},
            "The pin is outside the area of this council. Move it inside",
        ),
        ({"latitude": "nan", "longitude": "inf"}, "as a number of degrees"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(client, me, square, sent, sentence) -> None:
    square(slug="elm-hill")
    typed = WORDS | {"place": "elm-hill", "description": "My very own words"} | sent
    answer = client.post("/ideas/new/", typed)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "There is a problem" in words(answer)
    assert typed["description"][:50] in words(answer)
    assert not Idea.objects.exists()


def test_a_call_that_closed_meanwhile_is_refused_with_what_to_do(client, me, now, time_machine) -> None:
    PlaceFactory(slug="elm-hill")
    CallFactory(title="Parks", slug="parks", opens_at=now - timedelta(days=2), closes_at=now)
    time_machine.move_to(now, tick=False)
    assert "Is it for a call?" not in words(client.get("/ideas/new/?call=parks"))
    answer = client.post("/ideas/new/", WORDS | {"place": "elm-hill", "call": "parks"})
    assert answer.status_code == 422
    assert "“Parks” closed at 10:30am on Monday 1 June 2026" in words(answer)
    assert "without this call" in words(answer)
    assert not Idea.objects.exists()
    time_machine.move_to(now - timedelta(seconds=1), tick=False)
    assert "Is it for a call?" in words(client.get("/ideas/new/?call=parks"))
    assert client.post("/ideas/new/", WORDS | {"place": "elm-hill", "call": "parks"}).status_code == 303


def test_a_double_click_is_one_idea(client, me) -> None:
    PlaceFactory(slug="elm-hill")
    answers = [client.post("/ideas/new/", WORDS | {"place": "elm-hill"}) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Idea.objects.count() == 1


def test_without_scripts_a_press_on_the_picture_sets_the_pin(client, me, square) -> None:
    place = square(name="Elm Hill")
    page = client.get("/ideas/new/")
    picture = page.context["picture"]
    assert '<input type="image" name="map" src="/ideas/new/map.svg?' in words(page)
    middle = {"map.x": str(picture["width"] // 2), "map.y": str(picture["height"] // 2)}
    pressed = client.post("/ideas/new/", WORDS | middle)
    assert pressed.status_code == 200
    assert not Idea.objects.exists()
    assert "Your pin is in <b>Elm Hill</b>" in words(pressed)
    assert "It gets dark early." in words(pressed)
    form = pressed.context["form"]
    pin = {"latitude": form["latitude"].value(), "longitude": form["longitude"].value()}
    assert client.post("/ideas/new/", WORDS | pin).status_code == 303
    idea = Idea.objects.get()
    assert idea.place == place
    assert idea.latitude == pytest.approx(53.05, abs=0.001)
    assert idea.longitude == pytest.approx(-1.95, abs=0.001)


@pytest.mark.parametrize("x", ["0", "x", "-4", "9" * 400])
def test_enter_in_a_field_publishes_and_sets_no_pin(client, me, square, x) -> None:
    square(slug="elm-hill")
    pressed = {"map.x": x, "map.y": "0"}
    assert client.post("/ideas/new/", WORDS | {"place": "elm-hill"} | pressed).status_code == 303
    assert Idea.objects.get().latitude is None


def test_the_picture_shows_the_pin(client, square) -> None:
    square()
    plain = client.get("/ideas/new/map.svg")
    assert plain.headers["Content-Type"] == "image/svg+xml"
    assert "<circle" not in plain.content.decode()
    assert "<circle" in client.get("/ideas/new/map.svg?latitude=53.05&longitude=-1.95").content.decode()
    assert client.get("/ideas/new/map.svg?latitude=<script>&longitude=x").status_code == 200


def test_the_place_of_a_pin_is_told_as_it_moves(client, square) -> None:
    square(name="Elm Hill")
    inside = words(client.get("/ideas/new/place/?latitude=53.05&longitude=-1.95"))
    assert "Your pin is in <b>Elm Hill</b>" in inside
    assert "outside the area" in words(client.get("/ideas/new/place/?latitude=54&longitude=-1.95"))
    assert "No pin yet" in words(client.get("/ideas/new/place/?latitude=&longitude="))


def test_similar_ideas_are_shown_while_the_title_is_typed(client) -> None:
    IdeaFactory(title="Lights at the skate park")
    IdeaFactory(title="A bench by the river")
    Idea.objects.filter(pk=IdeaFactory(title="Skate park lights withdrawn").pk).update(status="withdrawn")
    found = words(client.get("/ideas/new/similar/?title=skate park lighting"))
    assert "Lights at the skate park" in found
    assert "bench" not in found
    assert "withdrawn" not in found
    assert "<li>" not in words(client.get("/ideas/new/similar/?title=sk"))
    assert "<li>" in words(client.get("/ideas/new/similar/?title=skate park%00lighting"))


def test_a_council_without_boundaries_still_takes_ideas(client, me) -> None:
    PlaceFactory(slug="elm-hill")
    assert "data-pin-map" not in words(client.get("/ideas/new/"))
    pressed = {"map.x": "10", "map.y": "10"}
    assert client.post("/ideas/new/", WORDS | {"place": "elm-hill"} | pressed).status_code == 303


def test_the_number_of_statements_does_not_grow_with_places(client, me, square) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/ideas/new/").status_code == 200
        return len(seen)

    square()
    client.get("/ideas/new/")
    one = statements()
    for step in range(1, 20):
        square(west=-2.0 + step / 10)
    assert statements() == one
    assert one <= 12
