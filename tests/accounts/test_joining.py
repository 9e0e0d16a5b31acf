"""Becoming somebody here: by a code, with a password, or with a passkey."""

import pytest
from django.core import mail
from django.urls import reverse

from engage.accounts.models import Account
from engage.audit.models import Record
from engage.residents.events import RESIDENT_JOINED
from engage.residents.models import Resident

pytestmark = pytest.mark.django_db
JOIN = "/account/signup/"


def test_joining_takes_an_address_and_the_code_sent_there(client, mailed_code):
    sent = client.post(JOIN, {"email": "Kim@Example.org", "name": "  Kim   from\tElm Hill "})
    assert sent.url == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session, (
        "nobody is signed in before the address is shown to be theirs"
    )
    done = client.post(sent.url, {"code": mailed_code()})
    assert done.url == "/"
    account = Account.objects.get()
    assert client.session["_auth_user_id"] == str(account.pk)
    assert account.email == "kim@example.org"
    assert not account.has_usable_password()
    assert account.resident.name == "Kim from Elm Hill"
    assert Record.objects.filter(event=RESIDENT_JOINED).count() == 1


def test_joining_with_a_name_that_nobody_could_see_is_refused(client):
    page = client.post(JOIN, {"email": "kim@example.org", "name": "\u200b\u2060"})
    assert page.context["form"].errors["name"]
    assert not Account.objects.exists()


def test_joining_with_a_password(client, mailed_code):
    client.post(JOIN, {"email": "kim@example.org", "password1": "otters under bridges"})
    client.post(reverse("account_email_verification_sent"), {"code": mailed_code()})
    assert Account.objects.get().check_password("otters under bridges")


@pytest.mark.parametrize("password", ["short", "password123", "kim@example.org"])
def test_a_weak_password_is_refused_in_words(client, password):
    page = client.post(JOIN, {"email": "kim@example.org", "password1": password})
    assert page.context["form"].errors["password1"]
    assert not Account.objects.exists()


def test_joining_with_a_passkey_checks_the_address_first(client, mailed_code):
    client.post("/account/signup/passkey/", {"email": "kim@example.org", "name": "Kim"})
    answer = client.post(reverse("account_email_verification_sent"), {"code": mailed_code()})
    assert answer.url == reverse("mfa_signup_webauthn")
    assert "_auth_user_id" not in client.session


def test_three_wrong_codes_end_the_try(client):
    client.post(JOIN, {"email": "kim@example.org"})
    for _ in range(3):
        answer = client.post(reverse("account_email_verification_sent"), {"code": "WRONGONE"})
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session


def test_who_has_joined_already_cannot_be_found_out(client, robin):
    known = client.post(JOIN, {"email": robin.email})
    told_owner = mail.outbox[-1]
    client.session.flush()
    new = client.post(JOIN, {"email": "nobody-yet@example.org"})
    assert (known.status_code, known.url) == (new.status_code, new.url)
    assert told_owner.subject == "You have joined already"
    assert told_owner.to == [robin.email]


def test_mail_is_plain_text_and_says_what_to_do(client, settings):
    settings.DEFAULT_FROM_EMAIL = "engage@council.example"
    client.post(JOIN, {"email": "kim@example.org"})
    message = mail.outbox[-1]
    assert message.from_email == "engage@council.example"
    assert message.subject.startswith("Your code to join: ")
    assert "within 15 minutes" in message.body
    assert "If you did not ask to join, ignore this message." in message.body
    assert not message.alternatives


def test_an_account_made_by_staff_becomes_a_resident_at_the_first_sign_in(client, robin):
    assert not Resident.objects.exists()
    client.force_login(robin)
    client.force_login(robin)
    assert Resident.objects.get().account == robin
