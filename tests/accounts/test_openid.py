"""Signing in through the council's identity provider, against a small one that speaks real HTTP."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from engage.accounts.models import Account

pytestmark = pytest.mark.django_db


def come_back(client, next_page: str = ""):
    """Press the button, be sent to the provider, and come back from there with a code."""
    sent = client.post("/account/oidc/council/login/" + (f"?next={next_page}" if next_page else ""))
    address = unescape(re.search(r"URL='([^']+)'", sent.content.decode())[1])
    question = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    answer = client.get("/account/oidc/council/login/callback/", {"code": "abc", "state": question["state"]})
    return question, answer


def test_the_button_is_there(client, provider):
    assert "Council account" in client.get("/account/login/").content.decode()
    assert "Council account" in client.get("/account/signup/").content.decode()


def test_without_a_provider_there_is_none(client):
    assert "/oidc/" not in client.get("/account/login/").content.decode()
    assert client.post("/account/oidc/council/login/").status_code == 404


def test_the_way_there_is_a_page_so_that_the_policy_for_forms_stays_strict(client, provider):
    sent = client.post("/account/oidc/council/login/")
    assert sent.status_code == 200
    assert f'href="{provider.url}/authorize?' in sent.content.decode()
    assert "form-action 'self'" in sent.headers["Content-Security-Policy"]


def test_a_checked_address_comes_in_and_becomes_a_resident(client, provider):
    provider.person = {
        "sub": "42",
        "email": "sam@council.example",
        "email_verified": True,
        "given_name": "Sam",
    }
    question, answer = come_back(client, "/ideas/")
    assert answer.url == "/ideas/"
    account = Account.objects.get()
    assert client.session["_auth_user_id"] == str(account.pk)
    assert account.resident
    assert question["code_challenge_method"] == "S256"
    assert provider.asked[0]["code_verifier"]


def test_an_address_the_provider_has_not_checked_is_checked_here(client, provider, mailoutbox):
    provider.person = {"sub": "42", "email": "sam@council.example"}
    _, answer = come_back(client)
    assert answer.url == "/account/confirm-email/"
    assert mailoutbox[-1].to == ["sam@council.example"]
    assert "_auth_user_id" not in client.session


def test_it_does_not_take_over_an_account_unless_the_operator_trusts_its_addresses(
    client, provider, robin, settings
):
    provider.person = {"sub": "42", "email": robin.email, "email_verified": True}
    come_back(client)
    assert "_auth_user_id" not in client.session
    settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    come_back(client)
    assert client.session["_auth_user_id"] == str(robin.pk)


def test_the_second_factor_is_asked_for_after_it(client, provider, robin, settings):
    settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    TOTP.activate(robin, generate_totp_secret())
    provider.person = {"sub": "42", "email": robin.email, "email_verified": True}
    _, answer = come_back(client)
    assert answer.url.startswith("/account/2fa/authenticate/")
    assert "_auth_user_id" not in client.session


def test_an_answer_nobody_asked_for_is_refused(client, provider):
    answer = client.get("/account/oidc/council/login/callback/", {"code": "abc", "state": "made-up"})
    assert "_auth_user_id" not in client.session
    assert "That did not work" in answer.content.decode()


def test_a_provider_that_does_not_answer_is_said_in_words(client, provider, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"] = {"server_url": "http://127.0.0.1:1"}
    answer = client.post("/account/oidc/council/login/")
    assert answer.status_code == 502
    assert "Try again, or sign in another way." in answer.content.decode()
