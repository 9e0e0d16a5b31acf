"""Coming back: by password, by code, and what is said when it does not work."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse

from engage.accounts.models import Account
from engage.settings import PASSWORD_HASHERS
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/login/"


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_with_a_password_and_back_to_where_one_was(client, robin):
    answer = client.post(f"{SIGN_IN}?next=/ideas/", {"login": "ROBIN@example.org", "password": PASSWORD})
    assert answer.url == "/ideas/"
    assert signed_in(client)


def test_a_password_of_before_still_opens_and_is_kept_as_new_ones_are(client, robin, settings):
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    robin.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt" * 6, iterations=1_000)
    robin.save()
    client.post(SIGN_IN, {"login": robin.email, "password": PASSWORD})
    assert signed_in(client)
    robin.refresh_from_db()
    assert robin.password.startswith("scrypt$")
    assert robin.check_password(PASSWORD)


def test_never_on_to_another_site(client, robin):
    answer = client.post(
        f"{SIGN_IN}?next=https://evil.example/", {"login": robin.email, "password": PASSWORD}
    )
    assert answer.url == "/"


@pytest.mark.parametrize("door", [SIGN_IN, "/account/login/code/"])
def test_with_a_code(client, robin, mailed_code, door):
    answer = client.post(door, {"login": robin.email, "email": robin.email})
    assert answer.url.startswith(reverse("account_confirm_login_code"))
    client.post(answer.url, {"code": mailed_code()})
    assert signed_in(client)


def test_a_code_is_no_use_in_another_browser(client, robin, mailed_code):
    client.post("/account/login/code/", {"email": robin.email})
    thief = Client()
    thief.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    assert not signed_in(thief)


def test_a_wrong_password_says_what_else_to_do(client, robin):
    page = client.post(SIGN_IN, {"login": robin.email, "password": "not it"})
    assert page.status_code == 422
    assert "leave the password empty and we will send you a code" in page.content.decode()
    assert not signed_in(client)


def test_a_script_that_asks_is_answered_as_before(client, robin):
    wrong = {"login": robin.email, "password": "not it"}
    answer = client.post(SIGN_IN, wrong, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 400
    assert answer.json()["form"]["errors"]


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("/account/signup/", {"email": "no address"}),
        ("/account/login/code/", {"email": ""}),
        ("/account/password/reset/", {"email": ""}),
    ],
)
def test_a_form_that_is_not_accepted_says_so_in_its_status(client, db, page, sent):
    assert client.get(page).status_code == 200
    assert client.post(page, sent).status_code == 422


def test_an_unknown_address_looks_the_same_and_is_told_by_mail(client, robin):
    known = client.post("/account/login/code/", {"email": robin.email})
    unknown = Client().post("/account/login/code/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert mail.outbox[-1].subject == "No account with this address"


def test_the_session_ends_with_the_browser_unless_asked_otherwise(client, robin, settings):
    client.post(SIGN_IN, {"login": robin.email, "password": PASSWORD})
    assert client.session.get_expire_at_browser_close()
    client.post("/account/logout/")
    client.post(SIGN_IN, {"login": robin.email, "password": PASSWORD, "remember": "on"})
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE == 14 * 24 * 3600


def test_a_forgotten_password_is_replaced_by_a_code(client, robin, mailed_code):
    client.post("/account/password/reset/", {"email": robin.email})
    answer = client.post(reverse("account_confirm_password_reset_code"), {"code": mailed_code()})
    client.post(answer.url, {"password1": "otters under bridges", "password2": "otters under bridges"})
    assert Account.objects.get().check_password("otters under bridges")
    assert mail.outbox[-1].subject == "Your password was changed"


def test_signing_out_asks_when_a_link_was_followed_and_acts_when_posted(client, robin):
    client.force_login(robin)
    assert client.get("/account/logout/").status_code == 200
    assert signed_in(client)
    client.post("/account/logout/")
    assert not signed_in(client)


def test_superusers_from_the_command_line_need_no_code(client):
    Account.objects.create_superuser("root@example.org", PASSWORD)
    client.post(SIGN_IN, {"login": "root@example.org", "password": PASSWORD})
    assert signed_in(client)
