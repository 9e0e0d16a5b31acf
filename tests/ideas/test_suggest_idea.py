"""Suggesting an idea."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from engage.audit.models import Record
from engage.kit.decisions import Refused
from ideas.actions import suggest_idea
from ideas.enums import IdeaStatus
from ideas.events import IDEA_SUGGESTED
from ideas.models import Idea
from tests.factories import CallFactory, PlaceFactory, ResidentFactory

pytestmark = pytest.mark.django_db

WORDS = {"title": "Lights at the skate park", "description": "It gets dark early."}


def test_an_idea_gathers_support_from_the_moment_it_is_suggested(resident, now) -> None:
    idea = suggest_idea(author=resident, place=PlaceFactory(), at=now, **WORDS)
    idea.refresh_from_db()
    assert (idea.status, idea.supports_count, idea.comments_count) == (IdeaStatus.OPEN, 0, 0)
    assert idea.suggested_at == now
    assert idea.get_absolute_url() == f"/ideas/{idea.pk}-lights-at-the-skate-park/"
    said = Record.objects.get(event=IDEA_SUGGESTED)
    assert (said.subject_id, said.actor_id) == (idea.pk, resident.account_id)


def test_the_pin_decides_the_place(resident, now, square) -> None:
    chosen, pinned = PlaceFactory(), square()
    idea = suggest_idea(author=resident, place=chosen, pin=(53.05, -1.95), at=now, **WORDS)
    assert idea.place == pinned
    assert (idea.latitude, idea.longitude) == (53.05, -1.95)


@pytest.mark.parametrize("pin", [(54.0, -1.95), (0.0, 0.0), (90.0, 0.0), (float("nan"), -1.95)])
def test_a_pin_outside_the_council_is_refused_with_what_to_do(resident, now, square, pin) -> None:
    with pytest.raises(Refused, match=r"outside the area of this council\. Move it inside") as refused:
        suggest_idea(author=resident, place=square(), pin=pin, at=now, **WORDS)
    assert (refused.value.denied.status, refused.value.denied.field) == (422, "pin")
    assert not Idea.objects.exists()


def test_an_idea_without_place_or_pin_is_refused(resident, now) -> None:
    with pytest.raises(Refused, match="Say which place"):
        suggest_idea(author=resident, at=now, **WORDS)


@pytest.mark.parametrize(
    ("words", "field", "sentence"),
    [
        ({"title": " \n "}, "title", "Give your idea a title"),
        ({"title": "\u202e\u200b"}, "title", "Give your idea a title"),
        ({"title": "x" * 101}, "title", "101 characters long and there is room for 100"),
        ({"description": ""}, "description", "Say what your idea is"),
        ({"description": "x" * 4001}, "description", "room for 4000"),
    ],
)
def test_words_that_do_not_fit_are_refused_and_nothing_is_written(
    resident, now, words, field, sentence
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        suggest_idea(author=resident, place=PlaceFactory(), at=now, **WORDS | words)
    assert refused.value.denied.field == field
    assert not Idea.objects.exists()
    assert not Record.objects.filter(event=IDEA_SUGGESTED).exists()


def test_a_call_takes_ideas_from_its_opening_until_just_before_it_closes(resident) -> None:
    opens, closes = datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 4, 1, 17, tzinfo=UTC)
    call, place = CallFactory(title="Parks", opens_at=opens, closes_at=closes), PlaceFactory()
    instant = timedelta(microseconds=1)
    with pytest.raises(Refused, match=r"“Parks” opens at 9am on Sunday 1 March 2026"):
        suggest_idea(author=resident, place=place, call=call, at=opens - instant, **WORDS)
    suggest_idea(author=resident, place=place, call=call, at=opens, **WORDS)
    suggest_idea(author=resident, place=place, call=call, at=closes - instant, **WORDS)
    with pytest.raises(
        Refused, match=r"“Parks” closed at 6pm on Wednesday 1 April 2026.*without this call"
    ) as refused:
        suggest_idea(author=resident, place=place, call=call, at=closes, **WORDS | {"title": "A bench"})
    assert refused.value.denied.status == 409
    assert Idea.objects.count() == 2


def test_an_idea_sent_twice_in_a_row_is_one_idea(resident, now) -> None:
    place = PlaceFactory()
    first = suggest_idea(author=resident, place=place, at=now, **WORDS)
    assert suggest_idea(author=resident, place=place, at=now + timedelta(seconds=3), **WORDS) == first
    assert suggest_idea(author=resident, place=place, at=now + timedelta(days=1), **WORDS) != first
    assert suggest_idea(author=ResidentFactory(), place=place, at=now, **WORDS) != first
    assert Record.objects.filter(event=IDEA_SUGGESTED).count() == Idea.objects.count() == 3


def test_signs_that_turn_the_direction_of_writing_are_left_out(resident, now) -> None:
    words = {"title": "Lights \u202eat the park", "description": "\u2067It gets dark early.\u2069"}
    idea = suggest_idea(author=resident, place=PlaceFactory(), at=now, **words)
    assert (idea.title, idea.description) == ("Lights at the park", "It gets dark early.")


@pytest.mark.django_db(transaction=True)
def test_the_limit_of_a_call_holds_however_fast_ideas_are_sent(now) -> None:
    resident, place, call = ResidentFactory(), PlaceFactory(), CallFactory(ideas_each=1)
    start, said = threading.Barrier(5), []

    def send(number: int) -> None:
        try:
            start.wait()
            suggest_idea(
                author=resident, place=place, call=call, at=now, title=f"Idea {number}", description="Words."
            )
        except Refused as refused:
            said.append(str(refused.denied.reason))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[number]) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Idea.objects.count() == 1
    assert len(said) == 4
    assert all("Each person can suggest 1 idea" in sentence for sentence in said)
