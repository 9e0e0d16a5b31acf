"""The running site, a browser, and visitors for the journeys."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from engage.local import chromium
from tests.journeys.people import sign_in
from tests.served import Served, demo_site

type Visit = Callable[..., Page]

PATIENCE = 15_000  # milliseconds for what comes in the end; a busy machine takes longer
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[Served]:
    """The demo council's site, running on a port of its own (HTTP and WebSocket), for tests in a browser.

    Its database is filled from the migrated template, which Django may only make where a test may touch a database.
    """
    with demo_site() as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium.find()
    assert found, chromium.MISSING
    # Chromium's sandbox needs an ordinary user, and a browser under test asks nobody on the internet anything.
    options = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
    ]
    if os.geteuid() == 0:
        options.append("--no-sandbox")
    # Playwright keeps an event loop on this thread, which Django would take for a reason to refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=options)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, site: Served) -> Iterator[Page]:
    """A new visitor's tab on the running site; addresses may be written without the host."""
    context = browser.new_context(base_url=site.url, locale="en-GB", timezone_id="Europe/London")
    yield context.new_page()
    context.close()


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
