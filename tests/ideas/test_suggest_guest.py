"""Writing first and proving an address after: the link changes nothing until its button is pressed."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from engage.accounts.actions import open_account
from engage.accounts.models import Account
from ideas.actions import forget_drafts
from ideas.models import Idea, IdeaDraft
from tests.factories import CallFactory, PlaceFactory
from tests.ideas.writing import WORDS, Writing, words

pytestmark = pytest.mark.django_db
EMAIL = "kim@example.org"


@pytest.fixture(autouse=True)
def _at_now(now, time_machine):
    """A new day for every test, and nobody has asked too often yet."""
    time_machine.move_to(now)
    cache.clear()
    PlaceFactory(slug="elm-hill")


def ask(client: Client, email: str = EMAIL, **more: str) -> Writing:
    writing = Writing(client, **more).fill(place="elm-hill")
    answer = writing.send("check", email=email, name="Kim")
    assert answer.headers["Location"] == writing.url("sent")
    return writing


def link() -> str:
    """The path in the newest email, the same in its text and its HTML."""
    newest = mail.outbox[-1]
    (url,) = re.findall(r"https?://\S+/ideas/new/confirm/\S+", newest.body)
    html, kind = newest.alternatives[0]
    assert kind == "text/html"
    assert url in html
    return "/" + url.split("/", 3)[3]


def test_a_guest_writes_first_and_publishes_by_the_link(client) -> None:
    writing = ask(client)
    assert "We have sent a link to kim@example.org" in words(writing.get("sent"))
    assert mail.outbox[-1].to == [EMAIL]
    assert not Idea.objects.exists()
    elsewhere = Client()
    page = elsewhere.get(link())
    assert WORDS["description"] in words(page)
    assert not Idea.objects.exists()
    answer = elsewhere.post(link())
    idea = Idea.objects.get()
    assert answer.headers["Location"] == idea.get_absolute_url()
    assert (idea.author.name, idea.author.account.email) == ("Kim", EMAIL)
    assert EmailAddress.objects.get(email=EMAIL).verified
    assert "_auth_user_id" not in elsewhere.session
    assert not IdeaDraft.objects.exists()


def test_an_email_that_cannot_be_sent_is_said_in_words_and_the_idea_is_kept(client, monkeypatch) -> None:
    def refuse(self) -> None:
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    writing = Writing(client).fill(place="elm-hill")
    answer = writing.send("check", email=EMAIL, name="Kim")
    assert answer.status_code == 502
    assert "The email could not be sent. Your idea is kept" in words(answer)
    assert WORDS["description"] in words(answer)
    assert f'value="{EMAIL}"' in words(answer)


def test_opening_the_link_changes_nothing_however_often(client) -> None:
    ask(client)
    for _ in range(3):
        assert Client().get(link()).status_code == 200
        assert Client().head(link()).status_code == 200
    assert not Idea.objects.exists()
    assert not Account.objects.exists()


def test_pressing_twice_is_one_idea(client) -> None:
    ask(client)
    address = link()
    first, second = Client().post(address), Client().post(address)
    assert first.headers["Location"] == second.headers["Location"]
    assert Client().get(address).headers["Location"] == first.headers["Location"]
    assert Idea.objects.count() == 1


def test_an_existing_account_gets_the_idea_and_nobody_is_signed_in(client, now) -> None:
    account = open_account(email=EMAIL, at=now)
    ask(client, "KIM@example.org")
    visitor = Client()
    visitor.post(link())
    assert Idea.objects.get().author.account == account
    assert "_auth_user_id" not in visitor.session
    assert Account.objects.count() == 1


def test_an_account_that_never_proved_the_address_does_not_get_it(client) -> None:
    Account.objects.create_user(EMAIL, "a password of somebody else's")
    ask(client)
    answer = Client().post(link())
    assert answer.status_code == 409
    assert "Sign in with a code that we email you" in words(answer)
    assert not Idea.objects.exists()
    assert IdeaDraft.objects.exists()


def test_nobody_learns_whether_an_address_has_an_account(client, now) -> None:
    open_account(email="known@example.org", at=now)
    said = []
    for email in ("known@example.org", "unknown@example.org"):
        writing = ask(Client(), email)
        page = words(writing.client.get(writing.url("sent")))
        said.append(
            (re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", page.replace(email, "")), mail.outbox[-1].subject)
        )
    assert said[0] == said[1]


@pytest.mark.parametrize("ending", ["wrong", "x" * 200, "%00"])
def test_a_link_that_is_not_right_opens_nothing(client, ending) -> None:
    ask(client)
    address = link().rsplit("/", 2)[0] + f"/{ending}/"
    for answer in (Client().get(address), Client().post(address)):
        assert answer.status_code == 404
    assert not Idea.objects.exists()


def test_a_link_works_for_seven_days_and_then_the_draft_is_deleted(client, now, time_machine) -> None:
    ask(client)
    address = link()
    time_machine.move_to(now + timedelta(days=7) - timedelta(seconds=5))
    assert Client().get(address).status_code == 200
    time_machine.move_to(now + timedelta(days=7, minutes=1))
    answer = Client().get(address)
    assert answer.status_code == 404
    assert "more than 7 days old" in words(answer)
    assert forget_drafts(at=now + timedelta(days=6)) == 0
    assert forget_drafts(at=now + timedelta(days=7, minutes=1)) == 1


def test_a_new_link_makes_the_old_one_worthless(client) -> None:
    writing = ask(client)
    old = link()
    writing.send("check", email=EMAIL)
    assert link() != old
    assert Client().get(old).status_code == 404
    assert Client().get(link()).status_code == 200


def test_a_call_that_closed_before_the_button_is_said_and_left_out(client, now, time_machine) -> None:
    CallFactory(title="Parks", slug="parks", closes_at=now + timedelta(days=1))
    ask(client, call="parks")
    time_machine.move_to(now + timedelta(days=2))
    answer = Client().post(link())
    assert answer.status_code == 409
    assert "“Parks” closed at" in words(answer)
    assert Client().post(link(), {"without_call": "yes"}).status_code == 303
    assert Idea.objects.get().call is None


def test_a_wrong_address_is_said_and_nothing_is_sent(client) -> None:
    writing = Writing(client).fill(place="elm-hill")
    answer = writing.send("check", email="kim at home", name="Kim")
    assert answer.status_code == 422
    assert "Enter an email address like name@example.org." in words(answer)
    assert 'value="kim at home"' in words(answer)
    assert not mail.outbox


def test_an_address_is_not_mailed_without_end(client) -> None:
    writing = Writing(client).fill(place="elm-hill")
    answers = [writing.send("check", email=EMAIL) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [303] * 6 + [429]
    assert "Wait an hour" in words(answers[-1])
    assert len(mail.outbox) == 6


def test_drafts_that_a_guest_never_sent_are_deleted_after_a_week(client, now) -> None:
    Writing(client)
    assert forget_drafts(at=now + timedelta(days=6)) == 0
    assert forget_drafts(at=now + timedelta(days=8)) == 1


def test_strangers_do_not_begin_without_end(client, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"idea_start": "2/m/ip"}
    answers = [client.post("/ideas/new/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert "Wait a minute and press the button again" in words(answers[-1])
    assert IdeaDraft.objects.count() == 2
