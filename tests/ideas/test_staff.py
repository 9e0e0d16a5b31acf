"""The back office for ideas and comments: forms that end in verbs."""

import pytest
from django.contrib.auth.models import Permission

from engage.audit.models import Record
from ideas.actions import comment_on_idea, withdraw_idea
from ideas.models import Comment, Idea, StatusChange
from tests.factories import IdeaFactory, ResidentFactory

pytestmark = pytest.mark.django_db

ALL = [
    "view_idea",
    "change_idea_status",
    "answer_officially",
    "remove_comment",
]


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def sign_in(client, account_with):
    def as_one_who_may(*codenames: str):
        account = account_with(*codenames)
        account.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(account)
        return account

    return as_one_who_may


@pytest.mark.usefixtures("indexed")
def test_ideas_are_listed_filtered_and_found(client, sign_in) -> None:
    sign_in("view_idea")
    IdeaFactory(title="Lights at the skate park")
    done = IdeaFactory(title="A bench")
    Idea.objects.filter(pk=done.pk).update(status="done")
    assert "Lights at the skate park" in words(client.get("/admin/ideas/"))
    filtered = words(client.get("/admin/ideas/?status=done"))
    assert "A bench" in filtered
    assert "Lights at the skate park" not in filtered
    assert "Lights at the skate park" in words(client.get("/admin/ideas/?q=lights"))


def test_an_officer_changes_the_status_with_a_reason_and_answers(client, sign_in) -> None:
    officer = sign_in(*ALL)
    idea = IdeaFactory()
    address = f"/admin/ideas/edit/{idea.pk}/"
    assert client.get(address).status_code == 200
    sent = {"status": "assessing", "reason": "We asked the electricians.", "answer": "More in May."}
    assert client.post(address, sent).status_code == 302
    assert StatusChange.objects.get().reason == "We asked the electricians."
    assert (Comment.objects.get().text, Comment.objects.get().official) == ("More in May.", True)
    assert Record.objects.get(event="IDEA_STATUS_CHANGED").actor_id == officer.pk
    assert Idea.objects.get().status == "assessing"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"status": "done"}, "Give the reason"),
        ({"status": "open"}, "Nothing was changed"),
        ({"status": "open", "reason": "Because"}, "A reason goes with a new status"),
        ({"status": "withdrawn", "reason": "Because"}, "is not on the list"),
        ({"status": "done", "reason": "Built", "answer": "x" * 2001}, "2001 characters long"),
    ],
)
def test_what_does_not_fit_is_an_error_and_nothing_is_half_written(client, sign_in, sent, sentence) -> None:
    sign_in(*ALL)
    idea = IdeaFactory()
    assert sentence in words(
        client.post(f"/admin/ideas/edit/{idea.pk}/", {"reason": "", "answer": ""} | sent)
    )
    assert Idea.objects.get().status == "open"
    assert not StatusChange.objects.exists()
    assert not Comment.objects.exists()


def test_a_withdrawn_idea_stays_withdrawn(client, sign_in, now) -> None:
    sign_in(*ALL)
    idea = IdeaFactory()
    withdraw_idea(idea=idea, by=idea.author.account, at=now)
    answer = client.post(f"/admin/ideas/edit/{idea.pk}/", {"status": "open", "reason": "Back", "answer": ""})
    assert "The author withdrew this idea" in words(answer)
    assert Idea.objects.get().status == "withdrawn"


def test_who_may_only_look_can_change_nothing(client, sign_in) -> None:
    sign_in("view_idea")
    idea = IdeaFactory()
    sent = {"status": "done", "reason": "Mine", "answer": ""}
    assert client.post(f"/admin/ideas/edit/{idea.pk}/", sent).status_code in {302, 403}
    assert Idea.objects.get().status == "open"


def test_nobody_adds_or_deletes_ideas_in_the_back_office(client, django_user_model) -> None:
    client.force_login(django_user_model.objects.create_superuser("boss@example.org"))
    idea = IdeaFactory()
    assert client.get("/admin/ideas/new/").status_code in {302, 403}
    assert client.post(f"/admin/ideas/delete/{idea.pk}/").status_code in {302, 403}
    assert Idea.objects.exists()


def test_a_moderator_removes_a_comment_from_the_list(client, sign_in, now) -> None:
    sign_in("remove_comment")
    comment = comment_on_idea(idea=IdeaFactory(), author=ResidentFactory(), text="Rude words", at=now)
    assert "Rude words" in words(client.get("/admin/comments/"))
    address = f"/admin/comments/edit/{comment.pk}/"
    assert "Rude words" in words(client.get(address))
    assert "Give the reason" in words(client.post(address, {"why": "abuse", "reason": ""}))
    assert client.post(address, {"why": "abuse", "reason": "It insults people."}).status_code == 302
    assert Comment.objects.get().removed_reason == "It insults people."
