"""Every state of every component can be read and used by anyone, at every width, in light and in dark."""

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.people import assert_usable
from tests.served import Served

pytestmark = pytest.mark.browser

# Landmarks of the same name are an everyday thing in a gallery, so best practice is asked of real pages only.


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_components_meet_wcag_and_fit(browser: Browser, site: Served, width: int, scheme: str) -> None:
    context = browser.new_context(
        base_url=site.url, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto("/styleguide/")
    assert_usable(page)
    context.close()


def test_nothing_breaks_the_security_policy(page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/styleguide/")
    page.wait_for_load_state("networkidle")
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
