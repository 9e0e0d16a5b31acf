"""What somebody does in one browser, arriving in another: over the socket, through Channels and a real Valkey."""

from __future__ import annotations

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.people import assert_usable
from tests.served import Served

pytestmark = pytest.mark.browser

# Nobody may write ten times in ten minutes, and the demo's people write in other journeys too.
WRITER, NEIGHBOUR = "writer@demo.example", "neighbour@demo.example"
NO_SOCKETS = "window.WebSocket = class { constructor() { throw new Error('no sockets here'); } }"


@pytest.fixture(scope="module", autouse=True)
def people(site: Served) -> None:
    site.open_account(WRITER, "Perpetua", "Finch", "resident")
    site.open_account(NEIGHBOUR, "Oswin", "Tarn", "resident")


@pytest.fixture
def address(visit: Visit) -> str:
    """An idea of the demo that only this file touches, as its page's path. It gathers support until it is answered."""
    page = visit()
    page.goto("/ideas/?text=Dew+pond+restoration")
    path = page.locator(".idea-card a").first.get_attribute("href")
    assert path
    return path


def opened(page: Page, path: str) -> Page:
    """The page, marked so that it can tell whether it was loaded again."""
    page.goto(path)
    page.evaluate("window.sameDocument = true")
    return page


def write(page: Page, text: str, side: str = "") -> None:
    page.get_by_label("Your comment").fill(text)
    if side:
        page.get_by_label(side, exact=True).check()
    page.get_by_role("button", name="Send comment").click()
    # The thanks may be those for the comment before.
    expect(page.locator("#threads")).to_contain_text(text.strip())
    expect(page.get_by_text("Thank you. Your comment is published.")).to_be_visible()
    expect(page.get_by_label("Your comment")).to_have_value("")


def scrolled_past_its_top(comment: Locator) -> FloatRect:
    """Where it then is. News that comes at that very moment puts another element in its place, which did not scroll."""
    for _ in range(5):
        comment.evaluate("(comment) => { comment.scrollIntoView(); scrollBy(0, 200) }")
        box = comment.bounding_box()
        if box and box["y"] < 0:
            return box
    raise AssertionError("the page does not scroll to the comment")


def test_support_comment_reply_and_status_arrive_in_a_second_browser(visit: Visit, address: str) -> None:
    reader = opened(visit(), address)
    writer = opened(visit(WRITER), address)
    before = int(reader.locator(".support__number").inner_text())
    writer.get_by_role("button", name="Support this idea").click()
    expect(reader.locator(".support__number")).to_have_text(str(before + 1))

    write(writer, "Lamps with a timer, please.", side="I am for it")
    arrived = reader.locator("#comments .thread", has_text="Lamps with a timer, please.")
    expect(arrived).to_be_visible()
    expect(arrived).to_contain_text("For the idea")
    expect(reader.locator("[data-arrivals-words]")).to_have_text("1 new comment")

    neighbour = opened(visit(NEIGHBOUR), address)
    thread = neighbour.locator(".thread", has_text="Lamps with a timer, please.")
    thread.get_by_role("link", name="Reply").click()
    thread.get_by_label("Your reply").fill("Until nine would do.")
    thread.get_by_role("button", name="Send reply").click()
    expect(thread.get_by_text("Your reply is published")).to_be_focused()
    for page in (reader, writer):
        expect(page.locator(".replies", has_text="Until nine would do.")).to_be_visible()

    officer = visit("officer")
    officer.goto(address)
    officer.get_by_role("link", name="Change the status or answer").click()
    officer.locator("select[name=status]").select_option("assessing")
    officer.locator("textarea[name=reason]").fill("We are asking for prices.")
    officer.get_by_role("button", name="Save", exact=True).first.click()
    expect(reader.locator(".timeline")).to_contain_text("We are asking for prices.")
    expect(reader.locator("#facts")).to_contain_text("Being looked at")
    for page in (reader, writer, neighbour):
        assert page.evaluate("window.sameDocument"), "the page was loaded again"
    assert_usable(reader)


