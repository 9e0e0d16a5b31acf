"""Ideas as people meet them: on a phone, live on two screens, without scripts, and with the socket down."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from engage.demo.signins import PASSWORD
from tests.journeys.conftest import Visit
from tests.journeys.people import EMAIL, assert_usable, write_idea

pytestmark = pytest.mark.browser


def new_idea(page: Page, title: str) -> str:
    """Suggested by whoever is signed in on this page; the answer is its address."""
    write_idea(page, title, f"It gets dark early. {uuid4()}")
    page.get_by_role("button", name="Publish my idea").click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    return page.url


@contextmanager
def no_violations(page: Page) -> Iterator[None]:
    """Nothing is refused by the security policy meanwhile, and the page ends up usable by everybody."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    yield
    assert_usable(page)
    assert not [text for text in said if "Content Security Policy" in text]


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_can_be_used_by_anyone_at_every_width(visit: Visit, width: int) -> None:
    page = visit("moderator", width=width)
    address = new_idea(page, f"A bench for {width} pixels")
    for path in ("/ideas/", "/ideas/?text=bench&sort=supported", "/ideas/new/", address):
        with no_violations(page):
            page.goto(path)


def test_a_place_outside_the_council_is_said_while_the_pin_is_put(visit: Visit) -> None:
    page = visit("resident")
    page.context.grant_permissions(["geolocation"])
    write_idea(page, "A bench at the end of the world", "It is far.")
    page.get_by_role("link", name="Change Place").click()
    page.get_by_role("button", name="Use my location").click()
    expect(page.locator("#pinned")).to_contain_text("outside the area of this council")


def test_support_and_comments_appear_on_another_screen_without_reload(visit: Visit) -> None:
    author, neighbour, stranger = visit("resident"), visit("representative"), visit()
    address = new_idea(author, "Swings that everyone can use")
    for page in (neighbour, stranger):
        page.goto(address)
        page.evaluate("window.sameDocument = true")
    expect(stranger.locator(".support__number")).to_have_text("0")
    neighbour.get_by_role("button", name="Support this idea").click()
    expect(neighbour.get_by_role("button", name="You support this")).to_be_visible()
    expect(neighbour.get_by_role("button", name="You support this")).to_be_focused()
    for page in (author, stranger):
        expect(page.locator(".support__number")).to_have_text("1")
    neighbour.get_by_label("Your comment").fill("My <b>daughter</b> would love that.")
    neighbour.get_by_role("button", name="Send comment").click()
    expect(neighbour.get_by_text("Your comment is published")).to_be_focused()
    expect(stranger.locator("#comments")).to_contain_text("My <b>daughter</b> would love that.")
    neighbour.get_by_role("button", name="You support this").click()
    expect(stranger.locator(".support__number")).to_have_text("0")
    for page in (neighbour, stranger):
        assert page.evaluate("window.sameDocument"), "the page was loaded again"


def test_a_comment_being_written_is_not_lost_when_others_comment(visit: Visit) -> None:
    author, neighbour = visit("resident"), visit("representative")
    address = new_idea(author, "A tap for water bottles")
    author.get_by_label("Your comment").fill("Half a senten")
    neighbour.goto(address)
    neighbour.get_by_label("Your comment").fill("Good idea.")
    neighbour.get_by_role("button", name="Send comment").click()
    expect(author.locator("#comments")).to_contain_text("Good idea.")
    expect(author.get_by_label("Your comment")).to_have_value("Half a senten")


def test_the_list_shows_new_support_too(visit: Visit) -> None:
    reader, neighbour = visit(), visit("representative")
    address = new_idea(neighbour, "Trees along the market road")
    reader.goto("/ideas/?sort=newest&text=trees+along+the+market")
    card = re.search(r"/ideas/(\d+)-", address)
    assert card
    number = reader.locator(f"#card-{card[1]} .idea-card__number")
    expect(number).to_have_text("0")
    neighbour.goto(address)
    neighbour.get_by_role("button", name="Support this idea").click()
    expect(number).to_have_text("1")


def test_support_works_with_the_socket_down(visit: Visit) -> None:
    page = visit("representative")
    address = new_idea(page, "Paint for the youth club")
    page.add_init_script("window.WebSocket = class { constructor() { throw new Error('no sockets here'); } }")
    page.goto(address)
    page.get_by_role("button", name="Support this idea").click()
    expect(page.get_by_role("button", name="You support this")).to_be_visible()
    expect(page.locator(".support__number")).to_have_text("1")


def test_the_signed_out_sign_in_and_come_back_to_support(visit: Visit) -> None:
    address = new_idea(visit("resident"), "A quiet room in the library")
    page = visit()
    page.goto(address)
    page.get_by_role("link", name="Sign in to support this").click()
    page.get_by_label("Email").fill(EMAIL["representative"])
    page.get_by_label(re.compile("Password")).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(address)
    page.get_by_role("button", name="Support this idea").click()
    expect(page.get_by_role("button", name="You support this")).to_be_visible()


def test_everything_works_without_scripts(visit: Visit) -> None:
    page = visit(scripts=False, width=360)
    write_idea(page, "Bike racks at the station", "Bikes lie on the platform.")
    page.get_by_role("link", name="Sign in, and publish it at once").click()
    page.get_by_label("Email").fill(EMAIL["representative"])
    page.get_by_label(re.compile("Password")).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("dl")).to_contain_text("Bikes lie on the platform.")
    page.get_by_role("button", name="Publish my idea").click()
    expect(page).to_have_url(re.compile(r"/ideas/\d+-bike-racks-at-the-station/$"))
    page.get_by_role("button", name="Support this idea").click()
    expect(page.get_by_role("button", name="You support this")).to_be_visible()
    page.get_by_role("button", name="You support this").click()
    expect(page.locator(".support__number")).to_have_text("0")
    page.get_by_label("Your comment").fill("I will bring mine.")
    page.get_by_role("button", name="Send comment").click()
    expect(page.locator("#comments")).to_contain_text("I will bring mine.")
