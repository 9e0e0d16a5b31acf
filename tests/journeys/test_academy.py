"""A resident takes a lesson: with scripts, without them, and with axe looking on."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import assert_usable
from tests.served import Served

pytestmark = pytest.mark.browser


def start_course(page: Page) -> None:
    page.goto("/academy/")
    page.get_by_role("link", name="How your council works").first.click()
    page.get_by_role("link", name="Start lesson 1").click()


def answer_first_question(page: Page) -> None:
    quiz = page.locator("form.quiz").first
    quiz.get_by_role("radio").first.check()
    quiz.get_by_role("button", name="Check my answer").click()
    expect(quiz.locator(".quiz__answer")).to_be_visible()
    expect(quiz.get_by_text("Right answer")).to_be_visible()


def test_answering_keeps_the_reader_where_they_are(page: Page) -> None:
    start_course(page)
    address = page.url
    page.evaluate("window.sameDocument = true")
    answer_first_question(page)
    assert page.url == address
    assert page.evaluate("window.sameDocument === true")
    page.get_by_role("link", name="Next lesson").click()
    expect(page.get_by_text("Lesson 2 of")).to_be_visible()


def test_a_quiz_works_without_scripts(browser: Browser, site: Served) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    start_course(page)
    answer_first_question(page)
    assert "quiz-" in page.url
    context.close()


@pytest.mark.parametrize("address", ["/", "/academy/", "/news/", "/about/", "/search/?q=bench"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_meet_wcag_and_fit(browser: Browser, site: Served, address: str, width: int) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(address)
    assert_usable(page)
    context.close()


def test_an_answered_lesson_meets_wcag(page: Page) -> None:
    start_course(page)
    answer_first_question(page)
    assert_usable(page)
