"""`manage.py generate_ideas`: a crowd, the same for the same seed, with counters that agree with their rows."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engage.demo.crowd import NOW, Crowd
from engage.demo.loaded import Loaded
from engage.demo.steps.land import load_land, load_themes
from engage.places.queries import place_at
from engage.residents.models import Resident
from ideas.actions import recount
from ideas.models import Comment, Idea, StatusChange, Support
from ideas.queries import MOST_CLUSTERS
from tests.factories import PlaceFactory

pytestmark = pytest.mark.slow

SMALL = {"ideas": 120, "supports": 900, "comments": 400, "busiest": 90, "residents": 80}


def generate(**options) -> str:
    out = StringIO()
    call_command("generate_ideas", stdout=out, **(SMALL | options))
    return out.getvalue()


@pytest.fixture
def land(db) -> None:
    loaded = Loaded()
    load_land(loaded)
    load_themes(loaded)


# --- the plan --------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_crowd_and_another_another():
    one, again, other = Crowd(**SMALL), Crowd(**SMALL), Crowd(**SMALL, seed="other")
    assert (one.names(), one.asked) == (again.names(), again.asked)
    assert list(one.supported()) == list(again.supported())
    assert list(one.said()) == list(again.said())
    assert one.asked != other.asked


def test_the_whole_crowd_is_as_many_as_it_says_and_no_idea_is_twice_the_same():
    crowd = Crowd()
    assert len({each.title for each in crowd.asked}) == 5_000
    assert max(len(each.title) for each in crowd.asked) <= 100
    per_idea = Counter(idea for idea, _resident, _at in crowd.supported())
    assert per_idea.total() == 200_000
    assert max(per_idea.values()) > 20 * min(per_idea.values())
    said = Counter(each.idea for each in crowd.said())
    assert said.total() == 50_000
    assert max(said.values()) >= 2_000


def test_nobody_supports_an_idea_twice_and_nothing_happens_before_it_was_suggested():
    crowd = Crowd(**SMALL)
    supported = list(crowd.supported())
    assert len({(idea, resident) for idea, resident, _at in supported}) == len(supported) == 900
    assert all(crowd.asked[idea].at <= at <= NOW for idea, _resident, at in supported)
    assert all(crowd.asked[each.idea].at <= each.at <= NOW for each in crowd.said())


def test_a_crowd_that_supports_all_it_can_does_so():
    crowd = Crowd(ideas=7, supports=35, comments=0, busiest=0, residents=5)
    assert len({(idea, who) for idea, who, _at in crowd.supported()}) == 35


def test_replies_answer_a_comment_and_not_a_reply():
    heads: dict[int, list[bool]] = {}
    for each in Crowd(**SMALL).said():
        talk = heads.setdefault(each.idea, [])
        assert each.answers is None or talk[each.answers]
        talk.append(each.answers is None)


# --- the command -----------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.django_db
def test_everything_is_there_and_counted(land):
    said = generate()
    assert said.strip() == "80 residents, 120 ideas, 900 supports, 400 comments"
    assert (Resident.objects.count(), Idea.objects.count()) == (80, 120)
    assert (Support.objects.count(), Comment.objects.count()) == (900, 400)
    assert recount() == 0
    assert Comment.objects.exclude(parent=None).exists()
    assert len(set(Comment.objects.filter(parent=None).values_list("stance", flat=True))) == 3
    changed = StatusChange.objects.exclude(reason="").count()
    assert changed == Idea.objects.exclude(status="open").count() > 0
    assert Idea.objects.exclude(theme=None).count() == 120


@pytest.mark.slow
@pytest.mark.django_db
def test_pins_lie_in_the_place_of_their_idea_and_the_map_gathers_them(land):
    generate()
    pinned = Idea.objects.filter(latitude__isnull=False).select_related("place")
    assert 50 < len(pinned) < 120
    assert all(place_at(lat=idea.latitude, lon=idea.longitude) == idea.place for idea in pinned[:20])
    page = Client().get("/ideas/").content.decode()
    assert 0 < page.count("map__pin-ring") <= min(MOST_CLUSTERS, len(pinned))


@pytest.mark.slow
@pytest.mark.django_db
def test_a_part_of_the_map_has_only_the_ideas_in_it(land):
    generate()
    idea = Idea.objects.filter(latitude__isnull=False).first()
    west, south = idea.longitude - 0.05, idea.latitude - 0.05
    box = f"{west:.4f},{south:.4f},{west + 0.1:.4f},{south + 0.1:.4f}"
    features = Client().get(f"/ideas.geojson?box={box}").json()["features"]
    assert idea.pk in [feature["id"] for feature in features]
    assert len(features) < Idea.objects.filter(latitude__isnull=False).count()
    assert all(west <= feature["geometry"]["coordinates"][0] <= west + 0.1 for feature in features)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_search_knows_them(land):
    generate()
    words = Idea.objects.order_by("pk").first().title
    assert words in Client().get("/search/", {"q": words}).content.decode().replace("&#x27;", "'")


@pytest.mark.slow
@pytest.mark.django_db
def test_a_fuller_site_asks_its_database_no_more_often(land):
    def statements(address: str) -> int:
        Client().get(address)
        with CaptureQueriesContext(connection) as seen:
            assert Client().get(address).status_code == 200
        return len(seen)

    def busiest() -> str:
        pinned = Idea.objects.public().filter(latitude__isnull=False)
        return pinned.order_by("-comments_count").first().get_absolute_url()

    generate()
    few = statements("/ideas/"), statements(busiest())
    generate(seed="more", ideas=400, supports=4000, comments=1500, busiest=600)
    assert (statements("/ideas/"), statements(busiest())) == few
    assert max(few) <= 12


@pytest.mark.django_db
def test_a_site_in_production_is_left_alone(land, settings):
    settings.LOCAL = False
    with pytest.raises(CommandError, match=r"in production.*add --yes"):
        generate()
    assert not Idea.objects.exists()
    assert "120 ideas" in generate(yes=True)


@pytest.mark.django_db
def test_a_site_without_places_says_what_to_load():
    PlaceFactory(kind="council")
    with pytest.raises(CommandError, match="no divisions or wards"):
        generate()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"supports": 120 * 80 + 1}, "fewer than 9,601 supports"),
        ({"ideas": 0}, "at least one idea"),
        ({"comments": -1}, "nothing below nought"),
    ],
)
def test_what_cannot_be_is_refused(land, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        generate(**options)
