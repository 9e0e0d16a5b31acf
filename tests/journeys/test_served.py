"""The running site that browser tests use: pages, style sheets, and a WebSocket on the same port."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_page_comes_with_its_style_sheet_and_no_error(page: Page) -> None:
    failed = []
    page.on("response", lambda response: response.status >= 400 and failed.append(response.url))
    page.on("pageerror", lambda error: failed.append(str(error)))

    answer = page.goto("/budgets/")

    assert answer
    assert answer.status == 200
    assert page.evaluate("document.styleSheets.length") > 0
    assert failed == []
