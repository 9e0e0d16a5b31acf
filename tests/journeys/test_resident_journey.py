"""A resident looks for what is there already, suggests, gathers support and is answered, and sees it all happen."""

import re
import time
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from engage.demo.signins import PEOPLE
from tests.journeys.conftest import Visit
from tests.journeys.people import assert_usable_at_every_width, follow, go_on
from tests.served import Served

pytestmark = pytest.mark.browser

ALIKE = "Owl boxes along the drain"  # still open, so it can be supported
INSTEAD = re.compile("Support this one instead")
ANSWER = "Yes. Twenty boxes go up along both banks in May 2027. Everybody can name a tree until March."
WORKER_SECONDS = 60  # it is another process, and may be busy with what came before


@pytest.mark.slow
def test_from_a_title_to_the_councils_answer(visit: Visit, site: Served) -> None:
    resident = visit("representative", back="/ideas/new/")
    title = f"{ALIKE} and the bank {uuid4().hex[:6]}"
    with site.worker():
        idea = suggest(resident, title)
        first, second = gather(visit, idea)
        resident.evaluate("window.sameDocument = true")
        expect(resident.locator(".support__number")).to_have_text("2")

        answer(visit("officer", back="/admin/"), title)
        for page in (resident, first, second):
            see_the_answer(page)
        assert_usable_at_every_width(resident)

        for page in (resident, first, second):
            be_told(page, title, idea)
        resident.goto("/account/notifications/")
        assert_usable_at_every_width(resident)


def suggest(page: Page, title: str) -> str:
    """Past the ideas that are like it, when the title is typed and again before it is sent. Answers its address."""
    page.goto("/ideas/new/")
    follow(page.get_by_role("button", name="Start now"))
    if "/call/" in page.url:
        page.get_by_label("No, it is my own idea").check()
        go_on(page)
    page.get_by_label("Your idea in a few words").press_sequentially(title)
    expect(page.get_by_role("link", name=ALIKE, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name=INSTEAD).first).to_be_visible()
    assert_usable_at_every_width(page)
    go_on(page)
    page.get_by_label("Tell us more").fill(
        "Boxes on poles for the owls, and a board that says who lives in them."
    )
    go_on(page)
    page.get_by_label("Or choose from the list").select_option(label="Lower Wend")
    go_on(page)
    while not page.url.endswith("/check/"):
        go_on(page)
    expect(page.get_by_role("link", name=ALIKE, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name=INSTEAD).first).to_be_visible()
    assert_usable_at_every_width(page)
    page.get_by_role("button", name="Publish my idea").click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(page.locator("main")).to_contain_text(f"Suggested by {PEOPLE['representative']}")
    expect(page.locator(".support__number")).to_have_text("0")
    assert_usable_at_every_width(page)
    return page.url


def gather(visit: Visit, idea: str) -> tuple[Page, Page]:
    """Two neighbours support it, each in a browser of their own; the first sees the second arrive."""
    first, second = visit("resident"), visit("moderator")
    for page in (first, second):
        page.goto(idea)
        page.evaluate("window.sameDocument = true")
    support(first)
    expect(second.locator(".support__number")).to_have_text("1")
    support(second)
    expect(first.locator(".support__number")).to_have_text("2")
    assert_usable_at_every_width(first)
    return first, second


def support(page: Page) -> None:
    page.get_by_role("button", name="Support this idea").click()
    expect(page.get_by_role("button", name="You support this")).to_be_visible()


def answer(page: Page, title: str) -> None:
    page.goto("/admin/ideas-to-assess/?whose=nobody&ordering=-waits_since")
    follow(page.get_by_role("link", name=title))
    assert_usable_at_every_width(page)
    page.get_by_label("Lowest cost").fill("4,000")
    page.get_by_label("Highest cost").fill("5,500")
    page.get_by_label("Can it be done?").select_option(label="Yes")
    page.get_by_label("Does it fit").select_option(label="It fits")
    page.get_by_label("What the council answers").select_option(label="Going ahead")
    page.get_by_label("Public answer").fill(ANSWER)
    page.get_by_label("Reason").fill(
        "The drain is cleared from a boat anyway, and both schools want to build."
    )
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.get_by_text("is public").first).to_be_visible()
    assert_usable_at_every_width(page)


def see_the_answer(page: Page) -> None:
    """On the page that was open all along."""
    expect(page.locator("#answer")).to_contain_text(ANSWER)
    expect(page.locator("#answer")).to_contain_text("£4,000 to £5,500")
    expect(page.locator("#facts")).to_contain_text("Going ahead")
    expect(page.locator(".timeline")).to_contain_text("The council answered: Going ahead")
    assert page.evaluate("window.sameDocument"), "the page was loaded again"


def be_told(page: Page, title: str, idea: str) -> None:
    """Once, by the worker, among the notifications; from there back to the answer."""
    news = page.get_by_role("link", name=f"The council answered “{title}”: Going ahead")
    page.goto("/account/notifications/")
    until = time.monotonic() + WORKER_SECONDS
    while not news.count() and time.monotonic() < until:
        page.reload()
    expect(news).to_have_count(1)
    news.click()
    expect(page).to_have_url(f"{idea}#answer")
    expect(page.locator("#answer")).to_contain_text(ANSWER)
