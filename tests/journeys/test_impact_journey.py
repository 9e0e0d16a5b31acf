"""An officer writes down what an award was worth, everybody reads how it was worked out, and a resident says so."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.people import assert_usable, assert_usable_at_every_width, follow, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AWARD = "Apple pressing day"
WORTH = "£4,576.38 of value today from £420 put in: £10.90 for each £1"


def test_from_an_empty_value_map_to_a_residents_word(visit: Visit) -> None:
    officer = visit("officer", back="/admin/")
    begin(officer)
    add_outcome(officer)
    expect(officer.get_by_text(WORTH)).to_be_visible()
    assert_usable(officer)
    officer.get_by_role("link", name="Publish", exact=True).click()
    officer.get_by_role("button", name="Publish for everybody to read").click()

    neighbour = visit()
    neighbour.goto("/budgets/where-it-went/?year=2024")
    assert_usable_at_every_width(neighbour)
    neighbour.get_by_role("link", name=AWARD).click()
    expect(neighbour.get_by_text(WORTH)).to_be_visible()
    lines = neighbour.get_by_role("region", name="What each outcome is worth (Actual)")
    expect(lines).to_contain_text("40\N{NO-BREAK SPACE}%")
    assert_usable_at_every_width(neighbour)
    follow(neighbour.get_by_role("link", name="Back to the award"))
    assert_usable_at_every_width(neighbour)
    neighbour.get_by_role("link", name=re.compile("Sign in to say what you saw")).click()
    expect(neighbour.get_by_label("Email")).to_be_visible()
    confirm(neighbour)


def test_a_statement_is_one_page_of_paper(visit: Visit) -> None:
    page = visit(back="/budgets/harstow-castle/?year=2024")
    page.goto("/budgets/harstow-castle/?year=2024")
    page.get_by_role("link", name="Print this as a statement").click()
    expect(page.get_by_role("heading", name="Local money in Harstow Castle")).to_be_visible()
    assert_usable_at_every_width(page)
    assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4"))) == 1


def begin(page: Page) -> None:
    page.goto("/admin/value-maps/new/")
    page.get_by_label("Award").select_option(label=AWARD)
    page.get_by_label("Kind").select_option(label="Actual")
    page.get_by_label("Worked out for the day").fill("2025-06-02")
    page.get_by_label(re.compile("Not discounted")).check()
    page.get_by_label("Who was asked, and how").fill("Everybody who brought apples, at the press.")
    page.get_by_role("button", name="Begin the value map").click()
    expect(page.get_by_text("This value map has no outcome yet")).to_be_visible()


def add_outcome(page: Page) -> None:
    """The deadweight is forgotten at first, and refused by name."""
    page.get_by_role("link", name="Add an outcome").click()
    wellbeing = page.locator("#id_proxy option", has_text="WELLBY").get_attribute("value")
    page.locator("#id_proxy").select_option(wellbeing)
    for label, text in {
        "id_name": "Neighbours who know each other",
        "id_who": "People who brought apples",
        "id_quantity": "0.5",
        "id_displacement": "0",
        "id_attribution": "30",
        "id_drop_off": "30",
        "id_years": "2",
        "id_reasons": "Five people, a tenth of a point each.",
    }.items():
        page.locator(f"#{label}").fill(text)
    page.locator("form").evaluate_all("forms => forms.forEach(form => form.noValidate = true)")
    page.get_by_role("button", name="Add the outcome").click()
    expect(page.get_by_text("Enter the deadweight. 0 is an answer, an empty box is not.")).to_be_visible()
    page.locator("#id_deadweight").fill("40")
    page.get_by_role("button", name="Add the outcome").click()


def confirm(page: Page) -> None:
    """In place, and again without scripts' help after the page is loaded anew."""
    back = re.sub(r"^.*next=", "", page.url)
    sign_in(page, "resident", back)
    word = page.locator(".outcome-word", has_text="Litres pressed: 540")
    said = word.get_by_role("status").inner_text()
    word.get_by_role("button", name="I saw this").click()
    expect(word).to_contain_text("You said that you saw this.")
    expect(word.get_by_role("status")).not_to_have_text(said)
    word.get_by_text("I disagree", exact=True).click()
    word.get_by_label("It was fewer than they say").check()
    assert_usable_at_every_width(page)
    word.get_by_role("button", name="Say that I disagree").click()
    expect(word).to_contain_text("You said that you disagree.")
    word.get_by_role("button", name="Take my word back").click()
    expect(word.get_by_role("status")).to_have_text(said)
