"""Replies, second thoughts and the order of comments on the pages, with and without htmx."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ideas.actions import comment_on_idea, take_back_comment
from ideas.models import Comment, Idea
from tests.factories import IdeaFactory, ResidentFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def me(client):
    resident = ResidentFactory(name="Ama")
    client.force_login(resident.account)
    return resident


@pytest.fixture
def idea() -> Idea:
    return IdeaFactory()


def say(idea: Idea, text: str, *, minutes: int = 5, **more) -> Comment:
    author = more.pop("author", None) or ResidentFactory()
    at = timezone.now() - timedelta(minutes=minutes)
    return comment_on_idea(idea=idea, author=author, text=text, at=at, **more)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_reply_is_written_on_a_page_of_its_own_without_scripts(client, me, idea) -> None:
    said = say(idea, "A tap would be good.")
    address = f"/ideas/comments/{said.pk}/reply/"
    assert "A tap would be good." in words(client.get(address))
    answer = client.post(address, {"text": "And a bench."})
    reply = Comment.objects.get(parent=said)
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"/ideas/comments/{said.pk}/#comment-{reply.pk}",
    )
    page = words(client.get(idea.get_absolute_url()))
    assert page.index("A tap would be good.") < page.index("And a bench.")


def test_with_htmx_the_reply_goes_to_the_end_of_the_replies(client, me, idea) -> None:
    said = say(idea, "A tap would be good.")
    form = client.get(f"/ideas/comments/{said.pk}/reply/", headers=HTMX)
    assert "<html" not in words(form)
    assert f'id="id_{said.pk}_text"' in words(form)
    answer = client.post(f"/ideas/comments/{said.pk}/reply/", {"text": "And a bench."}, headers=HTMX)
    assert "Your reply is published" in words(answer)
    assert f'hx-swap-oob="beforeend:#replies-{said.pk}"' in words(answer)
    assert "A tap would be good." not in words(answer)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_reply_to_what_was_taken_back_meanwhile_keeps_what_was_typed(client, me, idea, headers) -> None:
    said = say(idea, "A tap would be good.")
    take_back_comment(comment=said, by=said.author, at=timezone.now())
    address = f"/ideas/comments/{said.pk}/reply/"
    assert client.get(address).status_code == 409
    answer = client.post(address, {"text": "My long reply"}, headers=headers)
    assert answer.status_code == 422
    assert "no longer shown" in words(answer)
    assert "My long reply" in words(answer)


def test_three_replies_are_shown_and_a_link_to_all(client, idea) -> None:
    said = say(idea, "Well?")
    for number in range(5):
        say(idea, f"Reply-{number}.", parent=said)
    page = words(client.get(idea.get_absolute_url()))
    assert "Reply-2." in page
    assert "Reply-3." not in page
    assert "Show all 5 replies" in page
    thread = words(client.get(f"/ideas/comments/{said.pk}/"))
    assert "Reply-4." in thread
    part = words(client.get(f"/ideas/comments/{said.pk}/", headers=HTMX))
    assert "Reply-4." in part
    assert "<html" not in part
    assert "Show all" not in part


def test_comments_stand_in_the_order_that_is_asked_for(client, idea, account_with) -> None:
    officer = account_with("answer_officially").resident
    first = say(idea, "First.", minutes=50)
    say(idea, "Official.", minutes=40, author=officer, official=True)
    middle = say(idea, "Middle.", minutes=30)
    say(idea, "Last.", minutes=20)
    for _ in range(2):
        say(idea, f"Reply {_}", parent=middle)
    say(idea, "Reply", parent=first)

    def order(sort: str) -> list[str]:
        page = words(client.get(f"{idea.get_absolute_url()}?sort={sort}"))
        return sorted(["First.", "Official.", "Middle.", "Last."], key=page.index)

    assert order("newest") == order("nonsense") == ["Official.", "Last.", "Middle.", "First."]
    assert order("oldest") == ["Official.", "First.", "Middle.", "Last."]
    assert order("replies") == ["Official.", "Middle.", "First.", "Last."]


def test_an_author_changes_a_comment_while_that_is_allowed(client, me, idea) -> None:
    said = say(idea, "Yess", author=me)
    late = say(idea, "Long ago", author=me, minutes=16)
    page = words(client.get(idea.get_absolute_url()))
    assert f"/ideas/comments/{said.pk}/edit/" in page
    assert f"/ideas/comments/{late.pk}/edit/" not in page
    address = f"/ideas/comments/{said.pk}/edit/"
    assert "Yess" in words(client.get(address))
    wrong = client.post(address, {"text": " "}, headers=HTMX)
    assert wrong.status_code == 422
    done = client.post(address, {"text": "Yes!", "stance": "for"}, headers=HTMX)
    assert "Your comment is changed" in words(done)
    assert "changed at" in words(client.get(idea.get_absolute_url()))
    assert client.get(f"/ideas/comments/{late.pk}/edit/").status_code == 409
    kept = client.post(f"/ideas/comments/{late.pk}/edit/", {"text": "What I typed"})
    assert kept.status_code == 422
    assert "What I typed" in words(kept)


def test_an_author_takes_a_comment_back_after_being_asked_once_more(client, me, idea) -> None:
    said = say(idea, "Something silly", author=me)
    address = f"/ideas/comments/{said.pk}/take-back/"
    assert "Take your comment back?" in words(client.get(address))
    assert Comment.objects.get().text
    assert client.post(address).status_code == 303
    page = words(client.get(idea.get_absolute_url()))
    assert "You took your comment back" in page
    assert "Something silly" not in page
    assert client.post(address).status_code == 409


def test_only_authors_see_the_way_to_change_and_take_back(client, me, idea) -> None:
    said = say(idea, "Not mine")
    page = words(client.get(idea.get_absolute_url()))
    for act in ("edit", "take-back"):
        assert f"/ideas/comments/{said.pk}/{act}/" not in page
        assert client.get(f"/ideas/comments/{said.pk}/{act}/").status_code == 403
        assert client.post(f"/ideas/comments/{said.pk}/{act}/", {"text": "Mine"}).status_code == 403


def test_a_held_comment_is_seen_by_its_author_and_moderators_only(client, account_with, idea) -> None:
    said = say(idea, "Wait for it")
    reply = say(idea, "A held reply", parent=say(idea, "Above"))
    Comment.objects.filter(pk__in=[said.pk, reply.pk]).update(held_at=timezone.now())
    twin = idea.get_absolute_url()[:-1] + ".json"

    def sees() -> tuple[bool, bool]:
        addresses = [
            idea.get_absolute_url(),
            f"/ideas/{idea.pk}/comments/now/",
            f"/ideas/comments/{said.pk}/",
            f"/ideas/comments/{reply.parent_id}/",
        ]
        text = " ".join(words(client.get(address)) for address in addresses)
        return "Wait for it" in text, "A held reply" in text

    assert sees() == (False, False)
    client.force_login(ResidentFactory().account)
    assert sees() == (False, False)
    client.force_login(said.author.account)
    assert sees() == (True, False)
    client.force_login(account_with("remove_comment"))
    assert sees() == (True, True)
    assert "Wait for it" not in client.get(twin).content.decode()


def test_a_held_comment_with_replies_keeps_its_place_for_others(client, idea) -> None:
    said = say(idea, "Wait for it")
    say(idea, "An answer", parent=said)
    Comment.objects.filter(pk=said.pk).update(held_at=timezone.now())
    page = words(client.get(idea.get_absolute_url()))
    assert "A moderator is looking at this comment" in page
    assert "An answer" in page
    assert "Wait for it" not in page


def test_the_page_says_how_many_are_for_and_against(client, idea) -> None:
    assert "stance-bar" not in words(client.get(idea.get_absolute_url()))
    say(idea, "Yes", stance="for")
    say(idea, "No", stance="against")
    say(idea, "No!", stance="against")
    page = words(client.get(idea.get_absolute_url()))
    assert "<b>1</b> comment for it" in page
    assert "<b>0</b> neither" in page
    assert "<b>2</b> against it" in page


def test_looking_again_says_how_many_others_have_written(client, me, idea) -> None:
    address = f"/ideas/{idea.pk}/comments/now/"
    before = {"since": (timezone.now() - timedelta(minutes=10)).isoformat()}
    say(idea, "Mine", author=me)
    assert 'data-arrivals=""' in words(client.get(address, before))
    say(idea, "Theirs")
    say(idea, "Too early", minutes=20)
    assert 'data-arrivals="1 new comment"' in words(client.get(address, before))
    for nonsense in ("", "yesterday", "2026-99-99T00:00:00Z", "2026-01-01"):
        assert 'data-arrivals=""' in words(client.get(address, {"since": nonsense}))


def test_where_it_stands_is_fetched_again_with_status_and_answer(client, idea, account_with, now) -> None:
    part = words(client.get(f"/ideas/{idea.pk}/standing/now/"))
    assert "Gathering support" in part
    for name in ("facts", "answer"):
        assert f'id="{name}" hx-swap-oob="innerHTML"' in part
    assert "<html" not in part
    Idea.objects.update(status="withdrawn")
    assert client.get(f"/ideas/{idea.pk}/standing/now/").status_code == 404


def test_the_twin_tells_replies_and_sides(client, idea) -> None:
    said = say(idea, "Yes", stance="for")
    reply = say(idea, "Why?", parent=said)
    twin = client.get(idea.get_absolute_url()[:-1] + ".json").json()["discussion"]
    assert {row["id"]: (row["reply_to"], row["stance"]) for row in twin} == {
        said.pk: (None, "for"),
        reply.pk: (said.pk, ""),
    }