def test_what_one_reads_and_writes_stays_when_others_write(visit: Visit, address: str) -> None:
    reader, writer = visit(NEIGHBOUR), opened(visit(WRITER), address)
    for number in range(4):
        write(writer, f"Something about the place, number {number}. " + "It is worth a walk. " * 20)
    opened(reader, address)
    reader.get_by_label("Your comment").fill("Half a sent")
    read = reader.locator("#comments .thread", has_text="number 1.")
    before = scrolled_past_its_top(read)
    write(writer, "One more above all of them.")
    expect(reader.locator("#comments")).to_contain_text("One more above all of them.")
    after = read.bounding_box()
    assert after
    assert abs(after["y"] - before["y"]) < 2
    expect(reader.get_by_label("Your comment")).to_have_value("Half a sent")

    read.get_by_role("link", name="Reply").click()
    reply = read.get_by_label("Your reply")
    reply.fill("A reply that takes thought")
    write(writer, "And another one.")
    show = reader.get_by_role("button", name="Show")
    expect(show).to_be_visible()
    expect(reader.locator("[data-arrivals-words]")).to_have_text("1 new comment")
    expect(reply).to_have_value("A reply that takes thought")
    expect(reader.locator("#comments")).not_to_contain_text("And another one.")
    assert_usable(reader)
    read.get_by_role("link", name="Cancel").click()
    expect(read.get_by_role("link", name="Reply")).to_be_focused()
    show.click()
    expect(reader.locator("#comments")).to_contain_text("And another one.")
    expect(show).to_be_hidden()


def test_without_the_socket_looking_at_the_page_again_brings_the_news(visit: Visit, address: str) -> None:
    reader = visit()
    reader.add_init_script(NO_SOCKETS)
    opened(reader, address)
    writer = visit(WRITER)
    writer.add_init_script(NO_SOCKETS)
    opened(writer, address)
    write(writer, "Written without a socket.")
    expect(writer.locator("#comments")).to_contain_text("Written without a socket.")
    expect(reader.locator("#comments")).not_to_contain_text("Written without a socket.")
    reader.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(reader.locator("#comments")).to_contain_text("Written without a socket.")
    expect(reader.locator("[data-arrivals-words]")).to_have_text("1 new comment")
    assert reader.evaluate("window.sameDocument")


def test_reply_change_and_take_back_without_scripts(visit: Visit, address: str) -> None:
    page = visit(NEIGHBOUR, scripts=False, width=360)
    page.goto(address)
    page.get_by_label("Your comment").fill("I would bring a brroom.")
    page.get_by_label("I am for it", exact=True).check()
    page.get_by_role("button", name="Send comment").click()
    mine = page.locator(".thread", has_text="brroom")
    mine.get_by_role("link", name="Change").click()
    page.get_by_role("textbox", name="Your comment").fill("I would bring a broom.")
    page.get_by_role("button", name="Save the change").click()
    mine = page.locator(".thread", has_text="I would bring a broom.")
    expect(mine).to_contain_text("changed at")
    mine.get_by_role("link", name="Reply").click()
    page.get_by_role("textbox", name="Your reply").fill("And a bucket.")
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator(".replies")).to_contain_text("And a bucket.")
    page.get_by_role("link", name="All comments on this idea").click()
    page.locator(".thread > div", has_text="I would bring a broom.").get_by_role(
        "link", name="Take back"
    ).first.click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("#comments")).to_contain_text("The person who wrote this comment took it back.")
    expect(page.locator("#comments")).to_contain_text("And a bucket.")


def test_nothing_is_typed_into_a_comment_that_is_on_its_way(visit: Visit, address: str) -> None:
    """On a slow line the answer would take away what was typed meanwhile; after a broken one, every word is there."""
    page = opened(visit(NEIGHBOUR), address)
    page.route("**/comments/", lambda route: None)
    words = page.locator("#writing textarea")
    words.fill("Sent on a slow train.")
    page.get_by_role("button", name="Send comment").click()
    expect(words).to_be_disabled()
    page.unroute_all()
    page.reload()

    page.route("**/comments/", lambda route: route.abort())
    words.fill("Sent into a tunnel.")
    page.get_by_role("button", name="Send comment").click()
    expect(words).to_be_enabled()
    expect(words).to_have_value("Sent into a tunnel.")
