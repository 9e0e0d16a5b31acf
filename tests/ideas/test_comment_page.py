"""Commenting on an idea's page, with and without htmx."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas.actions import comment_on_idea
from ideas.models import Comment, Idea
from tests.costs import is_transaction_control
from tests.factories import IdeaFactory, ResidentFactory

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 12
HTMX = {"HX-Request": "true"}


@pytest.fixture
def me(client):
    resident = ResidentFactory(name="Ama")
    client.force_login(resident.account)
    return resident


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_without_scripts_the_page_comes_back_at_the_comment(client, me) -> None:
    idea = IdeaFactory()
    answer = client.post(f"/ideas/{idea.pk}/comments/", {"text": "Yes please"})
    assert answer.status_code == 303
    said = Comment.objects.get()
    assert answer.headers["Location"] == f"{idea.get_absolute_url()}#comment-{said.pk}"
    page = words(client.get(idea.get_absolute_url()))
    assert "Yes please" in page
    assert f'id="comment-{said.pk}"' in page


def test_with_htmx_the_discussion_comes_back_with_an_empty_form(client, me) -> None:
    idea = IdeaFactory()
    answer = client.post(f"/ideas/{idea.pk}/comments/", {"text": "Yes please"}, headers=HTMX)
    assert answer.status_code == 200
    assert "<html" not in words(answer)
    assert "Your comment is published" in words(answer)
    assert words(answer).count("Yes please") == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [(" ", "Write your comment before you send it."), ("x" * 2001, "2001 characters long")],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_does_not_fit_is_said_and_what_was_typed_stays(client, me, text, sentence, headers) -> None:
    idea = IdeaFactory()
    answer = client.post(f"/ideas/{idea.pk}/comments/", {"text": text}, headers=headers)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert text.strip() in words(answer)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_comments_and_replies_take_few_statements(
    client, me, headers, django_capture_on_commit_callbacks
) -> None:
    """From the session to what follows the commit; the first time, a moderator is told of a newcomer too."""
    idea = IdeaFactory()

    def statements(address: str, text: str) -> list[str]:
        with CaptureQueriesContext(connection) as seen, django_capture_on_commit_callbacks(execute=True):
            assert client.post(address, {"text": text}, headers=headers).status_code in {200, 303}
        return [query["sql"][:150] for query in seen if not is_transaction_control(query["sql"])]

    for text in ("First", "Second"):
        asked = statements(f"/ideas/{idea.pk}/comments/", text)
        assert len(asked) <= MOST_STATEMENTS, asked
    said = Comment.objects.get(text="First")
    asked = statements(f"/ideas/comments/{said.pk}/reply/", "Third")
    assert len(asked) <= MOST_STATEMENTS, asked


def test_a_double_click_is_one_comment(client, me) -> None:
    idea = IdeaFactory()
    for _ in range(2):
        assert client.post(f"/ideas/{idea.pk}/comments/", {"text": "Yes"}).status_code == 303
    assert Idea.objects.get().comments_count == Comment.objects.count() == 1


def test_the_signed_out_are_asked_to_sign_in(client) -> None:
    idea = IdeaFactory()
    page = words(client.get(idea.get_absolute_url()))
    assert "Sign in to comment" in page
    assert 'name="text"' not in page
    assert client.post(f"/ideas/{idea.pk}/comments/", {"text": "Yes"}).status_code == 302
    assert not Comment.objects.exists()


def test_only_the_council_is_offered_an_official_answer(client, me, account_with) -> None:
    idea = IdeaFactory()
    assert "This is an official answer" not in words(client.get(idea.get_absolute_url()))
    client.post(f"/ideas/{idea.pk}/comments/", {"text": "Not official", "official": "on"})
    client.force_login(account_with("answer_officially"))
    assert "This is an official answer" in words(client.get(idea.get_absolute_url()))
    client.post(f"/ideas/{idea.pk}/comments/", {"text": "Official", "official": "on"})
    assert dict(Comment.objects.values_list("text", "official")) == {"Not official": False, "Official": True}


def test_a_withdrawn_idea_takes_no_comment(client, me) -> None:
    idea = IdeaFactory()
    Idea.objects.update(status="withdrawn")
    answer = client.post(f"/ideas/{idea.pk}/comments/", {"text": "Pity"})
    assert answer.status_code == 422
    assert "withdrawn by its author" in words(answer)


HIDDEN = [{"held_at": timezone.now()}, {"status": "removed"}, {"status": "withdrawn"}]


@pytest.mark.parametrize("hidden", HIDDEN, ids=["held", "removed", "withdrawn"])
class TestAnIdeaThatIsNotShown:
    @pytest.fixture
    def idea(self, hidden: dict) -> Idea:
        idea = IdeaFactory(title="Plaque of shame", description="For one neighbour.")
        self.said = comment_on_idea(idea=idea, author=ResidentFactory(), text="Oh dear", at=timezone.now())
        Idea.objects.update(**hidden)
        return idea

    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_a_comment_is_refused_without_its_words_and_what_was_typed_stays(
        self, client, me, idea, headers
    ) -> None:
        answer = client.post(f"/ideas/{idea.pk}/comments/", {"text": "My long thoughts"}, headers=headers)
        assert answer.status_code == 422
        assert "My long thoughts" in words(answer)
        assert not any(kept in words(answer) for kept in ("Plaque", "plaque", "neighbour", "Oh dear"))

    @pytest.mark.parametrize("address", ["", "reply/", "edit/"])
    def test_no_page_of_a_comment_shows_it(self, client, me, idea, address) -> None:
        answer = client.get(f"/ideas/comments/{self.said.pk}/{address}")
        assert answer.status_code == 404
        assert "Plaque" not in words(answer)

    @pytest.mark.parametrize(
        "address",
        ["", "-anything/", "-anything.json", "-anything.csv", "/as-it-was/", "/card/", "/support/now/"],
    )
    def test_no_address_tells_its_title(self, client, idea, address) -> None:
        answer = client.get(f"/ideas/{idea.pk}{address or '/'}", follow=True)
        assert "laque" not in words(answer)
        assert not any("plaque" in step for step, _status in answer.redirect_chain)


@pytest.mark.parametrize("since", ["0001-01-01T00:00:00%2B23:59", "9999-12-31T23:59:59-23:59", "soon", ""])
def test_a_moment_that_cannot_be_is_no_moment(client, since) -> None:
    idea = IdeaFactory()
    assert client.get(f"/ideas/{idea.pk}/comments/now/?since={since}").status_code == 200


def test_what_was_typed_is_in_the_form_after_signing_in(client) -> None:
    idea, other, resident = IdeaFactory(), IdeaFactory(), ResidentFactory()
    client.post(f"/ideas/{idea.pk}/comments/", {"text": "Before the session ended"})
    client.force_login(resident.account)
    assert "Before the session ended" not in words(client.get(other.get_absolute_url()))
    assert "Before the session ended" in words(client.get(idea.get_absolute_url()))
    assert "Before the session ended" not in words(client.get(idea.get_absolute_url()))
