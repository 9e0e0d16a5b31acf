"""Showing that one may vote, in each of the ways: roll, code, email, telephone, identity, account."""

import re
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from budgets.ballots import actions
from budgets.ballots.enums import Hand, Proof
from budgets.ballots.models import Ballot, RollEntry
from engage.accounts.models import Account
from engage.kit import texts
from tests.budgets.ballots.factories import NOW, POSTCODE, VOTING, a_draft, an_officer, an_open_ballot
from tests.budgets.ballots.pages import by_roll, carried, receipt_of, send, url, words
from tests.openid import Provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Account:
    return an_officer()


@pytest.fixture(autouse=True)
def _voting(time_machine) -> None:
    cache.clear()
    time_machine.move_to(VOTING)


def test_only_the_pots_of_where_one_lives_are_on_the_paper(client, officer):
    ballot = a_draft(by=officer, pots=3, proofs=(Proof.CODE,), electors=0)
    actions.open_ballot(ballot=ballot, by=officer, at=NOW)
    wards = [pot.place for pot in ballot.pots.order_by("pk")][1:]
    issued = actions.issue_codes(
        ballot=ballot, hand=Hand.HALL, number=1, place=None, note="Hall", by=officer, at=VOTING
    )
    start = client.get(url(ballot, "vote/"), follow=True)
    asked = client.post(
        url(ballot, "vote/code/"), carried(start) | {"number": "0", "code": issued[0].code.lower()}
    )
    assert "Where do you live?" in words(asked)
    asked = client.post(url(ballot, "vote/code/"), carried(asked) | {"place": str(wards[0].pk)})
    assert "16 or older" in words(asked)
    paper = client.post(url(ballot, "vote/code/"), carried(asked) | {"declares": "on"})
    assert "Benches 1" in words(paper)
    assert "because of your filters" not in words(paper), "where one lives is no filter"
    assert "Benches 2" not in words(paper)


def test_a_code_that_says_where_one_lives_asks_for_the_age_alone(client, officer):
    ballot = a_draft(by=officer, pots=2, proofs=(Proof.CODE,), electors=0)
    actions.open_ballot(ballot=ballot, by=officer, at=NOW)
    ward = ballot.pots.order_by("pk")[1].place
    issued = actions.issue_codes(
        ballot=ballot, hand=Hand.HALL, number=1, place=ward, note="Hall", by=officer, at=VOTING
    )
    start = client.get(url(ballot, "vote/code/"))
    asked = client.post(url(ballot, "vote/code/"), carried(start) | {"number": "0", "code": issued[0].code})
    assert "May you vote?" in words(asked)
    assert "Benches" not in words(client.post(url(ballot, "vote/code/"), carried(asked)))
    paper = client.post(url(ballot, "vote/code/"), carried(asked) | {"declares": "on"})
    assert "Your ballot paper" in words(paper)
    wrong = client.post(url(ballot, "vote/code/"), carried(start) | {"number": "0", "code": "NOT-A-CODE"})
    assert wrong.status_code == 422
    assert "This is not a code of this ballot" in words(wrong)


def test_the_holder_of_a_hall_code_gives_their_word_to_an_officer_too(client, officer):
    ballot = an_open_ballot(by=officer, proofs=(Proof.CODE,), electors=0)
    (issued,) = actions.issue_codes(
        ballot=ballot, hand=Hand.HALL, number=1, place=ballot.place, by=officer, at=VOTING
    )
    client.force_login(officer)
    desk = reverse("staff_ballots:assist", args=[ballot.pk])
    unsaid = client.post(desk, {"code": issued.code})
    assert (unsaid.status_code, "16 or older" in words(unsaid)) == (422, True)
    paper = client.post(desk, {"code": issued.code, "declares": "on"})
    assert "ticket" in paper.context["form"].initial


