"""Co-authors: asked by a link, shown only when they have accepted, forgotten when they do not answer."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from engage.kit.decisions import Refused
from ideas.actions import accept_invitation, edit_idea, forget_invitations, hold, invite_co_author, keep
from ideas.enums import IdeaStatus
from ideas.models import CoAuthor, Idea
from ideas.tasks import INVITE, invite
from tests.factories import IdeaFactory, ResidentFactory
from tests.ideas.writing import words

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EMAIL = "kim@example.org"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def idea(resident):
    return IdeaFactory(author=resident, title="A bench by the pond")


@pytest.fixture
def asked(idea, resident, now, time_machine) -> str:
    """The path in the mail to somebody who was asked."""
    time_machine.move_to(now)
    invite_co_author(idea=idea, email=EMAIL, by=resident.account, at=now)
    invite()
    newest = mail.outbox[-1]
    (url,) = re.findall(r"https?://\S+/ideas/co-author/\S+", newest.body)
    assert url in newest.alternatives[0][0]
    assert newest.to == [EMAIL]
    return "/" + url.split("/", 3)[3]


def test_an_invitation_is_mailed_once(idea, asked) -> None:
    invite()
    assert len(mail.outbox) == 1
    assert "A bench by the pond" in mail.outbox[0].subject
    assert asked.split("/")[-2] not in str(CoAuthor.objects.values())


@pytest.mark.parametrize("fault", [SMTPRecipientsRefused({}), ConnectionResetError(), ValueError()])
def test_an_address_that_takes_no_mail_holds_up_no_other(idea, resident, now, monkeypatch, fault) -> None:
    for number in range(3):
        invite_co_author(idea=idea, email=f"p{number}@example.org", by=resident.account, at=now)
    real = EmailBackend.send_messages

    def choosy(backend, messages):
        if messages[0].to == ["p0@example.org"]:
            raise fault
        return real(backend, messages)

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", choosy)
        invite()
    assert [letter.to for letter in mail.outbox] == [["p1@example.org"], ["p2@example.org"]]
    invite()
    assert mail.outbox[2].to == ["p0@example.org"]
    assert len(mail.outbox) == 3


def test_what_a_moderator_holds_back_is_mailed_to_nobody_until_it_is_let_through(
    idea, resident, now, account_with, django_capture_on_commit_callbacks
) -> None:
    invite_co_author(idea=idea, email=EMAIL, by=resident.account, at=now)
    moderator = account_with("moderate")
    hold(idea=idea, by=moderator, at=now)
    invite()
    assert not mail.outbox
    with django_capture_on_commit_callbacks(execute=True):
        keep(idea=idea, by=moderator, at=now)
    assert ProcrastinateJob.objects.filter(task_name=INVITE, status="todo").exists()
    invite()
    assert [letter.to for letter in mail.outbox] == [[EMAIL]]


@pytest.mark.parametrize("status", [IdeaStatus.REMOVED, IdeaStatus.WITHDRAWN])
def test_nobody_is_invited_to_what_is_gone(idea, resident, now, status) -> None:
    invite_co_author(idea=idea, email=EMAIL, by=resident.account, at=now)
    Idea.objects.update(status=status)
    invite()
    assert not mail.outbox


def test_nobody_is_shown_before_accepting(client, idea, asked) -> None:
    assert "Co-authors" not in words(client.get(idea.get_absolute_url()))
    page = client.get(asked)
    assert "A bench by the pond" in words(page)
    assert CoAuthor.objects.get().accepted_at is None
    assert client.post(asked, {"accept": "yes"}).headers["Location"] == idea.get_absolute_url()
    accepted = CoAuthor.objects.get()
    assert (accepted.resident.account.email, accepted.email, accepted.token_hash) == (EMAIL, "", "")
    assert "Co-authors" in words(client.get(idea.get_absolute_url()))
    assert "_auth_user_id" not in client.session
    assert client.get(asked).status_code == 404


def test_whoever_is_signed_in_accepts_as_themselves(client, idea, asked) -> None:
    friend = ResidentFactory(name="Robin Reed")
    client.force_login(friend.account)
    client.post(asked, {"accept": "yes"})
    assert CoAuthor.objects.get().resident == friend
    assert "Robin Reed" in words(client.get(idea.get_absolute_url()))


def test_saying_no_forgets_the_address(client, idea, asked) -> None:
    client.post(asked, {"decline": "yes"})
    said = CoAuthor.objects.get()
    assert (said.email, said.resident, said.accepted_at) == ("", None, None)
    assert said.declined_at is not None
    assert client.post(asked, {"accept": "yes"}).status_code == 404


def test_a_co_author_may_change_the_words(idea, asked, now) -> None:
    friend = ResidentFactory()
    with pytest.raises(Refused, match="Only the people who wrote an idea"):
        edit_idea(idea=idea, title="Two benches", description="More.", version=1, by=friend.account, at=now)
    accept_invitation(invitation=CoAuthor.objects.get(), account=friend.account, at=now)
    edit_idea(idea=idea, title="Two benches", description="More.", version=1, by=friend.account, at=now)
    idea.refresh_from_db()
    assert idea.title == "Two benches"


def test_the_author_is_no_co_author(idea, asked, resident, now) -> None:
    with pytest.raises(Refused, match="This is your own idea"):
        accept_invitation(invitation=CoAuthor.objects.get(), account=resident.account, at=now)


def test_only_the_author_asks_and_sees_the_answers(client, idea, resident, now) -> None:
    url = f"/ideas/{idea.pk}/edit/co-authors/"
    client.force_login(ResidentFactory().account)
    assert client.get(url).status_code == 403
    client.force_login(resident.account)
    assert client.post(url, {"email": "nobody"}).status_code == 422
    assert client.post(url, {"email": EMAIL}).status_code == 303
    assert "has not answered yet" in words(client.get(url))
    assert CoAuthor.objects.get().email == EMAIL


def test_an_address_stays_when_the_idea_closes_meanwhile(client, idea, resident) -> None:
    client.force_login(resident.account)
    Idea.objects.update(status=IdeaStatus.ASSESSING)
    answer = client.post(f"/ideas/{idea.pk}/edit/co-authors/", {"email": EMAIL})
    assert answer.status_code == 422
    assert f'value="{EMAIL}"' in words(answer)
    assert "so its words stay as they are" in words(answer)
    assert not CoAuthor.objects.exists()


def test_five_are_the_most_and_asking_again_is_a_new_link(idea, resident, now) -> None:
    for number in range(5):
        invite_co_author(idea=idea, email=f"p{number}@example.org", by=resident.account, at=now)
    invite_co_author(idea=idea, email="P1@example.org", by=resident.account, at=now)
    with pytest.raises(Refused, match="You have asked 5 people"):
        invite_co_author(idea=idea, email="p9@example.org", by=resident.account, at=now)


def test_nobody_is_waited_for_longer_than_thirty_days(idea, asked, now, time_machine) -> None:
    assert forget_invitations(at=now + timedelta(days=30)) == 0
    time_machine.move_to(now + timedelta(days=31))
    assert Client().post(asked, {"accept": "yes"}).status_code == 404
    assert forget_invitations(at=now + timedelta(days=31)) == 1
    assert not CoAuthor.objects.exists()
