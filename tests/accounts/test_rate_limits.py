"""A full hall can join from one address, and no account can be tried out."""

import pytest
from allauth.account.adapter import get_adapter
from django.test import Client, RequestFactory

from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_a_hundred_people_join_from_one_library_in_a_minute():
    answers = {
        Client().post("/account/signup/", {"email": f"p{n}@example.org"}).status_code for n in range(100)
    }
    assert answers == {302}


@pytest.mark.slow
def test_but_not_without_end():
    for n in range(121):
        answer = Client().post("/account/signup/", {"email": f"p{n}@example.org"})
    assert answer.status_code == 429
    assert "Wait a minute, then go back and try again." in answer.content.decode()


def test_five_wrong_passwords_close_an_account_for_everyone_but_its_mailbox(client, robin, mailed_code):
    for n in range(5):
        client.post(
            "/account/login/", {"login": robin.email, "password": "not it"}, REMOTE_ADDR=f"192.0.2.{n}"
        )
    page = client.post(
        "/account/login/", {"login": robin.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.99"
    )
    assert page.status_code == 429
    assert "Wait five minutes" in page.content.decode()
    answer = client.post("/account/login/", {"login": robin.email})
    client.post(answer.url, {"code": mailed_code()})
    assert "_auth_user_id" in client.session


@pytest.mark.slow
def test_a_mailbox_is_not_flooded(robin, mailoutbox):
    for _ in range(6):
        Client().post("/account/login/code/", {"email": robin.email})
    assert len(mailoutbox) == 3


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),  # no proxy: the header is the visitor's own invention
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # only the last was written by our proxy
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
    ],
)
def test_the_visitors_address_is_the_one_our_own_proxies_saw(settings, proxies, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert get_adapter(request).get_client_ip(request) == address
