"""The gallery's pages: each state that an example file names can be opened, and says what it was given."""

import html
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from engage.accounts.models import Account
from engage.kit import gallery
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db

# Apps whose every page for residents has its states in the gallery.
COMPLETE = ("grants", "ideas", "impact", "notifications", "residents")
# Apps whose back office has its states there too.
COMPLETE_FOR_STAFF = ("ideas", "residents")
# Named in Python, and part of a page that is shown whole.
WITHIN = {
    "ideas/staff/tick": "ideas/staff/to_assess",
    "ideas/staff/to_assess_results": "ideas/staff/to_assess",
}
NAMED = re.compile(r'{% (?:extends|include) "([^"]+)\.html"')
EXTENDS = re.compile(r'{% extends "([^"]+)" %}')
HIDDEN = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)


@cache
def examples(template: str) -> dict[str, Any]:
    return tomllib.loads((gallery.TEMPLATES / f"{template}.toml").read_text())


def words(given: Any) -> Iterator[str]:
    """The sentences somewhere in what a file says: whatever has a space in it, line by line."""
    if isinstance(given, dict):
        for key, value in given.items():
            yield from words(value) if key != "made_by" else ()
    elif isinstance(given, list):
        for value in given:
            yield from words(value)
    elif isinstance(given, str) and " " in given:
        yield from (line for line in given.splitlines() if line)


def text_of(answer: Any) -> str:
    return " ".join(html.unescape(HIDDEN.sub("", answer.content.decode())).split())


@pytest.fixture
def staff(client) -> Account:
    """Somebody who may enter the back office, and has."""
    account = AccountFactory(is_superuser=True)
    client.force_login(account)
    return account


def test_every_page_for_residents_has_its_states():
    texts = {
        path.relative_to(gallery.TEMPLATES).as_posix(): path.read_text()
        for app in COMPLETE
        for path in (gallery.TEMPLATES / app).rglob("*.html")
        if "staff" not in path.parts
    }
    extends = {name: found[1] for name, text in texts.items() if (found := EXTENDS.search(text))}
    pages = {name.removesuffix(".html") for name in extends if name not in extends.values()}
    assert {"ideas/idea", "ideas/suggest/title", "notifications/list"} <= pages
    assert not pages - set(gallery.page_names())


def test_every_page_and_panel_of_the_back_office_has_its_states():
    """Whatever no other template holds is opened by itself."""
    texts = {
        path.relative_to(gallery.TEMPLATES).with_suffix("").as_posix(): path.read_text()
        for app in COMPLETE_FOR_STAFF
        for path in (gallery.TEMPLATES / app).rglob("*.html")
    }
    held = {name for text in texts.values() for name in NAMED.findall(text)}
    wanted = {name for name in texts if gallery.is_for_staff(name)} - held - set(WITHIN)
    assert {"ideas/moderation/staff/queue", "ideas/staff/assess", "ideas/staff/for_councillor"} <= wanted
    assert not wanted - set(gallery.page_names())


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("template", gallery.page_names())
def test_every_state_can_be_opened_and_says_what_it_is_given(client, template, subtests):
    described = examples(template)
    all_said = ""
    for number, example in enumerate(described["example"], 1):
        with subtests.test(msg=example["name"]):
            answer = client.get(gallery.address_of(template, number))
            assert answer.status_code == 200
            said = text_of(answer)
            assert not [each for each in words(example.get("context", {})) if each not in said]
            all_said += said
    lent = {examples(name).get("like") for name in gallery.page_names()}
    shared = {} if template in lent else described.get("context", {})
    assert not [each for each in words(shared) if each not in all_said]


@pytest.mark.parametrize(
    "address",
    [
        *[
            "ideas/gone/0/",
            "ideas/gone/99/",
            "ideas/nothing/1/",
            "components/button/1/",
            "ideas/staff/notes/1/",
        ],
        *["back-office/ideas/staff/notes/99/", "back-office/ideas/gone/1/"],
    ],
)
@pytest.mark.usefixtures("staff")
def test_there_is_nothing_beside_the_states(client, address):
    assert client.get(f"/styleguide/{address}").status_code == 404


def test_the_back_office_is_shown_to_those_who_may_enter_it(client):
    address = gallery.address_of("ideas/staff/notes", 1)
    assert client.get(address).status_code == 302
    client.force_login(AccountFactory())
    assert client.get(address).status_code == 403


def test_what_an_example_says_is_laid_over_what_all_share():
    below = {"idea": {"title": "Lights", "status": "open"}, "crumbs": [1], "mine": False}
    above = {"idea": {"status": "done"}, "crumbs": [2], "mine": True}
    assert gallery._laid_over(below, above) == {
        "idea": {"title": "Lights", "status": "done"},
        "crumbs": [2],
        "mine": True,
    }
