"""Suggesting an idea, page by page: kept at every step, by list, street, pin, and with mistakes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engage.places.models import Address
from ideas.models import CallQuestion, Idea, IdeaDraft, QuestionReply, Support
from tests.factories import CallFactory, IdeaFactory, PlaceFactory, ResidentFactory, ThemeFactory
from tests.ideas.writing import WORDS, Writing, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client):
    resident = ResidentFactory()
    client.force_login(resident.account)
    return resident


def test_an_idea_is_published_at_once(client, me) -> None:
    place, theme = PlaceFactory(slug="elm-hill"), ThemeFactory(slug="parks")
    writing = Writing(client).fill(place="elm-hill", theme={"theme": "parks", "rough_cost": "£1,250.50"})
    answer = writing.send("check")
    assert answer.status_code == 303
    idea = Idea.objects.get()
    assert answer.headers["Location"] == idea.get_absolute_url()
    assert (idea.title, idea.description) == (WORDS["title"], WORDS["description"])
    assert (idea.place, idea.theme, idea.author, idea.call) == (place, theme, me, None)
    assert idea.rough_cost_pence == 1250_50
    assert not IdeaDraft.objects.exists()
    page = words(client.get(idea.get_absolute_url()))
    assert "Your idea is published" in page
    assert "£1,250.50, as the author guesses" in page


def test_one_thing_at_a_time_with_how_far_there_is_to_go(client, me) -> None:
    PlaceFactory(slug="elm-hill")
    writing = Writing(client)
    assert writing.first.endswith("/title/")
    title = words(writing.get("title"))
    assert "Step 1 of 7" in title
    assert "<textarea" not in title
    answer = writing.send("title", title="A bench")
    assert answer.headers["Location"] == writing.url("description")
    assert "Step 2 of 7" in words(client.get(answer.headers["Location"]))
    back = writing.client.post(writing.url("title"), {"title": "Two benches", "back": "check"})
    assert back.headers["Location"] == writing.url("check")


def test_a_draft_is_kept_at_every_step_and_carried_on(client, me) -> None:
    writing = Writing(client)
    writing.send("title", title="A bench by the pond")
    elsewhere = Client()
    elsewhere.force_login(me.account)
    for path in ("/ideas/new/", "/account/"):
        page = words(elsewhere.get(path))
        assert "A bench by the pond" in page
        assert writing.url("description") in page
    assert "A bench by the pond" in words(elsewhere.get(writing.url("title")))


def test_somebody_elses_draft_is_not_there(client, me) -> None:
    writing = Writing(client)
    writing.send("title", title="A bench by the pond")
    somebody_else, signed_out = Client(), Client()
    somebody_else.force_login(ResidentFactory().account)
    for path in (writing.url("title"), writing.url("delete"), writing.url("check")):
        assert somebody_else.get(path).status_code == 404
        assert somebody_else.post(path, {"title": "Mine"}).status_code == 404
        assert signed_out.get(path).headers["Location"].startswith("/account/login/")
        assert signed_out.post(path, {"title": "Mine"}).headers["Location"].startswith("/account/login/")
    assert IdeaDraft.objects.get().data["title"] == "A bench by the pond"
    assert client.get(f"/ideas/new/{uuid4()}/title/").status_code == 404


def test_a_draft_is_deleted_after_asking(client, me) -> None:
    writing = Writing(client)
    assert "Delete this draft?" in words(writing.get("delete"))
    assert IdeaDraft.objects.exists()
    assert writing.send("delete").headers["Location"] == "/ideas/new/"
    assert not IdeaDraft.objects.exists()


def test_what_a_guest_wrote_is_theirs_after_signing_in(client) -> None:
    PlaceFactory(slug="elm-hill")
    writing = Writing(client).fill(place="elm-hill")
    me = ResidentFactory()
    client.force_login(me.account)
    assert WORDS["title"] in words(client.get("/ideas/new/"))
    assert IdeaDraft.objects.get().author == me
    assert writing.send("check").status_code == 303
    assert Idea.objects.get().author == me


def test_the_pin_decides_the_place(client, me, square) -> None:
    pinned, chosen = square(), PlaceFactory(slug="chosen")
    pin = {"place": chosen.slug, "latitude": "53.05", "longitude": "-1.95"}
    writing = Writing(client)
    writing.send("title", title=WORDS["title"])
    writing.send("description", description=WORDS["description"])
    assert writing.send("place", **pin).status_code == 303
    writing.send("check")
    assert Idea.objects.get().place == pinned


def test_no_single_place_is_the_whole_council(client, me) -> None:
    council = PlaceFactory(kind="council", slug="anyshire", name="Anyshire")
    PlaceFactory(slug="elm-hill", parent=council)
    writing = Writing(client)
    assert "No single place: all of Anyshire" in words(writing.get("place"))
    writing.fill(place="anyshire")
    assert "No single place: all of Anyshire" in words(writing.get("check"))
    writing.send("check")
    assert Idea.objects.get().place == council


class TestByAddress:
    @pytest.fixture
    def street(self, square) -> Address:
        place = square(name="Elm Hill")
        return Address.objects.create(
            text="Ferry Road", postcode="QX12AB", latitude=53.05, longitude=-1.95, place=place
        )

    @pytest.mark.parametrize("typed", ["QX1 2AB", "qx12ab", "ferry road"])
    def test_a_street_is_found_and_pressed(self, client, me, street, typed) -> None:
        writing = Writing(client)
        found = writing.send("place", find=typed, look="yes")
        assert found.status_code == 200
        assert f'name="address" value="{street.pk}"' in words(found)
        pressed = writing.send("place", find=typed, address=str(street.pk))
        assert "Your pin is at <b>Ferry Road, QX1 2AB</b>" in words(pressed)
        assert "Your pin is in <b>Elm Hill</b>" in words(pressed)
        writing.send("title", title=WORDS["title"])
        writing.send("description", description=WORDS["description"])
        writing.send("place", latitude="53.050000", longitude="-1.950000")
        assert "Ferry Road, QX1 2AB" in words(writing.get("check"))
        writing.send("check")
        idea = Idea.objects.get()
        assert (idea.address, idea.place) == ("Ferry Road, QX1 2AB", street.place)
        assert "Ferry Road, QX1 2AB" in words(client.get(idea.get_absolute_url()))

    def test_a_pin_moved_away_is_no_longer_at_the_address(self, client, me, street) -> None:
        writing = Writing(client)
        writing.send("place", find="QX1 2AB", address=str(street.pk))
        writing.send("title", title=WORDS["title"])
        writing.send("description", description=WORDS["description"])
        writing.send("place", latitude="53.06", longitude="-1.95")
        writing.send("check")
        assert Idea.objects.get().address == ""

    def test_what_is_not_known_is_said_and_stays_in_the_box(self, client, me, street) -> None:
        found = Writing(client).send("place", find="QX9 9ZZ", look="yes")
        assert "We do not know “QX9 9ZZ”" in words(found)
        assert 'value="QX9 9ZZ"' in words(found)

    def test_a_pin_is_taken_away(self, client, me, street) -> None:
        writing = Writing(client)
        writing.send("place", find="QX1 2AB", address=str(street.pk))
        assert "Take the pin away" in words(writing.get("place"))
        without = writing.send("place", latitude="53.05", longitude="-1.95", unpin="yes")
        assert "No pin yet" in words(without)
        assert "Or choose from the list" in words(without)


@pytest.mark.parametrize(
    ("step", "sent", "sentence"),
    [
        ("title", {"title": ""}, "Give your idea a title."),
        ("title", {"title": "x" * 101}, "101 characters long and there is room for 100"),
        ("description", {"description": ""}, "Say what your idea is."),
        ("description", {"description": "x" * 4001}, "4001 characters long and there is room for 4000"),
        ("place", {"place": ""}, "Choose the place your idea is for, or put a pin on the map."),
        ("place", {"place": "nowhere"}, "Choose a place from the list."),
        ("place", {"latitude": "north"}, "Enter the latitude as a number of degrees"),
        ("place", {"latitude": "53.05"}, "A pin needs both numbers"),
        (
            "place",
            {"latitude": "51.5", "longitude": "0.1"},
            "The pin is outside the area of this council. Move it inside",
        ),
        ("place", {"latitude": "nan", "longitude": "inf"}, "as a number of degrees"),
        ("place", {"latitude": "53.05", "longitude": "9e999"}, "as a number of degrees"),
        ("theme", {"rough_cost": "a lot"}, "Enter an amount in pounds"),
        ("theme", {"rough_cost": "2,000,000,000"}, "Check the number of noughts"),
        ("theme", {"theme": "none"}, "is not on the list"),
        (
            "co-authors",
            {"co_authors": "kim@example.org\nkim at home"},
            "“kim at home” is not an email address",
        ),
        (
            "co-authors",
            {"co_authors": "\n".join(f"p{n}@example.org" for n in range(6))},
            "You named 6 people. Name at most 5.",
        ),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(client, me, square, step, sent, sentence) -> None:
    square(slug="elm-hill")
    writing = Writing(client)
    answer = writing.send(step, **sent)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "There is a problem" in words(answer)
    again = writing.get(step)
    for name, value in sent.items():
        if name not in {"place", "theme"}:
            assert answer.context["form"][name].value() == value
            assert again.context["form"][name].value() == value


def test_the_last_page_names_what_is_missing_and_sends_nothing(client, me) -> None:
    writing = Writing(client)
    answer = writing.send("check")
    assert answer.status_code == 422
    page = words(answer)
    for sentence in (
        "Give your idea a title.",
        "Say what your idea is.",
        "Choose the place your idea is for",
    ):
        assert sentence in page
    assert f"{writing.url('title')}?back=check" in page
    assert not Idea.objects.exists()


class TestCalls:
    def test_an_open_call_is_offered_and_its_questions_asked(self, client, me, now, time_machine) -> None:
        time_machine.move_to(now, tick=False)
        PlaceFactory(slug="elm-hill")
        call = CallFactory(title="Parks", slug="parks")
        who = CallQuestion.objects.create(call=call, label="Who would use it?", kind="short", required=True)
        days = CallQuestion.objects.create(
            call=call, label="On which days?", kind="several_of", choices="Monday\nSunday", order=1
        )
        phone = CallQuestion.objects.create(
            call=call, label="May we ring you?", kind="yes_no", public=False, order=2
        )
        writing = Writing(client)
        assert writing.first.endswith("/call/")
        writing.send("call", call="parks")
        writing.fill(place="elm-hill")
        assert "Questions for this call" in words(writing.get("questions"))
        wrong = writing.send("questions", **{f"q{days.pk}": ["Monday", "Sunday"]})
        assert (wrong.status_code, "Answer this question" in words(wrong)) == (422, True)
        right = {f"q{who.pk}": "Children", f"q{days.pk}": ["Monday", "Sunday"], f"q{phone.pk}": "no"}
        assert writing.send("questions", **right).status_code == 303
        assert writing.send("check").status_code == 303
        idea = Idea.objects.get()
        assert idea.call == call
        assert {
            reply.question: reply.value for reply in QuestionReply.objects.select_related("question")
        } == {
            who: "Children",
            days: ["Monday", "Sunday"],
            phone: False,
        }
        page = words(client.get(idea.get_absolute_url()))
        assert "Who would use it?" in page
        assert "Monday, Sunday" in page
        assert "May we ring you?" not in page
        twin = client.get(idea.get_absolute_url().rstrip("/") + ".json").json()
        assert twin["replies"] == [
            {"question": "Who would use it?", "reply": "Children"},
            {"question": "On which days?", "reply": "Monday, Sunday"},
        ]

    def test_a_link_may_choose_the_call(self, client, me, now, time_machine) -> None:
        time_machine.move_to(now, tick=False)
        CallFactory(slug="parks")
        page = client.get("/ideas/new/?call=parks&place=elm-hill")
        assert '<input type="hidden" name="call" value="parks">' in words(page)
        writing = Writing(client, call="parks", place="elm-hill")
        assert writing.first.endswith("/title/")
        assert IdeaDraft.objects.get().data == {"call": "parks", "place": "elm-hill"}

    def test_one_that_closed_meanwhile_is_refused_with_what_to_do(
        self, client, me, now, time_machine
    ) -> None:
        time_machine.move_to(now - timedelta(seconds=1), tick=False)
        PlaceFactory(slug="elm-hill")
        CallFactory(title="Parks", slug="parks", opens_at=now - timedelta(days=2), closes_at=now)
        writing = Writing(client, call="parks").fill(place="elm-hill")
        time_machine.move_to(now, tick=False)
        answer = writing.send("check")
        assert answer.status_code == 409
        assert "“Parks” closed at 10:30am on Monday 1 June 2026" in words(answer)
        assert "without this call" in words(answer)
        assert not Idea.objects.exists()
        assert writing.send("check", without_call="yes").status_code == 303
        assert Idea.objects.get().call is None

    def test_a_limit_for_each_person_is_said(self, client, me, now, time_machine) -> None:
        time_machine.move_to(now, tick=False)
        place = PlaceFactory(slug="elm-hill")
        call = CallFactory(title="Parks", slug="parks", ideas_each=1)
        IdeaFactory(author=me, call=call, place=place)
        answer = Writing(client, call="parks").fill(place="elm-hill").send("check")
        assert answer.status_code == 409
        assert "Each person can suggest 1 idea for “Parks”" in words(answer)
        assert Idea.objects.count() == 1

    def test_a_place_that_the_call_is_not_for_is_not_offered(self, client, me, now, time_machine) -> None:
        time_machine.move_to(now, tick=False)
        near = PlaceFactory(slug="near")
        PlaceFactory(slug="far", name="Far Away")
        CallFactory(slug="parks").places.add(near)
        writing = Writing(client, call="parks")
        assert "Far Away" not in words(writing.get("place"))
        assert writing.send("place", place="far").status_code == 422


def test_a_double_click_is_one_idea(client, me) -> None:
    PlaceFactory(slug="elm-hill")
    writing = Writing(client).fill(place="elm-hill")
    answers = [writing.send("check") for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert writing.get("title").headers["Location"] == Idea.objects.get().get_absolute_url()
    assert Idea.objects.count() == 1


def test_without_scripts_a_press_on_the_picture_sets_the_pin(client, me, square) -> None:
    place = square(name="Elm Hill")
    writing = Writing(client)
    page = writing.get("place")
    picture = page.context["picture"]
    assert '<input type="image" name="map" src="/ideas/new/map.svg?' in words(page)
    middle = {"map.x": str(picture["width"] // 2), "map.y": str(picture["height"] // 2)}
    pressed = writing.send("place", **middle)
    assert pressed.status_code == 200
    assert "Your pin is in <b>Elm Hill</b>" in words(pressed)
    form = pressed.context["form"]
    pin = {"latitude": form["latitude"].value(), "longitude": form["longitude"].value()}
    assert writing.send("place", **pin).status_code == 303
    writing.send("title", title=WORDS["title"])
    writing.send("description", description=WORDS["description"])
    assert writing.send("check").status_code == 303
    idea = Idea.objects.get()
    assert idea.place == place
    assert idea.latitude == pytest.approx(53.05, abs=0.001)
    assert idea.longitude == pytest.approx(-1.95, abs=0.001)


@pytest.mark.parametrize("x", ["0", "x", "-4", "9" * 400])
def test_enter_in_a_field_goes_on_and_sets_no_pin(client, me, square, x) -> None:
    square(slug="elm-hill")
    pressed = {"place": "elm-hill", "map.x": x, "map.y": "0"}
    writing = Writing(client)
    assert writing.send("place", **pressed).status_code == 303
    assert not IdeaDraft.objects.get().data.get("latitude")


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


class TestSimilarIdeas:
    def test_they_are_shown_while_the_title_is_typed(self, client) -> None:
        IdeaFactory(title="Lights at the skate park")
        IdeaFactory(title="A bench by the river", description="Somewhere to rest.")
        Idea.objects.filter(pk=IdeaFactory(title="Skate park lights withdrawn").pk).update(status="withdrawn")
        found = words(client.get("/ideas/new/similar/?title=skate park lighting"))
        assert "Lights at the skate park" in found
        assert "withdrawn" not in found
        assert "Support this one instead" not in found
        assert "<li" not in words(client.get("/ideas/new/similar/?title=sk"))
        assert "<li" in words(client.get("/ideas/new/similar/?title=skate park%00lighting"))

    def test_and_again_before_sending(self, client, me) -> None:
        like = IdeaFactory(title="Lights at the skate park")
        PlaceFactory(slug="elm-hill")
        writing = Writing(client).fill(place="elm-hill")
        assert f'formaction="{writing.url("instead")}{like.pk}/"' in words(writing.get("check"))

    def test_one_tap_supports_the_other_and_offers_to_delete_the_draft(self, client, me) -> None:
        like = IdeaFactory(title="Lights at the skate park")
        writing = Writing(client)
        writing.send("title", title="Lamps at the skate park")
        answer = client.post(f"{writing.url('instead')}{like.pk}/")
        assert answer.headers["Location"] == like.get_absolute_url()
        assert Support.objects.get().resident == me
        page = words(client.get(like.get_absolute_url()))
        assert "You were writing “Lamps at the skate park”" in page
        assert writing.url("delete") in page
        writing.send("delete")
        assert "You were writing" not in words(client.get(like.get_absolute_url()))

    def test_one_that_is_decided_is_only_to_be_read(self, client, me) -> None:
        like = IdeaFactory(title="Lights at the skate park")
        Idea.objects.update(status="done")
        writing = Writing(client)
        writing.send("title", title="Lights at the skate park")
        page = words(writing.get("title"))
        assert "<b>Done</b>" in page
        assert "Support this one instead" not in page
        assert (
            client.post(f"{writing.url('instead')}{like.pk}/").headers["Location"] == like.get_absolute_url()
        )
        assert "so its support no longer changes" in words(client.get(like.get_absolute_url()))
        assert not Support.objects.exists()

    def test_a_guest_signs_in_first(self, client) -> None:
        like = IdeaFactory()
        writing = Writing(client)
        answer = client.post(f"{writing.url('instead')}{like.pk}/")
        assert answer.headers["Location"].startswith("/account/login/?next=%2Fideas%2F")
        assert not Support.objects.exists()


def test_a_council_without_boundaries_still_takes_ideas(client, me) -> None:
    PlaceFactory(slug="elm-hill")
    writing = Writing(client)
    assert "data-pin-map" not in words(writing.get("place"))
    assert writing.send("place", **{"place": "elm-hill", "map.x": "10", "map.y": "10"}).status_code == 303


def test_what_a_browser_kept_goes_on_as_a_draft(client) -> None:
    writing = Writing(client, title="A bench", description="By the pond.")
    assert writing.first.endswith("/place/")
    assert IdeaDraft.objects.get().data == {"title": "A bench", "description": "By the pond."}


@pytest.mark.parametrize("step", ["title", "place", "check"])
def test_the_number_of_statements_does_not_grow_with_places(client, me, square, step) -> None:
    square()
    writing = Writing(client)

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert writing.get(step).status_code == 200
        return len(seen)

    statements()
    one = statements()
    for number in range(1, 20):
        square(west=-2.0 + number / 10)
        ThemeFactory()
        CallFactory()
    many = statements()
    assert many <= one + 4  # what belongs to calls is fetched once there is one
    for _ in range(10):
        CallFactory()
    assert statements() == many
    assert many <= 16
