"""Whose session ends while they write finds their words in the form again after signing in: nothing is typed twice."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from ideas.actions import comment_on_idea, remove_idea, suggest_idea
from ideas.models import Idea, IdeaDraft
from tests.factories import IdeaFactory, PlaceFactory
from tests.ideas.writing import Writing, words

pytestmark = pytest.mark.django_db
TYPED = "What I wrote before the session ended"


@pytest.fixture
def mine(resident) -> Idea:
    return suggest_idea(
        author=resident, title="A bench", description="Here.", place=PlaceFactory(), at=timezone.now()
    )


def reply(resident, _mine) -> tuple[str, str]:
    said = comment_on_idea(idea=IdeaFactory(), author=resident, text="Yes.", at=timezone.now())
    return f"/ideas/comments/{said.pk}/reply/", "text"


def edit_comment(resident, mine) -> tuple[str, str]:
    said = comment_on_idea(idea=mine, author=resident, text="Yes.", at=timezone.now())
    return f"/ideas/comments/{said.pk}/edit/", "text"


def flag(_resident, _mine) -> tuple[str, str]:
    return f"/ideas/{IdeaFactory().pk}/flag/", "words"


def edit(_resident, mine) -> tuple[str, str]:
    return f"/ideas/{mine.pk}/edit/", "title"


@pytest.mark.parametrize("form", [reply, edit_comment, flag, edit])
def test_what_was_typed_is_in_the_form_again_once(client, resident, mine, form) -> None:
    path, field = form(resident, mine)
    sent = client.post(path, {field: TYPED})
    assert sent.headers["Location"].startswith("/account/login/")
    client.force_login(resident.account)
    assert TYPED in words(client.get(path))
    assert TYPED not in words(client.get(path))


def test_an_appeal_waits_too(client, resident, mine, account_with) -> None:
    remove_idea(idea=mine, reason="No.", by=account_with("moderate"), at=timezone.now())
    path = f"/ideas/{mine.pk}/appeal/"
    client.post(path, {"words": TYPED})
    client.force_login(resident.account)
    assert TYPED in words(client.get(path))


def test_a_page_of_a_draft_asks_to_sign_in_and_comes_back_with_the_words(client, resident) -> None:
    client.force_login(resident.account)
    writing = Writing(client)
    client.logout()
    for answer in (writing.get("description"), writing.send("description", description=TYPED)):
        asked = urlsplit(answer.headers["Location"])
        assert (asked.path, parse_qs(asked.query)["next"]) == (
            "/account/login/",
            [writing.url("description")],
        )
    assert "description" not in IdeaDraft.objects.get().data
    client.force_login(resident.account)
    assert TYPED in words(writing.get("description"))


def test_other_words_for_an_idea_still_meet_what_somebody_else_saved_meanwhile(
    client, resident, mine
) -> None:
    path = f"/ideas/{mine.pk}/edit/"
    client.post(path, {"title": TYPED, "description": "Here.", "version": mine.version})
    Idea.objects.filter(pk=mine.pk).update(title="Two benches", version=mine.version + 1)
    client.force_login(resident.account)
    form = client.get(path)
    assert f'name="version" value="{mine.version}"' in form.content.decode()
