"""What the journeys share: signing in as one of the demo's people, and asking whether everybody can use a page."""

import re
from urllib.parse import urlencode

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Locator, Page

from engage.demo.signins import PASSWORD, SIGN_INS

# Every element that is in order need not be listed: that takes as long as looking for those that are not.
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
# The same few colours are read again and again, and reading one takes axe so long that it was a fifth of its time.
AXE = f"""{AXE_SCRIPT}
(() => {{
    const colour = axe.commons.color.Color.prototype, read = colour.parseString, known = new Map();
    colour.parseString = function (text) {{
        if (!known.has(text)) known.set(text, read.call(new this.constructor(), text));
        const {{ r, g, b, alpha }} = known.get(text);
        return Object.assign(this, {{ r, g, b, alpha }});
    }};
}})();
"""
# What is in order is left in the browser: it is long, and nobody reads it.
LOOK = "async (options) => ({ violations: (await axe.run(options)).violations })"
# The back office slides: its page when the screen grows or shrinks, and what it says at the top, which comes in from
# nothing and is pale until it is there. On the way a page may be so narrow that it scrolls; nobody reads it then.
AT_REST = """() => {
    for (const moving of document.getAnimations()) if (moving instanceof CSSTransition) moving.finish();
    return [...document.querySelectorAll(".messages > ul:has(li)")].every(
        (said) => getComputedStyle(said).opacity === "1"
    );
}"""
EMAIL = {each.who: each.email for each in SIGN_INS}


def sign_in(page: Page, role: str, back: str = "/ideas/") -> None:
    """By password, from the sign-in page; ends on the page `back`. `role` may be the email of somebody else."""
    page.goto(f"/account/login/?{urlencode({'next': back})}")
    page.get_by_label("Email").fill(EMAIL.get(role, role))
    page.get_by_label(re.compile("Password")).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    # The whole address: that of the sign-in page ends with `back` too.
    page.wait_for_url(back)


def assert_usable(page: Page) -> None:
    """No violation of WCAG 2.2 AA that a machine can find, and nothing that makes the page scroll sideways."""
    if not page.evaluate(AT_REST):  # mostly it is, and what waits is long to load
        page.wait_for_function(AT_REST)
    # Reading axe takes a third as long as running it, so a page that is asked twice has it once.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    problems = AxeResults(page.evaluate(LOOK, WCAG))
    assert not problems.violations_count, problems.generate_report()
    assert fits(page)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def assert_usable_at_every_width(page: Page) -> None:
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert_usable(page)


def assert_usable_on_a_phone(page: Page) -> None:
    """On a small screen; then the page is as wide again as it was."""
    before = page.viewport_size
    assert before
    page.wait_for_load_state()
    page.set_viewport_size({"width": 360, "height": 900})
    assert_usable(page)
    page.set_viewport_size(before)


def write_idea(page: Page, title: str, description: str, *, place: str = "") -> None:
    """From the first page of a new idea to the last, with a place from the list; left there before it is sent."""
    page.goto("/ideas/new/")
    follow(page.get_by_role("button", name="Start now"))
    if "/call/" in page.url:
        page.get_by_label("No, it is my own idea").check()
        go_on(page)
    page.get_by_label("Your idea in a few words").fill(title)
    go_on(page)
    page.get_by_label("Tell us more").fill(description)
    go_on(page)
    chosen = {"label": place} if place else {"index": 2}
    page.get_by_label("Or choose from the list").select_option(**chosen)
    go_on(page)
    while not page.url.endswith("/check/"):
        go_on(page)


def go_on(page: Page) -> None:
    """From one page of a new idea to the next."""
    follow(page.get_by_role("button", name="Save and continue"))


def follow(target: Locator) -> None:
    """Press what leads to another page, and be there: whoever looks at once may see the page that it was on."""
    with target.page.expect_navigation():
        target.click()
