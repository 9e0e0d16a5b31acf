"""/search/: pages, ideas and awards by their words."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.models import HomePage, StandardPage
from tests.factories import AwardFactory, IdeaFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]


@pytest.fixture
def three_kinds(indexed: None, page_with: Callable[..., StandardPage]) -> None:
    page_with(("text", "<p>Where the <b>skateboards</b> are kept.</p>"), title="Skate parks")
    IdeaFactory(title="Lights at the skate park")
    AwardFactory(title="A ramp", purpose="A new ramp for the skate park.")


def titles(client: Client, **asked: str) -> list[str]:
    found = client.get("/search/", asked).context["found"]
    return sorted(hit.title for section in found.sections for hit in section.hits)


@pytest.mark.usefixtures("three_kinds")
def test_all_kinds_are_found_at_once(client: Client) -> None:
    assert titles(client, q="skate") == ["A ramp", "Lights at the skate park", "Skate parks"]


@pytest.mark.usefixtures("three_kinds")
def test_other_forms_of_a_word_are_found(client: Client) -> None:
    assert "Skate parks" in titles(client, q="skates park")


@pytest.mark.usefixtures("three_kinds")
def test_one_kind_can_be_looked_through(client: Client) -> None:
    answer = client.get("/search/", {"q": "skate", "kind": "ideas"})
    assert [tab["count"] for tab in answer.context["found"].tabs] == [3, 1, 1, 1]
    assert titles(client, q="skate", kind="ideas") == ["Lights at the skate park"]


@pytest.mark.usefixtures("three_kinds")
def test_the_words_are_marked_in_what_was_found(client: Client) -> None:
    assert "<mark>skate</mark>" in client.get("/search/", {"q": "skate", "kind": "awards"}).text


def test_what_is_not_public_is_not_found(client: Client, page_with: Callable[..., StandardPage]) -> None:
    page_with(title="Secret skate", live=False)
    idea = IdeaFactory(title="Withdrawn skate")
    idea.status = "withdrawn"
    idea.save()
    assert titles(client, q="skate") == []


def test_people_cannot_put_markup_on_the_page(client: Client) -> None:
    IdeaFactory(title="<script>alert(1)</script>", description="zebra <img src=x onerror=alert(1)>")
    html = client.get("/search/", {"q": "zebra <b>"}).text
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;b&gt;" in html


def test_nothing_found_says_what_to_do(client: Client) -> None:
    assert "Try fewer words" in client.get("/search/", {"q": "unobtainium"}).text


def test_nothing_asked_is_not_an_error(client: Client) -> None:
    answer = client.get("/search/")
    assert answer.status_code == 200
    assert answer.context["found"] is None


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"q": "x" * 500}, "a few words are enough"),
        ({"q": "ska\x00te"}, "Type the words again."),
        ({"q": "a", "kind": "zebras"}, "Search everything instead."),
    ],
)
def test_odd_questions_are_told_what_to_do(client: Client, query: dict[str, str], said: str) -> None:
    answer = client.get("/search/", query)
    assert answer.status_code == 422
    assert said in answer.text


@pytest.mark.parametrize("words", ["'", "a & b | !", "\\", "%", "(", "lights:*", "🙂"])
def test_signs_are_words_like_any_other(client: Client, words: str) -> None:
    assert client.get("/search/", {"q": words}).status_code == 200


def test_a_long_question_is_told_to_be_shorter(client: Client) -> None:
    assert "a few words are enough" in client.get("/search/", {"q": "x" * 500}).text


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["all", "pages", "ideas", "awards"])
def test_searching_costs_the_same_for_one_and_for_thirty(client: Client, home: HomePage, kind: str) -> None:
    def add(number: int) -> None:
        home.add_child(instance=StandardPage(title="Skate", slug=f"skate-{number}"))
        IdeaFactory(title="Skate")
        AwardFactory(title="Skate")

    add(0)
    asked = {"q": "skate", "kind": kind}
    client.get("/search/", asked)
    with CaptureQueriesContext(connection) as one:
        client.get("/search/", asked)
    for number in range(1, 30):
        add(number)
    with CaptureQueriesContext(connection) as many:
        client.get("/search/", asked)
    assert len(one) == len(many)
