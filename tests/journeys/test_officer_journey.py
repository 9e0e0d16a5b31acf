"""Staff moderate, join two ideas, assess and answer; a resident watches it happen, and asks for another look."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.people import assert_usable_at_every_width, follow

pytestmark = pytest.mark.browser

LEADS_ON, STAYS = "Raft race from Staithley to the sluice", "Sluice-to-sea gig rowing"
RUDE = "Whoever wrote this has never seen a boat in their life."
ANSWER = "Yes. The first rowing day is on Sunday 13 June 2027, from the slipway at Staithley."


def idea_called(page: Page, title: str) -> str:
    page.goto(f"/ideas/?text={title.split()[0]}")
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    return page.url


def number_of(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[1].split("-")[0]


def supporters_on(page: Page) -> int:
    return int(page.locator(".support__number").inner_text())


@pytest.mark.slow
def test_from_a_rude_comment_to_the_councils_answer(visit: Visit) -> None:
    resident, moderator, officer = visit("resident"), visit("moderator"), visit("officer", back="/admin/")
    joined = idea_called(resident, LEADS_ON)
    its_own = supporters_on(resident)
    kept = idea_called(resident, STAYS)
    resident.get_by_label("Your comment").fill(RUDE)
    resident.get_by_role("button", name="Send comment").click()
    expect(resident.locator("#comments")).to_contain_text(RUDE)
    before = supporters_on(resident)
    resident.evaluate("window.sameDocument = true")

    remove_the_comment(moderator, kept)
    expect(resident.locator("#comments")).not_to_contain_text(RUDE)

    together = join(officer, joined, kept)
    assert max(before, its_own) <= together <= before + its_own
    expect(resident.locator(".support__number")).to_have_text(str(together))
    expect(resident.locator("#credits")).to_contain_text(LEADS_ON)

    assess_and_answer(officer, kept)
    expect(resident.locator("#answer")).to_contain_text(ANSWER)
    expect(resident.locator("#answer")).to_contain_text("£900 to £1,400")
    expect(resident.locator("#facts")).to_contain_text("Going ahead")
    expect(resident.locator(".timeline")).to_contain_text("The council answered: Going ahead")
    assert resident.evaluate("window.sameDocument"), "the page was loaded again"
    assert_usable_at_every_width(resident)

    # The old address leads on, and what was said there can still be read.
    resident.goto(joined)
    expect(resident).to_have_url(kept)
    resident.get_by_role("link", name=LEADS_ON).first.click()
    expect(resident.get_by_text("Its supporters count there.")).to_be_visible()
    assert_usable_at_every_width(resident)


def remove_the_comment(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[id^=comment-]").filter(has_text=RUDE).get_by_role("link", name="Remove").first.click()
    page.get_by_label("Which rule does it break?").select_option(label="Rude or hateful")
    page.locator("#id_reason").fill("It talks about the author instead of the idea.")
    page.get_by_role("button", name="Remove the comment").click()
    expect(page.get_by_text("It talks about the author").first).to_be_visible()


def join(page: Page, joined: str, kept: str) -> int:
    """From the desk of the one to the other; answers how many support both together, as the preview said."""
    page.goto(f"/admin/ideas/edit/{number_of(joined)}/")
    page.get_by_role("link", name="Join with another idea").click()
    page.get_by_label("Look for other words").fill(STAYS)
    follow(page.get_by_role("button", name="Search", exact=True).last)
    assert_usable_at_every_width(page)
    follow(page.get_by_role("link", name=STAYS))
    assert_usable_at_every_width(page)
    said = page.get_by_text("supporters together").inner_text()
    page.get_by_label("Why they are the same").fill("Both are a day of boats from Staithley.")
    page.get_by_role("button", name="Join the two ideas").click()
    expect(page.get_by_text("both authors are told").first).to_be_visible()
    expect(page.get_by_role("link", name=STAYS)).to_be_visible()
    return int(said.split()[0])


def assess_and_answer(page: Page, kept: str) -> None:
    number = number_of(kept)
    page.goto(f"/admin/ideas/{number}/assign/")
    page.get_by_label("Team").select_option(label="Parks and places")
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_text("is assigned").first).to_be_visible()
    page.get_by_role("link", name="Internal notes").click()
    page.get_by_label("Note").fill("The harbour master lends us two gigs.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("lends us two gigs")).to_be_visible()
    assert_usable_at_every_width(page)
    page.goto("/admin/ideas-to-assess/?whose=teams")
    assert_usable_at_every_width(page)
    page.get_by_role("link", name=STAYS).click()
    page.get_by_label("Lowest cost").fill("900")
    page.get_by_label("What the council answers").select_option(label="Going ahead")
    page.get_by_label("Public answer").fill(ANSWER)
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.get_by_text("Say this before you answer").first).to_be_visible()
    expect(page.get_by_label("Public answer")).to_have_value(ANSWER)
    assert_usable_at_every_width(page)
    page.get_by_label("Highest cost").fill("1,400")
    page.get_by_label("Can it be done?").select_option(label="Yes")
    page.get_by_label("Does it fit").select_option(label="It fits")
    page.get_by_label("Reason").fill("The gigs are there, and both schools want to row.")
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.get_by_text("is public").first).to_be_visible()
    assert_usable_at_every_width(page)
