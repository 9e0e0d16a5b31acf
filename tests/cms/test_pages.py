"""Every page type renders, with one main heading, and lists cost the same however long they are."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images.models import Image

from cms.blocks import HomeStream
from cms.models import HomePage, NewsIndexPage, NewsPage, StandardPage

pytestmark = pytest.mark.django_db


def headings(html: str) -> list[str]:
    return [" ".join(text.split()) for text in re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)]


def test_a_new_site_has_a_home_page_that_says_what_this_is(client: Client, home: HomePage) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert headings(answer.text) == ["Your area. Your ideas. Your money."]


def test_a_home_page_without_an_opening_shows_its_title(client: Client, home: HomePage) -> None:
    home.body = [("text", "<p>Hello.</p>")]
    home.save()
    assert headings(client.get("/").text) == ["Home"]


def test_every_block_renders_on_the_home_page(client: Client, home: HomePage, picture: Image) -> None:
    home.body = [(name, block.get_preview_value()) for name, block in HomeStream().child_blocks.items()]
    home.save()
    answer = client.get("/")
    assert answer.status_code == 200
    assert len(headings(answer.text)) == 1
    assert "style=" not in answer.text
    assert "<script>" not in answer.text
    assert answer.text.count("body__part--") == len(HomeStream().child_blocks)


def test_a_standard_page_has_crumbs_and_the_pages_below(
    client: Client, page_with: Callable[..., StandardPage]
) -> None:
    page = page_with(("text", "<p>Open at eight.</p>"), summary="Green places.")
    page.add_child(instance=StandardPage(title="Playgrounds", slug="play", show_in_menus=True))
    page.add_child(instance=StandardPage(title="Hidden", slug="hidden", show_in_menus=True, live=False))
    answer = client.get("/parks/")
    assert headings(answer.text) == ["Parks"]
    assert "Open at eight." in answer.text
    assert 'content="Green places."' in answer.text
    assert "/parks/play/" in answer.text
    assert "Hidden" not in answer.text
    assert [crumb["text"] for crumb in answer.context["crumbs"]] == ["Home", "Parks"]


def test_a_draft_is_not_public(client: Client, page_with: Callable[..., StandardPage]) -> None:
    page_with(live=False)
    assert client.get("/parks/").status_code == 404


def news(home: HomePage, count: int, picture: Image | None = None) -> NewsIndexPage:
    index = home.add_child(instance=NewsIndexPage(title="News", slug="news"))
    for number in range(count):
        index.add_child(
            instance=NewsPage(
                title=f"Lights {number}",
                slug=f"lights-{number}",
                published_on=date(2026, 1, 1 + number),
                image=picture,
                image_alt="A lamp" if picture else "",
                body=[("text", "<p>They are on.</p>")],
            )
        )
    return index


def test_news_is_listed_newest_first_in_sheets(client: Client, home: HomePage) -> None:
    news(home, 14)
    first, second = client.get("/news/"), client.get("/news/?page=2")
    assert first.text.index("Lights 13") < first.text.index("Lights 2")
    assert "Lights 1<" not in first.text
    assert [item["title"] for item in second.context["news"]] == ["Lights 1", "Lights 0"]


def test_an_empty_news_list_says_so(client: Client, home: HomePage) -> None:
    news(home, 0)
    assert "No news yet" in client.get("/news/").text


@pytest.mark.slow
def test_a_list_of_news_costs_the_same_for_one_and_for_many(
    client: Client, home: HomePage, picture: Image
) -> None:
    index = news(home, 1, picture)
    client.get("/news/")
    with CaptureQueriesContext(connection) as one:
        client.get("/news/")
    for number in range(1, 12):
        index.add_child(
            instance=NewsPage(
                title=f"More {number}",
                slug=f"more-{number}",
                image=picture,
                image_alt="A lamp",
                body=[("text", "<p>Hello</p>")],
            )
        )
    with CaptureQueriesContext(connection) as many:
        client.get("/news/")
    assert len(one) == len(many)


def test_a_news_page_shows_its_date_and_picture(client: Client, home: HomePage, picture: Image) -> None:
    news(home, 1, picture)
    answer = client.get("/news/lights-0/")
    assert "1 January 2026" in answer.text
    assert 'alt="A lamp"' in answer.text


def test_a_news_picture_needs_words(picture: Image) -> None:
    page = NewsPage(title="Lights", slug="lights", path="00010001", depth=2, image=picture)
    with pytest.raises(ValidationError, match="Say what the picture shows"):
        page.clean()


def test_a_missing_page_offers_search(client: Client, home: HomePage) -> None:
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404
    assert headings(answer.text) == ["We cannot find that page"]
    assert re.search(r'<form[^>]*action="/search/"', answer.text)
