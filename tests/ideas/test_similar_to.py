"""The most similar ideas: by words for the same, by letters, near by; public ones only."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engage.demo.crowd import Crowd
from ideas.actions import withdraw_idea
from ideas.enums import IdeaStatus
from ideas.models import Idea
from ideas.queries import similar_to
from tests.factories import IdeaFactory, PlaceFactory, ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def others(db) -> None:
    for title in ("A youth club", "Bus to the hospital", "Wi-Fi in the hall", "Wildflowers by the church"):
        IdeaFactory(title=title, description="It would be good for all of us.")


def titles(*args, **kwargs) -> list[str]:
    return [idea.title for idea in similar_to(*args, **kwargs)]


def test_an_idea_in_other_words_comes_first(others):
    IdeaFactory(title="Drop the kerb outside the chemist", description="I cannot get down.")
    assert titles("Wheelchairs cannot cross to the pharmacy")[0] == "Drop the kerb outside the chemist"


def test_a_mistyped_title_is_found_by_its_letters(others):
    IdeaFactory(title="Telescope on the castle mound")
    assert titles("Telescop at the casle mound")[0] == "Telescope on the castle mound"


def test_a_rare_word_counts_for_more_than_a_common_one():
    for n in range(20):
        IdeaFactory(title=f"Bench number {n}", description="To rest.")
    IdeaFactory(title="Telescope", description="To see the ships.")
    IdeaFactory(title="Another bench", description="To rest.")
    assert titles("Bench with a telescope")[0] == "Telescope"


def test_a_name_of_two_words_counts_together():
    IdeaFactory(title="Trees for Mill Street", description="Shade.")
    IdeaFactory(title="Trees for the old mill by the lane", description="Shade.")
    IdeaFactory(title="Trees on Mill Lane", description="Shade.")
    assert titles("More shade on Mill Lane")[0] == "Trees on Mill Lane"


def test_the_description_helps_before_sending(others):
    wanted = IdeaFactory(title="Keep it open", description="The swimming pool must not close.")
    assert wanted.title not in titles("Save our favourite")
    assert wanted.title in titles("Save our favourite", description="They want to close the swimming baths.")


def test_of_two_that_say_the_same_the_one_near_by_comes_first():
    here, there = PlaceFactory(), PlaceFactory()
    for place in (there, here, there):
        IdeaFactory(title="Litter bins", description="Please.", place=place)
    assert similar_to("Rubbish", near=here)[0].place == here


def test_a_part_of_the_place_is_near_by_too():
    division = PlaceFactory()
    parish = PlaceFactory(parent=division)
    IdeaFactory(title="Litter bins", place=PlaceFactory())
    IdeaFactory(title="Litter bins", place=parish)
    assert similar_to("Rubbish", near=division)[0].place == parish


def test_a_place_named_in_the_title_is_near():
    place = PlaceFactory(name="Otter Bay")
    IdeaFactory(title="Litter bins", place=PlaceFactory(name="Elsewhere"))
    IdeaFactory(title="Litter bins", place=place)
    assert similar_to("Rubbish in Otter Bay")[0].place == place


def test_only_what_everybody_can_see_is_shown():
    kept = IdeaFactory(title="Litter bins for the quay")
    withdrawn, held, joined, removed = (IdeaFactory(title="Litter bins for the quay") for _ in range(4))
    withdraw_idea(idea=withdrawn, by=withdrawn.author.account, at=timezone.now())
    Idea.objects.filter(pk=held.pk).update(held_at=timezone.now())
    Idea.objects.filter(pk=joined.pk).update(status=IdeaStatus.MERGED, merged_into=kept)
    Idea.objects.filter(pk=removed.pk).update(status=IdeaStatus.REMOVED)
    assert similar_to("Litter bins for the quay") == [kept]


@pytest.mark.parametrize(
    "title", ["", "  ", "bus", "the and of", "!!! ??? &|<->:*", "'", "\0nul\0", "x" * 3000]
)
def test_what_says_nothing_finds_nothing(others, title):
    assert similar_to(title, description=title) == []


def test_what_is_about_something_else_finds_nothing(others):
    assert similar_to("Planetarium with a dome") == []


def test_there_are_never_more_than_asked_for():
    for n in range(8):
        IdeaFactory(title=f"Bench {n}")
    assert len(similar_to("Bench")) == 5
    assert len(similar_to("Bench", limit=3)) == 3


@pytest.mark.parametrize(("title", "statements"), [("Benches in the park", 2), ("Benches on the quay", 3)])
def test_it_takes_as_many_statements_however_many_ideas_there_are(title, statements):
    """One more where a word is in no list: what others have written may know it."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            found = similar_to(title, description="To rest, to talk and to see the ships.")
            assert [str(idea.place) for idea in found]
        return len(seen)

    IdeaFactory(title=title)
    assert asked() == statements
    for n in range(29):
        IdeaFactory(title=f"{title} {n}")
    assert asked() == statements


def test_the_index_answers():
    """The expression is that of the index; else the planner could not use it."""
    first = IdeaFactory(title="Bench on the quay")
    Idea.objects.bulk_create(
        Idea(title=each.title, description=each.text, place=first.place, suggested_at=each.at)
        for each in Crowd(ideas=1000).asked
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ideas_idea")
        cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as statements:
        similar_to("Bench on the quay")
    with connection.cursor() as cursor:
        (ordering,) = (each["sql"] for each in statements if "WITH concept" in each["sql"])
        cursor.execute("EXPLAIN " + ordering)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Bitmap Index Scan on idea_words" in plan


def test_where_one_lives_is_near_while_one_types(client):
    resident = ResidentFactory(home=PlaceFactory(name="Otter Bay"))
    for place in (PlaceFactory(), resident.home, PlaceFactory()):
        IdeaFactory(title="Litter bins", place=place)
    address = "/ideas/new/similar/?title=Rubbish everywhere"
    assert "Otter Bay" not in client.get(address).content.decode().split("</li>")[0]
    client.force_login(resident.account)
    assert "Otter Bay" in client.get(address).content.decode().split("</li>")[0]


def test_the_place_of_the_draft_comes_before_where_one_lives_while_one_types(client):
    resident = ResidentFactory(home=PlaceFactory(name="Otter Bay"))
    chosen = PlaceFactory(name="Elm Hill", slug="elm-hill")
    for place in (resident.home, chosen, PlaceFactory()):
        IdeaFactory(title="Litter bins", place=place)
    client.force_login(resident.account)
    begun = client.post("/ideas/new/", {"place": "elm-hill"}).headers["Location"]
    draft = begun.split("/")[3]
    found = client.get(f"/ideas/new/similar/?title=Rubbish everywhere&draft={draft}").content.decode()
    assert "Elm Hill" in found.split("</li>")[0]
    client.force_login(ResidentFactory().account)
    assert client.get(f"/ideas/new/similar/?title=Rubbish&draft={draft}").status_code == 404


def test_a_misspelt_name_is_found_as_others_write_it():
    meant = IdeaFactory(title="Speed cameras on Kestrel Road")
    IdeaFactory(title="Speed cameras on the bypass")
    assert similar_to("Sped cameras kestral rd")[0] == meant