def test_the_link_of_an_email_leads_to_the_paper_and_the_receipt_goes_by_email_without_choices(
    client, officer, mailoutbox
):
    ballot = an_open_ballot(by=officer, proofs=(Proof.EMAIL,), electors=0)
    client.post(url(ballot, "vote/email/"), {"address": "Robin@example.org"})
    link = re.search(r"https?://[^/]+(/ballots/\S+)", mailoutbox[0].body)[1]
    link, _hash, code = link.partition("#code=")
    page = client.get(link)
    asked = client.post(link, carried(page) | {"code": code})
    assert "May you vote?" in words(asked)  # there is one place only, so it is not asked
    paper = client.post(link, carried(asked) | {"declares": "on"})
    done = send(client, ballot, paper, "cast", choose=["P1"])
    sent = client.post(url(ballot, "vote/send/"), carried(done) | {"address": "robin@example.org"})
    assert "on its way" in words(sent)
    letter = mailoutbox[1]
    assert receipt_of(done) in letter.body
    for text in (letter.body, letter.alternatives[0][0]):
        assert "Benches" not in text


def test_links_are_sent_a_few_times_an_hour_to_one_address(client, officer, mailoutbox):
    ballot = an_open_ballot(by=officer, proofs=(Proof.EMAIL,), electors=0)
    for _again in range(6):
        assert client.post(url(ballot, "vote/email/"), {"address": "robin@example.org"}).status_code == 303
    answer = client.post(url(ballot, "vote/email/"), {"address": "Robin+again@example.org"})
    assert "too often" in words(answer)
    assert len(mailoutbox) == 6


def test_no_limit_is_counted_under_an_address_or_a_number(client, officer, gateway, monkeypatch):
    counted: list[str] = []

    def consume(request: Any, *, action: str, key: str) -> bool:
        counted.append(key)
        return True

    monkeypatch.setattr("allauth.core.ratelimit.consume", consume)
    ballot = an_open_ballot(by=officer, proofs=(Proof.EMAIL, Proof.PHONE), electors=0)
    client.post(url(ballot, "vote/email/"), {"address": "robin@example.org"})
    client.post(url(ballot, "vote/phone/"), {"address": "07700 900123"})
    assert [len(key) for key in counted] == [64, 64]
    assert len(set(counted)) == 2


def test_one_elector_is_not_tried_again_and_again(client, officer):
    ballot = an_open_ballot(by=officer, electors=3)
    start = carried(client.get(url(ballot, "vote/roll/"))) | {"number": "0"}
    guess = {"number": "AB 0", "last_name": "Guess", "postcode": "QX1 1AA"}
    for dashes in range(30):
        client.post(url(ballot, "vote/roll/"), start | guess | {"number": f"AB{'-' * dashes}0"})
    right = start | {"number": "AB 0", "last_name": "O’Sample", "postcode": POSTCODE}
    assert "tried too often" in words(client.post(url(ballot, "vote/roll/"), right))
    elsewhere = client.post(url(ballot, "vote/roll/"), right, REMOTE_ADDR="192.0.2.7")
    assert "Your ballot paper" in words(elsewhere), "nobody locks the elector out"


def test_an_account_is_asked_to_sign_in(client, officer):
    ballot = an_open_ballot(by=officer, proofs=(Proof.ACCOUNT, Proof.EMAIL), electors=0)
    assert "How will you show that you may vote?" in words(client.get(url(ballot, "vote/")))
    assert "Sign in to vote" in words(client.get(url(ballot, "vote/account/")))
    client.force_login(an_officer("resident"))
    page = client.get(url(ballot, "vote/account/"))
    paper = client.post(url(ballot, "vote/account/"), carried(page) | {"declares": "on"})
    assert "Your ballot paper" in words(paper)


def test_those_who_live_in_one_place_do_not_use_up_each_others_tries(client, officer):
    ballot = an_open_ballot(by=officer, proofs=(Proof.ACCOUNT,), electors=0)
    for tries in (31, 1):
        client.force_login(an_officer("resident"))
        for _again in range(tries):
            page = client.get(url(ballot, "vote/account/"))
            answer = client.post(url(ballot, "vote/account/"), carried(page) | {"declares": "on"})
        assert ("tried too often" in words(answer)) == (tries == 31)
    assert "Your ballot paper" in words(answer)


