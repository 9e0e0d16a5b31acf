"""Every state of every component can be read and used by anyone, at every width, in light and in dark."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from engage.kit import gallery
from tests.journeys.people import AXE, assert_usable, assert_usable_at_every_width, fits, sign_in
from tests.served import Served

pytestmark = pytest.mark.browser
type Scheme = Literal["light", "dark"]
type Look = tuple[int, Scheme]
SMALL_AND_LARGE: list[Look] = [(320, "light"), (1280, "dark")]
NAMES = gallery.page_names()

# Landmarks of the same name are an everyday thing in a gallery, so best practice is asked of real pages only.


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_components_meet_wcag_and_fit(browser: Browser, site: Served, width: int, scheme: Scheme) -> None:
    context = browser.new_context(
        base_url=site.url, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto("/styleguide/")
    assert_usable(page)
    context.close()


@pytest.fixture(scope="module")
def visitors_tab(browser: Browser, site: Served) -> Iterator[Page]:
    """One tab for all states: what a page loads besides itself is fetched once, and what checks it is read once.

    With reduced motion nothing fades from one colour into another, which would be pale on the way.
    """
    context = browser.new_context(base_url=site.url, reduced_motion="reduce")
    context.add_init_script(AXE)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def desk(browser: Browser, site: Served) -> Iterator[Page]:
    """The same for somebody who may enter the back office."""
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    sign_in(page, "administrator", back="/admin/")
    context.add_init_script(AXE)
    yield page
    context.close()


@pytest.mark.parametrize("template", [name for name in NAMES if not gallery.is_for_staff(name)])
def test_states_of_pages_meet_wcag_and_fit(visitors_tab: Page, template: str) -> None:
    """Small in the light and large in the dark, and it fits both; that components bear all four is tested above."""
    for number, _ in enumerate(gallery.state_names(template), 1):
        visitors_tab.goto(gallery.address_of(template, number))
        for width, scheme in looks(number):
            visitors_tab.emulate_media(color_scheme=scheme)
            visitors_tab.set_viewport_size({"width": width, "height": 900})
            assert_usable(visitors_tab)
        for width in {width for width, _ in SMALL_AND_LARGE} - {width for width, _ in looks(number)}:
            visitors_tab.set_viewport_size({"width": width, "height": 900})
            assert fits(visitors_tab)


def looks(number: int) -> list[Look]:
    """A page's first state is looked at both ways, and the others, which differ from it little, by turns."""
    return SMALL_AND_LARGE if number == 1 else [SMALL_AND_LARGE[number % 2]]


@pytest.mark.parametrize("template", [name for name in NAMES if gallery.is_for_staff(name)])
def test_states_of_the_back_office_meet_wcag_and_fit(desk: Page, template: str) -> None:
    for number, _ in enumerate(gallery.state_names(template), 1):
        desk.goto(gallery.address_of(template, number))
        assert_usable_at_every_width(desk)


def test_nothing_breaks_the_security_policy(page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/styleguide/")
    page.evaluate("document.fonts.ready.then(() => true)")  # fetched last
    assert not [text for text in said if "Content Security Policy" in text]


def test_escape_shuts_the_menu_and_gives_the_focus_back(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/styleguide/")
    menu = page.locator("details.menu")
    menu.locator("summary").click()
    menu.get_by_role("link").first.focus()
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert menu.locator("summary").evaluate("element => element === document.activeElement")


def test_everything_can_be_reached_without_scripts(browser: Browser, site: Served) -> None:
    context = browser.new_context(
        base_url=site.url, java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    page.goto("/styleguide/")
    page.locator("details.menu > summary").click()
    assert page.locator(".menu__panel nav a").first.is_visible()
    assert page.locator("#component-filter_bar details summary").first.is_visible()
    context.close()
