"""The public chain: an idea, a neighbour's support, an award of a place's own fund, its payment and its result.

What councillors give goes to groups that apply: tests/journeys/test_grant_journey.py.
"""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from engage.demo.signins import PEOPLE
from tests.journeys.conftest import Visit
from tests.journeys.people import write_idea

pytestmark = pytest.mark.browser

COUNCILLOR = PEOPLE["councillor"]
PLACE = "Harstow Riverside"
TITLE = "A dry store for the growing club"
DECISION = "The tools rust in the open, and the club opens its gate to everyone on Sundays."


def test_from_idea_to_outcome(visit: Visit, page: Page) -> None:
    idea = suggest(visit("resident", back="/ideas/new/"))
    support(visit("representative", back="/ideas/"), idea)

    officer = visit("officer", back="/admin/")
    open_fund(officer)
    desk = commit(officer)
    pay(officer, desk)
    report(officer, desk)
    add_photo(officer, desk)

    # What everybody sees, without an account: from the idea to its award, and what became of it.
    page.goto(idea)
    page.get_by_role("link", name=re.compile(TITLE)).last.click()
    expect(page.get_by_text(DECISION)).to_be_visible()
    expect(page.get_by_text("£640 paid")).to_be_visible()
    expect(page.get_by_role("heading", name="Families with a plot")).to_be_visible()
    expect(page.get_by_text("Nobody carries the mower home any more.")).to_be_visible()
    expect(page.get_by_alt_text("A green shed between two rows of beans")).to_be_visible()
    told = page.request.get(page.url.rstrip("/") + ".json").text()
    assert "640.00" in told
    assert "Families with a plot" in told

    # The fund's own figures moved by exactly what was awarded, on the public page of its place.
    page.goto("/budgets/?year=2026")
    page.get_by_role("link", name=PLACE).first.click()
    expect(page.get_by_text("£360").first).to_be_visible()


def suggest(page: Page) -> str:
    words = "The spades and the mower stand in the rain. A shed would do."
    write_idea(page, TITLE, words, place=PLACE)
    page.get_by_role("button", name="Publish my idea").click()
    expect(page.get_by_role("heading", name=TITLE, exact=True)).to_be_visible()
    return page.url


def support(page: Page, idea: str) -> None:
    page.goto(idea)
    page.get_by_role("button", name="Support this idea").click()
    expect(page.get_by_role("button", name="You support this")).to_be_visible()
    expect(page.locator(".support__number")).to_have_text("1")


def open_fund(page: Page) -> None:
    page.goto("/admin/budgets/new/")
    page.get_by_label("Year").fill("2026")
    page.get_by_label("Place").select_option(label=PLACE)
    page.get_by_label("Allocate at once").fill("1000")
    page.get_by_role("button", name="Open the budget").click()
    expect(page.get_by_text("£1,000").first).to_be_visible()


def commit(page: Page) -> str:
    """Record the award, from the fund: a councillor's money is for groups that apply. Answers its desk's address."""
    page.goto("/admin/awards/new/")
    budget = page.get_by_label("Budget")
    offered = budget.locator("option").all_inner_texts()
    budget.select_option(label=next(text for text in offered if text.startswith(f"{COUNCILLOR}, 2026")))
    page.get_by_label("Organisation").select_option(index=1)
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("What the money is for").fill("A wooden shed, three metres by two, on slabs.")
    page.get_by_label("Amount").fill("640")
    page.get_by_label("Decided by").fill("The area panel of Harstow")
    page.get_by_label("Reason for the decision").fill(DECISION)
    page.get_by_label("Idea it grew from").select_option(label=TITLE)
    page.get_by_role("button", name="Record the award").click()
    expect(page.get_by_text("groups apply for councillors’ money").first).to_be_visible()
    budget.select_option(label=next(text for text in offered if text.startswith(f"{PLACE}, 2026")))
    page.get_by_role("button", name="Record the award").click()
    expect(page.get_by_role("link", name="Public page")).to_be_visible()
    return page.url


def pay(page: Page, desk: str) -> None:
    page.goto(desk)
    page.get_by_role("link", name="Record a payment").click()
    page.get_by_label("Amount").fill("641")
    page.get_by_role("button", name="Record the payment").click()
    expect(page.get_by_text("£1 more than is left to pay")).to_be_visible()
    page.get_by_label("Amount").fill("640")
    page.get_by_role("button", name="Record the payment").click()
    expect(page.get_by_role("link", name="Record a refund")).to_be_visible()


def report(page: Page, desk: str) -> None:
    page.goto(desk)
    page.get_by_role("link", name="Report a result").click()
    page.get_by_label("What was counted").fill("Families with a plot")
    page.get_by_label("Forecast").fill("14")
    page.get_by_label("Actual").fill("17")
    page.get_by_label("What changed, in words").fill("Nobody carries the mower home any more.")
    page.get_by_role("button", name="Publish the result").click()
    expect(page.get_by_role("link", name="Families with a plot")).to_be_visible()


def add_photo(page: Page, desk: str) -> None:
    page.goto(desk)
    page.get_by_role("link", name="Add a photo").click()
    shed = io.BytesIO()
    Image.new("RGB", (600, 400), "#3a7d44").save(shed, "JPEG")
    page.locator("input[type=file]").set_input_files(
        {"name": "shed.jpg", "mimeType": "image/jpeg", "buffer": shed.getvalue()}
    )
    page.get_by_label("What the picture shows").fill("A green shed between two rows of beans")
    page.get_by_role("button", name="Publish the photo").click()
    expect(page.get_by_text("A green shed between two rows of beans").first).to_be_visible()
