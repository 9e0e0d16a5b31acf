"""An editor writes, looks and publishes in a real browser, under the policy that lets no inline script run."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

from engage.demo.signins import SIGN_INS
from tests.journeys.people import assert_usable
from tests.served import Served

pytestmark = pytest.mark.browser

EDITOR = next(person for person in SIGN_INS if person.role == "editor")


@pytest.fixture
def desk(browser: Browser, site: Served) -> Iterator[Page]:
    """The editor's tab, signed in, in the admin."""
    context = browser.new_context(base_url=site.url, locale="en-GB", viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.goto("/account/login/?next=/admin/")
    page.locator("#id_login").fill(EDITOR.email)
    page.locator("#id_password").fill(EDITOR.password)
    page.get_by_role("button", name="Sign in", exact=True).last.click()
    expect(page).to_have_title(re.compile("Dashboard"))
    yield page
    context.close()


def open_home(desk: Page) -> None:
    desk.goto("/admin/pages/")
    address = desk.locator("a[href^='/admin/pages/'][href$='/edit/']").first.get_attribute("href")
    desk.goto(address)
    expect(desk.get_by_role("button", name="Insert a block").last).to_be_visible()


def add_block(desk: Page, name: str) -> Locator:
    """The new block. It is there a moment after it was chosen: until then the last block is the one before."""
    blocks = desk.locator("[data-streamfield-child]")
    there = blocks.count()
    desk.get_by_role("button", name="Insert a block").last.click()
    desk.get_by_role("option", name=name, exact=True).click()
    expect(blocks).to_have_count(there + 1)
    return blocks.last


def publish(desk: Page) -> None:
    desk.get_by_role("button", name="More actions").click()
    desk.get_by_role("button", name="Publish", exact=True).click()


def test_an_editor_writes_looks_and_publishes(desk: Page, page: Page) -> None:
    """A standard page under the home page: two blocks, one look at the preview, published."""
    open_home(desk)
    home = re.search(r"/pages/(\d+)/", desk.url)[1]
    desk.goto(f"/admin/pages/add/cms/standardpage/{home}/")
    desk.locator("#id_title").fill("Help with an idea")
    desk.locator("#id_summary").fill("We sit down with you.")
    quote = add_block(desk, "Quote")
    quote.locator("textarea[name$='-text']").fill("They came to our kitchen table.")
    quote.locator("input[name$='-name']").fill("Sam, 16")
    next_step = add_block(desk, "Do this next")
    next_step.locator("textarea[name$='-text']").fill("Say what your street needs.")
    next_step.locator("select[name$='-act']").select_option("suggest")
    desk.get_by_role("button", name="Toggle preview").first.click()
    shown = desk.frame_locator("iframe.w-preview__iframe").last
    expect(shown.get_by_text("They came to our kitchen table.")).to_be_visible(timeout=15_000)
    desk.get_by_role("button", name="Toggle preview").first.click()
    publish(desk)
    expect(desk.get_by_role("status").get_by_text("published")).to_be_visible(timeout=30_000)

    page.goto("/help-with-an-idea/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Help with an idea")
    expect(page.get_by_text("They came to our kitchen table.")).to_be_visible()
    assert_usable(page)
    page.get_by_role("link", name="Suggest an idea").last.click()
    expect(page).to_have_url(re.compile("/ideas/new/|/account/"))


def test_publish_pressed_while_the_page_saves_itself_makes_it_once(desk: Page, page: Page) -> None:
    """Wagtail's own saving has made the page, but its answer is still on the way when the editor presses Publish."""
    open_home(desk)
    home = re.search(r"/pages/(\d+)/", desk.url)[1]
    adding = f"/admin/pages/add/cms/standardpage/{home}/"
    made: list[Request] = []

    def press_meanwhile(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        made.append(route.request)
        answer = route.fetch(max_redirects=0)
        if len(made) == 1:
            publish(desk)
        return route.fulfill(response=answer)

    desk.route(f"**{adding}", press_meanwhile)
    # Wagtail takes what is typed in the first two seconds for what was there before.
    desk.add_init_script(
        "document.addEventListener('w-unsaved:watch-edits', () => { document.documentElement.dataset.watched = '' })"
    )
    desk.goto(adding)
    expect(desk.locator("html[data-watched]")).to_be_attached()
    desk.locator("#id_title").fill("Pressed early")
    desk.locator("#id_summary").fill("All that was typed.")
    expect(desk.get_by_role("status").get_by_text("published")).to_be_visible(timeout=30_000)
    assert len(made) == 1

    page.goto("/pressed-early/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pressed early")
    expect(page.get_by_text("All that was typed.").first).to_be_visible()


def test_choosers_and_date_pickers_start_without_inline_scripts(desk: Page) -> None:
    open_home(desk)
    desk.goto("/admin/settings/cms/menu/")
    desk.get_by_role("button", name="Add link").click()
    desk.get_by_role("button", name="Choose a page").first.click()
    # In a form that was added to a list, Wagtail starts a chooser twice, so there are two dialogs, one on the other.
    expect(desk.get_by_role("dialog").get_by_role("heading", name="Choose a page").first).to_be_visible()
    desk.goto("/admin/settings/cms/notice/")
    desk.locator("#id_starts_at").click()
    expect(desk.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)


def test_every_block_can_be_looked_at_before_it_is_chosen(desk: Page) -> None:
    open_home(desk)
    desk.get_by_role("button", name="Insert a block").last.click()
    desk.get_by_role("button", name="Preview", exact=True).first.click()
    expect(desk.frame_locator("iframe[src*='block-preview']").locator("main")).to_be_visible()
