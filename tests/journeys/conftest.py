"""Visitors for the journeys."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import sign_in
from tests.served import Served

type Visit = Callable[..., Page]

PATIENCE = 15_000  # milliseconds for what comes in the end; a busy machine takes longer
expect.set_options(timeout=PATIENCE)


@pytest.fixture
def visit(browser: Browser, site: Served) -> Iterator[Visit]:
    """A visitor in a browser of their own, at `back`; signed in when a role is given."""
    contexts = []

    def open_page(role: str = "", *, back: str = "/ideas/", scripts: bool = True, width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=site.url,
            java_script_enabled=scripts,
            viewport={"width": width, "height": 900},
            locale="en-GB",
            timezone_id="Europe/London",
            geolocation={"latitude": 0, "longitude": 0},
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        if role:
            sign_in(page, role, back)
        return page

    yield open_page
    for context in contexts:
        context.close()