def test_a_link_that_was_used_says_so_to_the_next(client, officer, mailoutbox):
    ballot = an_open_ballot(by=officer, proofs=(Proof.EMAIL,), electors=0)
    client.post(url(ballot, "vote/email/"), {"address": "robin@example.org"})
    said = {"code": re.search(r"#code=(\S+)", mailoutbox[0].body)[1], "declares": "on", "number": "1"}
    link = url(ballot, "vote/email/sent/")
    first = carried(client.get(link)) | said
    assert "Your ballot paper" in words(client.post(link, first))
    assert "Your ballot paper" in words(client.post(link, first)), "the same page may be sent again"
    second = client.post(link, carried(client.get(link)) | said)
    assert second.status_code == 422
    assert "used already" in words(second)


@pytest.fixture
def no_mail(monkeypatch) -> None:
    def refuse(*_said: Any, **_more: Any) -> None:
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)


def test_mail_that_cannot_be_sent_is_said_in_words(client, officer, no_mail):
    ballot = an_open_ballot(by=officer, proofs=(Proof.EMAIL,), electors=0)
    answer = client.post(url(ballot, "vote/email/"), {"address": "robin@example.org"})
    assert (answer.status_code, "The email could not be sent" in words(answer)) == (502, True)


def test_the_receipt_stays_on_the_screen_when_it_cannot_be_sent(client, officer, no_mail):
    ballot = an_open_ballot(by=officer, electors=3)
    done = send(client, ballot, by_roll(client, ballot), "cast", choose=["P1"])
    answer = client.post(url(ballot, "vote/send/"), carried(done) | {"address": "robin@example.org"})
    assert (answer.status_code, receipt_of(answer)) == (502, receipt_of(done))
    assert "Your vote is cast all the same" in words(answer)


def test_no_address_of_a_page_holds_the_code_that_was_sent(client, officer, mailoutbox):
    ballot = an_open_ballot(by=officer, proofs=(Proof.EMAIL,), electors=0)
    answer = client.post(url(ballot, "vote/email/"), {"address": "robin@example.org"})
    link, code = re.search(r"https?://[^/]+(/\S+)#code=(\S+)", mailoutbox[0].body).groups()
    assert answer.headers["Location"] == link
    assert code not in link


# --- by telephone -----------------------------------------------------------------------------------------


class Kept:
    """A gateway that keeps what it was given."""

    sent: list[tuple[str, str]] = []

    def send(self, number: str, words: str) -> None:
        Kept.sent.append((number, words))


class Broken:
    def send(self, number: str, words: str) -> None:
        raise OSError


@pytest.fixture
def gateway(settings) -> type[Kept]:
    settings.SMS_BACKEND = f"{__name__}.Kept"
    Kept.sent = []
    return Kept


def test_a_texted_code_leads_to_the_paper_and_one_telephone_is_one_voter(client, officer, gateway):
    ballot = an_open_ballot(by=officer, proofs=(Proof.PHONE,), electors=0)
    receipts = set()
    for number in ("07700 900123", "+44 7700 900 123"):
        client.post(url(ballot, "vote/phone/"), {"address": number})
        answer = client.get(url(ballot, "vote/phone/sent/"))
        to, text = gateway.sent[-1]
        assert to == "+447700900123"
        code = re.search(r"#code=(\S+)", text)[1]
        asked = client.post(url(ballot, "vote/phone/sent/"), carried(answer) | {"code": code.lower()})
        paper = client.post(url(ballot, "vote/phone/sent/"), carried(asked) | {"declares": "on"})
        receipts.add(receipt_of(send(client, ballot, paper, "cast", choose=["P1"])))
    assert len(receipts) == RollEntry.objects.count() == 1


def test_what_is_no_telephone_number_is_sent_nothing(client, officer, gateway):
    ballot = an_open_ballot(by=officer, proofs=(Proof.PHONE,), electors=0)
    for number in ("12", "robin", "+44 1"):
        answer = client.post(url(ballot, "vote/phone/"), {"address": number})
        assert (answer.status_code, "no telephone number" in words(answer)) == (422, True)
    assert not gateway.sent


def test_a_gateway_that_does_not_answer_is_said_in_words(client, officer, settings):
    settings.SMS_BACKEND = f"{__name__}.Broken"
    ballot = an_open_ballot(by=officer, proofs=(Proof.PHONE,), electors=0)
    answer = client.post(url(ballot, "vote/phone/"), {"address": "07700 900123"})
    assert (answer.status_code, "could not be sent" in words(answer)) == (502, True)


