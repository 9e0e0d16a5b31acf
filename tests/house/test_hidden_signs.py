"""The sign with the number nought, which PostgreSQL keeps in no text: refused in words, never a failure."""

import pytest
from django.test import Client

from tests.factories import ResidentFactory
from tests.house.site import make_things, ours

pytestmark = pytest.mark.django_db

LISTS = [
    "q",
    "text",
    "place",
    "theme",
    "councillor",
    "status",
    "sort",
    "order",
    "kind",
    "year",
    "show",
    "page",
]
ASKED = [*LISTS, "call", "idea", "near", "next", "key"]
SENTENCE = "This holds a hidden sign that we cannot keep."


@pytest.mark.slow
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_takes_it_without_a_failure(method, subtests):
    things = make_things()
    client = Client()
    client.force_login(things.account)
    for route in ours():
        with subtests.test(msg=str(route)):
            path = route.path(things.values(route))
            for asked in (dict.fromkeys(ASKED, "a\x00b"), dict.fromkeys(ASKED, "\x00")):
                answer = getattr(client, method)(path, asked)
                answer.getvalue()  # to its end, so that files are closed
                assert answer.status_code < 500


@pytest.mark.parametrize("path", ["/no%00such-page/", "/%00/", "/ideas/%00/", "/admin/%00/"])
def test_an_address_with_it_is_an_address_without_a_page(path):
    assert Client().get(path).status_code in {302, 404}


@pytest.mark.parametrize(
    ("path", "posted"),
    [
        ("/account/profile/", {"name": "Kim\0"}),
        ("/account/signup/", {"email": "kim@example.org", "name": "Kim\0"}),
        ("/account/password/reset/", {"email": "kim\0@example.org"}),
    ],
)
def test_what_is_typed_with_it_is_refused_in_our_words(path, posted):
    client = Client()
    if path == "/account/profile/":
        client.force_login(ResidentFactory().account)
    assert SENTENCE in client.post(path, posted).content.decode()
