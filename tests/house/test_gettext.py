"""Every word that a person reads goes through gettext, in a language that nobody speaks.

Translation is replaced by one that puts every message between ⟦ and ⟧. Pages are then rendered with data whose text
carries ◇, and whatever words are outside both were written straight into a template or into Python.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from gettext import GNUTranslations
from pathlib import Path

import pytest
import time_machine
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup, Comment, Doctype
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import trans_real

from engage.accounts.actions import give_roles
from tests.factories import PlaceFactory, ResidentFactory
from tests.house.site import NOW, Things, make_things, ours

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MARK = "◇"
SHOWN_ATTRIBUTES = ("alt", "aria-label", "aria-description", "placeholder", "title")
# Read by machines, or written by whoever reads them.
UNREAD = ["script", "style", "code", "template"]
# Words that are the same in every language: units, formats and names of licences and products.
SAME_EVERYWHERE = re.compile(r"\b(JSON|CSV|GeoJSON|Engage|GSS|Open Government Licence v3\.0)\b")
# Addresses in attributes and texts.
ADDRESS = re.compile(r"\S+@\S+|https?://\S+")
WORD = re.compile(r"[^\W\d_]{2,}")


class Pseudo(trans_real.DjangoTranslation):
    """Says each message back between brackets, as gettext would in a language with one plural."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧" if message.strip() else message

    def ngettext(self, one: str, many: str, number: int) -> str:
        return f"⟦{one if number == 1 else many}⟧"


@pytest.fixture
def _pseudo(monkeypatch, settings) -> Iterator[None]:
    language = Pseudo("en-gb")
    monkeypatch.setitem(trans_real._translations, "en-gb", language)
    monkeypatch.setattr(trans_real, "_default", language)
    # The frame's words are kept in the cache by language; this one is nobody else's, and nobody else's is this one.
    cache.clear()
    with translation.override("en-gb"):
        yield
    cache.clear()


@pytest.fixture
def things() -> Things:
    return make_things(mark=MARK)


def without_messages(text: str) -> str:
    """Take out what is between brackets; a message can hold another one, so from the inside out."""
    while True:
        shorter = re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
        if shorter == text:
            return text
        text = shorter


def untranslated(html: str) -> set[str]:
    """Pieces of text and attributes with words that came neither from gettext nor from the data."""
    soup = BeautifulSoup(html, "html.parser")
    for element in [*soup(UNREAD), *soup(translate="no")]:
        element.decompose()
    # A message may hold markup, so brackets are matched over the whole page and not piece by piece.
    pieces, depth = [], 0
    for piece in soup.find_all(string=True):
        if isinstance(piece, Comment | Doctype):
            continue
        outside = ""
        for character in piece:
            depth += character == "⟦"
            outside += character if depth == 0 else " "
            depth -= character == "⟧"
        if MARK not in piece:
            pieces.append(outside)
    for element in soup.find_all(True):
        values = [element.get(name) for name in SHOWN_ATTRIBUTES]
        values.append(element.get("content") if element.get("name") == "description" else None)
        values.append(element.get("value") if element.get("type") in {"submit", "button"} else None)
        pieces += [without_messages(value) for value in values if value and MARK not in value]
    return {" ".join(piece.split()) for piece in pieces if WORD.search(clean(piece))}


def clean(piece: str) -> str:
    return SAME_EVERYWHERE.sub("", ADDRESS.sub("", piece))


def test_the_test_finds_what_it_looks_for():
    page = '<p>⟦Hello <b>you</b>⟧ Bare words <a title="A title">⟦x ⟦y⟧ z⟧</a> ◇Robin</p><img alt="Alt"><p>12 · £3</p>'
    assert untranslated(page) == {"Bare words", "A title", "Alt"}
    assert untranslated("<p>Bare <b>words</b></p>") == {"Bare", "words"}


NO_PAGES = {"twin", "section", "path", "rest", "template"}
PAGES = [
    route
    for route in ours()
    # The gallery shows components and pages with made-up contents, and is not public in production.
    if route.guard == "public" and not set(route.arguments) & NO_PAGES and route.name != "kit:styleguide"
]


@pytest.mark.usefixtures("_pseudo")
def test_public_pages_say_nothing_untranslated(things, subtests):
    client = Client()
    for route in PAGES:
        path = route.path(things.values(route))
        with subtests.test(msg=path):
            answer = client.get(path)
            if "html" in answer.headers.get("Content-Type", ""):
                assert untranslated(answer.content.decode()) == set()


@pytest.mark.usefixtures("_pseudo")
@pytest.mark.parametrize(
    "path",
    [
        "/no-such-page/",
        "/account/login/",
        "/account/signup/",
        "/account/signup/passkey/",
        "/account/login/code/",
        "/account/password/reset/",
        "/account/inactive/",
        "/account/3rdparty/login/cancelled/",
        "/account/3rdparty/login/error/",
    ],
)
def test_doors_say_nothing_untranslated(path):
    assert untranslated(Client().get(path).content.decode()) == set()


