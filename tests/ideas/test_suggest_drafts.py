"""Drafts: how long they are kept, how much, and that what is sent at once is sent once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from engage.kit.decisions import Refused
from engage.residents.actions import leave
from ideas.actions import (
    adopt_draft,
    delete_draft,
    forget_drafts,
    save_draft,
    send_draft,
    start_draft,
)
from ideas.models import CoAuthor, Idea, IdeaDraft
from tests.factories import PlaceFactory, ResidentFactory

pytestmark = pytest.mark.django_db
WORDS = {"title": "Lights at the skate park", "description": "It gets dark early."}


def test_what_was_typed_on_each_page_stays_beside_the_rest(resident, now) -> None:
    draft = start_draft(author=resident, at=now, data={"call": "parks"})
    save_draft(draft=draft, data={"title": "A\0 bench"}, at=now)
    save_draft(draft=IdeaDraft.objects.get(), data={"description": "x" * 30_000, "call": None}, at=now)
    draft.refresh_from_db()
    assert draft.data == {"title": "A bench", "description": "x" * 20_000}
    assert str(draft) == "A bench"


def test_two_pages_saved_at_once_lose_nothing(resident, now) -> None:
    draft = start_draft(author=resident, at=now)
    one, other = IdeaDraft.objects.get(), IdeaDraft.objects.get()
    save_draft(draft=one, data={"title": "A bench"}, at=now)
    save_draft(draft=other, data={"description": "By the pond."}, at=now)
    draft.refresh_from_db()
    assert draft.data == {"title": "A bench", "description": "By the pond."}


def test_a_draft_is_deleted_when_nobody_went_on_for_ninety_days(resident, now) -> None:
    old, fresh = start_draft(author=resident, at=now), start_draft(author=resident, at=now)
    save_draft(draft=fresh, data={"title": "A bench"}, at=now + timedelta(days=2))
    assert forget_drafts(at=now + timedelta(days=90)) == 0
    assert forget_drafts(at=now + timedelta(days=90, seconds=1)) == 1
    assert not IdeaDraft.objects.filter(pk=old.pk).exists()
    assert forget_drafts(at=now + timedelta(days=90, seconds=1)) == 0


def test_twenty_drafts_are_enough(resident, now) -> None:
    for _ in range(20):
        start_draft(author=resident, at=now)
    with pytest.raises(Refused, match=r"You have 20 drafts\. Send or delete one of them") as refused:
        start_draft(author=resident, at=now)
    assert refused.value.denied.status == 409


def test_what_is_deleted_twice_is_deleted(resident, now) -> None:
    draft = start_draft(author=resident, at=now)
    delete_draft(draft=draft)
    delete_draft(draft=draft)
    with pytest.raises(Refused, match="This draft is no longer there"):
        save_draft(draft=draft, data={"title": "A bench"}, at=now)


def test_a_guests_draft_that_is_adopted_needs_no_link(resident, now) -> None:
    draft = start_draft(author=None, at=now)
    IdeaDraft.objects.update(email="kim@example.org", token_hash="a", confirm_until=now)
    adopt_draft(draft=IdeaDraft.objects.get(), author=resident, at=now)
    draft.refresh_from_db()
    assert (draft.author, draft.email, draft.token_hash, draft.confirm_until) == (resident, "", "", None)


def test_sending_makes_an_idea_of_it_and_asks_the_co_authors(resident, now) -> None:
    draft = start_draft(author=resident, at=now)
    idea = send_draft(
        draft=draft, author=resident, at=now, place=PlaceFactory(), co_authors=["kim@example.org"], **WORDS
    )
    assert idea.sent_from == draft.pk
    assert CoAuthor.objects.get().email == "kim@example.org"
    assert not IdeaDraft.objects.exists()


def test_a_draft_that_was_refused_is_still_there(resident, now) -> None:
    draft = start_draft(author=resident, at=now, data=WORDS)
    with pytest.raises(Refused, match="Say which place"):
        send_draft(draft=draft, author=resident, at=now, **WORDS)
    assert IdeaDraft.objects.get().data == WORDS


@pytest.mark.django_db(transaction=True)
def test_pressed_many_times_at_once_it_is_one_idea(now) -> None:
    resident, place = ResidentFactory(), PlaceFactory()
    draft = start_draft(author=resident, at=now)
    found, start = [], threading.Barrier(6)

    def press() -> None:
        try:
            start.wait()
            found.append(send_draft(draft=draft, author=resident, at=now, place=place, **WORDS).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert found == [Idea.objects.get().pk] * 6


def test_whoever_leaves_takes_their_drafts_along(resident, now, django_capture_on_commit_callbacks) -> None:
    start_draft(author=resident, at=now)
    other = start_draft(author=ResidentFactory(), at=now)
    with django_capture_on_commit_callbacks(execute=True):
        leave(account=resident.account, at=now)
    assert IdeaDraft.objects.get() == other