def test_texts_are_posted_to_the_gateway_of_the_site(settings, monkeypatch):
    asked: list[dict[str, Any]] = []

    class Answer:
        status_code = 202

    def post(address: str, **more: Any) -> Answer:
        asked.append({"address": address} | more)
        return Answer()

    settings.SMS_BACKEND = "engage.kit.texts.HttpGateway"
    settings.SMS_URL, settings.SMS_TOKEN = "https://texts.example/send", "hush"
    monkeypatch.setattr("requests.post", post)
    texts.send_text("+447700900123", "Hello")
    assert asked[0]["address"] == "https://texts.example/send"
    assert asked[0]["json"] == {"to": "+447700900123", "from": "Engage", "text": "Hello"}
    assert asked[0]["headers"] == {"Authorization": "Bearer hush"}
    Answer.status_code = 500
    with pytest.raises(OSError, match="500"):
        texts.send_text("+447700900123", "Hello")


# --- by an identity provider ------------------------------------------------------------------------------


def come_back(client, ballot: Ballot) -> Any:
    """To the provider and back, up to the first page of the booth."""
    sent = client.get(url(ballot, "vote/openid/go/"))
    assert "prompt=login" in sent.url
    state = re.search(r"state=([^&]+)", sent.url)[1]
    return client.get("/ballots/identity/council/", {"code": "abc", "state": state}, follow=True)


@pytest.fixture
def by_identity(officer, provider: Provider) -> Ballot:
    provider.person = {"sub": "42"}
    return an_open_ballot(by=officer, proofs=(Proof.OPENID,), electors=0)


def test_an_identity_is_one_voter_and_leaves_no_account_and_no_session(client, by_identity, provider):
    accounts = Account.objects.count()
    assert "Go to Council account" in words(client.get(url(by_identity, "vote/"), follow=True))
    receipts = set()
    for _again in range(2):
        asked = come_back(client, by_identity)
        assert "May you vote?" in words(asked)
        assert client.cookies["ballot_identity_token"].value == ""
        paper = client.post(url(by_identity, "vote/openid/"), carried(asked) | {"declares": "on"})
        receipts.add(receipt_of(send(client, by_identity, paper, "cast", choose=["P1"])))
    assert len(receipts) == RollEntry.objects.count() == 1
    assert provider.asked[0]["code_verifier"]
    assert Account.objects.count() == accounts
    assert "sessionid" not in client.cookies


def test_another_subject_is_another_voter_and_a_page_is_of_one_visit(client, by_identity, provider):
    for subject in ("42", "43"):
        provider.person = {"sub": subject}
        asked = carried(come_back(client, by_identity)) | {"declares": "on"}
        paper = client.post(url(by_identity, "vote/openid/"), asked)
        send(client, by_identity, paper, "cast", choose=["P1"])
    assert RollEntry.objects.count() == 2
    other = carried(come_back(client, by_identity))
    again = client.post(url(by_identity, "vote/openid/"), asked | {"visit": other["visit"]})
    assert "used already" in words(again)


@pytest.mark.parametrize(("born", "may"), [("2012-01-01", False), ("2000-02-29", True), ("0000-02-29", True)])
def test_a_date_of_birth_that_the_provider_tells_decides_the_age(client, by_identity, provider, born, may):
    provider.person = {"sub": "42", "birthdate": born}
    asked = carried(come_back(client, by_identity)) | {"declares": "on"}
    answer = client.post(url(by_identity, "vote/openid/"), asked)
    assert ("Your ballot paper" in words(answer), "not old enough" in words(answer)) == (may, not may)


def test_nobody_comes_back_who_was_not_sent(client, by_identity):
    answer = client.get("/ballots/identity/council/", {"code": "abc", "state": "made-up"})
    assert (answer.status_code, "Start voting again" in words(answer)) == (400, True)


def test_a_provider_that_fails_or_was_changed_is_said_in_words(client, by_identity, provider, settings):
    provider.person = {}
    assert "did not answer" in words(come_back(client, by_identity))
    for apps in (settings.OIDC.apps, settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]):
        apps[0]["settings"] = {"server_url": "http://127.0.0.1:1"}
    assert "not the one this ballot was opened with" in words(client.get(url(by_identity, "vote/openid/go/")))