@pytest.mark.usefixtures("_pseudo")
@pytest.mark.parametrize(
    ("path", "posted"),
    [
        ("/account/login/", {"login": "kim", "password": "x"}),
        ("/account/login/", {"login": "kim@example.org", "password": "x"}),
        ("/account/signup/", {"email": "", "name": "x" * 90}),
        ("/account/signup/", {"email": "kim@example.org", "password1": "short"}),
        ("/ideas/new/", {"title": ""}),
    ],
)
def test_what_is_said_of_mistakes_is_translated(path, posted):
    resident = ResidentFactory(name=f"{MARK}Kim", account__first_name=f"{MARK}Kim", account__last_name="")
    client = Client()
    if path.startswith("/ideas/"):
        client.force_login(resident.account)
        path = client.post(path).headers["Location"]
    assert untranslated(client.post(path, posted).content.decode()) == set()


@pytest.mark.usefixtures("_pseudo")
def test_an_accounts_own_pages_say_nothing_untranslated(things, subtests):
    account = things.account
    account.first_name, account.last_name = f"{MARK}Robin", ""
    account.set_unusable_password()
    account.save()
    account.resident.home = PlaceFactory(name=f"{MARK}Otterby")
    account.resident.save()
    client = Client()
    client.force_login(account)
    EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=True)
    own = ["", "profile/", "delete/", "email/", "password/set/", "logout/"]
    own += ["2fa/", "2fa/webauthn/", "2fa/webauthn/add/", "2fa/totp/activate/"]
    idea = f"/ideas/{things.idea.pk}-{things.idea.slug}/"
    for path in [*(f"/account/{rest}" for rest in own), "/ideas/new/", idea]:
        with subtests.test(msg=path):
            answer = client.get(path)
            assert answer.status_code == 200
            assert untranslated(answer.content.decode()) == set()


@pytest.mark.usefixtures("_pseudo")
def test_refusals_are_translated(things):
    give_roles(account=things.account, roles=["officer"], at=NOW)
    things.account.first_name, things.account.last_name = f"{MARK}Robin", ""
    things.account.save()
    client = Client()
    client.force_login(things.account)
    for path in ("/account/delete/", f"/ideas/comments/{things.comment.pk}/remove/"):
        assert untranslated(client.get(path).content.decode()) == set(), path


def test_a_language_written_from_right_to_left_says_so(settings):
    settings.LANGUAGES = [("en-gb", "English"), ("ar", "Arabic")]
    html = Client().get("/account/login/", headers={"accept-language": "ar"}).content.decode()
    root = BeautifulSoup(html, "html.parser").html
    assert (root["lang"], root["dir"]) == ("ar", "rtl")
    root = BeautifulSoup(Client().get("/account/login/").content.decode(), "html.parser").html
    assert (root["lang"], root["dir"]) == ("en-gb", "ltr")


def test_a_choice_of_languages_is_offered_only_where_there_is_one(settings):
    assert "/language/" not in Client().get("/account/login/").content.decode()
    settings.LANGUAGES = [("en-gb", "English"), ("ar", "Arabic")]
    client = Client()
    page = BeautifulSoup(client.get("/account/login/?next=/ideas/").content, "html.parser")
    form = page.find("form", action="/language/")
    button = form.find("button", value="ar")
    assert (button["lang"], button.get_text(strip=True)) == ("ar", "العربيّة")
    back = client.post(
        "/language/", {"language": "ar", "next": form.find("input", attrs={"name": "next"})["value"]}
    )
    assert back.url == "/account/login/?next=/ideas/"
    assert 'dir="rtl"' in client.get("/account/login/").content.decode()
    assert client.post("/language/", {"language": "ar", "next": "https://evil.example/"}).url == "/"


def test_only_languages_that_the_site_is_written_in_are_listed(settings):
    written = {
        path.parent.parent.name for path in Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po")
    }
    assert {translation.to_locale(code) for code, _ in settings.LANGUAGES} <= written


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "28 March 2027, 12:59am"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "28 March 2027, 2am"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "31 October 2027, 1:30am"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "31 October 2027, 1:30am"),
        (datetime(2027, 6, 30, 23, 30, tzinfo=UTC), "1 July 2027, 12:30am"),
    ],
)
def test_clocks_are_those_of_the_council_in_summer_and_winter(moment, shown):
    with translation.override("en-gb"):
        assert date_format(timezone.localtime(moment), "DATETIME_FORMAT") == shown


def test_today_begins_at_midnight_here_not_in_greenwich():
    with time_machine.travel(datetime(2027, 6, 30, 23, 30, tzinfo=UTC), tick=False):
        assert timezone.localdate().isoformat() == "2027-07-01"


def test_the_compiled_catalogue_says_what_the_written_one_does(settings):
    folder = Path(settings.LOCALE_PATHS[0]) / "en_GB" / "LC_MESSAGES"
    written = dict(
        re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', (folder / "django.po").read_text(), re.MULTILINE)
    )
    with (folder / "django.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    assert written
    assert {message: compiled.gettext(message) for message in written} == written
