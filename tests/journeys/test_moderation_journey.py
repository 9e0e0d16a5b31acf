"""A resident reports, a moderator settles many at once, the author appeals, and another moderator agrees."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.people import assert_usable

pytestmark = pytest.mark.browser

IDEA = "/ideas/?text=kiln"


def usable_at_every_width(page: Page) -> None:
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert_usable(page)


def open_idea(page: Page) -> str:
    page.goto(IDEA)
    page.get_by_role("link", name="Charcoal kiln to pay for the woods").first.click()
    expect(page.get_by_role("heading", name="Charcoal kiln to pay for the woods", exact=True)).to_be_visible()
    return page.url


@pytest.mark.slow
def test_from_a_report_to_an_appeal_that_was_right(visit: Visit) -> None:
    said = f"This is the worst idea of the year. {uuid4()}"
    author, reporter, moderator, other = (
        visit("resident"),
        visit("representative", scripts=False),
        visit("moderator", width=1280),
        visit("administrator"),
    )

    address = open_idea(author)
    author.get_by_label("Your comment").fill(said)
    author.get_by_role("button", name="Send comment").click()
    expect(author.locator("#comments")).to_contain_text(said)

    # Reported without scripts.
    reporter.goto(address)
    row = reporter.locator("[id^=comment-]").filter(has_text=said).first
    row.get_by_role("link", name="Tell a moderator").first.click()
    reporter.get_by_role("button", name="Send to the moderators").click()
    expect(reporter.get_by_text("Choose what is wrong with it.").first).to_be_visible()
    reporter.get_by_label("Rude or hateful").check()
    reporter.get_by_label("Tell us more").fill("It is unkind.")
    reporter.get_by_role("button", name="Send to the moderators").click()
    expect(reporter.get_by_role("heading", name="Thank you for telling us")).to_be_visible()

    # Two things at once, with a reason that is given often.
    moderator.goto("/admin/moderation/?source=abuse")
    expect(moderator.get_by_text("It is unkind.")).to_be_visible()
    usable_at_every_width(moderator)
    for thing in (said, "The trustees have sat on"):
        moderator.locator(".moderation__thing").filter(has_text=thing).get_by_role("checkbox").check()
    moderator.get_by_role("button", name="Remove…").click()
    moderator.get_by_label("Which rule does it break?").select_option(label="Rude or hateful")
    moderator.get_by_label("A reason you give often").select_option(label="Attacks a person")
    usable_at_every_width(moderator)
    moderator.get_by_role("button", name="Remove", exact=True).click()
    expect(moderator.get_by_text("2 were removed.")).to_be_visible()

    # The author reads why on the page, and appeals.
    author.goto(address)
    place = author.locator("[id^=comment-]").filter(has_text="A moderator removed this comment")
    expect(place.first).to_contain_text("It attacks a person instead of talking about the idea.")
    expect(author.locator("#comments")).not_to_contain_text(said)
    place.get_by_role("link", name="See why, and appeal").first.click()
    expect(author.get_by_text(said)).to_be_visible()
    usable_at_every_width(author)
    author.get_by_label("Why should it be put back?").fill("I wrote about the idea, not about a person.")
    author.get_by_role("button", name="Send my appeal").click()
    expect(author.get_by_text("is looking at your appeal")).to_be_visible()
    appeal_page = author.url

    # Not by who removed it, but by somebody else.
    moderator.goto("/admin/appeals/")
    usable_at_every_width(moderator)
    moderator.get_by_role("link", name="This is the worst idea of the year").first.click()
    decide(moderator, "It stays removed", "No.")
    expect(moderator.get_by_text("somebody else must decide").first).to_be_visible()
    other.goto("/admin/appeals/")
    other.get_by_role("link", name="This is the worst idea of the year").first.click()
    usable_at_every_width(other)
    decide(other, "The author is right", "You are right. Sorry.")
    author.goto(appeal_page)
    expect(author.get_by_role("heading", name="Your comment is back")).to_be_visible()
    expect(author.get_by_text("You are right. Sorry.")).to_be_visible()
    author.goto(address)
    expect(author.locator("#comments")).to_contain_text(said)


def decide(page: Page, choice: str, answer: str) -> None:
    page.get_by_label(choice).check()
    page.get_by_label("Answer").fill(answer)
    page.get_by_role("button", name="Save").click()


@pytest.mark.parametrize("path", ["/ideas/moderation/", "/account/block/"])
def test_the_other_pages_can_be_used_by_anyone(visit: Visit, path: str) -> None:
    page = visit("resident")
    page.goto(path)
    usable_at_every_width(page)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/moderation/",
        "/admin/removals/",
        "/admin/reasons/",
        "/admin/reasons/new/",
        "/admin/blocks/",
        "/admin/blocks/new/?resident=1",
        "/admin/reports/moderation/",
    ],
)
def test_the_desks_of_moderators_can_be_used_by_anyone(visit: Visit, path: str) -> None:
    page = visit("moderator")
    page.goto(path)
    usable_at_every_width(page)
