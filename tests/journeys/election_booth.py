"""An election from the voters' side: show who one is, choose, look again, cast, leave, and check the receipt."""

import re
from contextlib import suppress

from playwright.sync_api import Error, Page, expect

from tests.journeys.people import assert_usable_on_a_phone


def enter_by_roll(page: Page, ballot: str, number: str) -> None:
    """From the front door to the ballot paper, by the electoral roll."""
    page.goto("/ballots/")
    page.locator(f'a[href="/ballots/{ballot}/vote/"]').click()
    page.get_by_label("Elector number").fill(number)
    page.get_by_label("Last name").fill("sample")
    page.get_by_label("Postcode").fill("qx11aa")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Your ballot paper")).to_be_visible()


def choose(page: Page, titles: tuple[str, ...], *, scripts: bool) -> None:
    """Tick these by the keyboard alone. With scripts the total follows each tick, without them the button."""
    for title in titles:
        box = page.get_by_role("checkbox", name=re.compile(f"^Choose {title}"))
        box.focus()
        if scripts:  # without them nothing can be asked of the page
            assert_not_under_the_bar(page)
        page.keyboard.press("Space")
    if not scripts:
        page.get_by_role("button", name="Add it up").click()
    words = "1 project chosen" if len(titles) == 1 else f"{len(titles)} projects chosen"
    expect(page.get_by_role("status", name="Running total")).to_contain_text(words)


def cast(page: Page, *, scripts: bool) -> str:
    """Look again and cast; answers the receipt code. What was chosen is not on the page of the receipt."""
    page.get_by_role("button", name="Look at it again").click()
    expect(page.get_by_text("Your vote is not cast yet")).to_be_visible()
    if scripts:
        assert_usable_on_a_phone(page)
    page.get_by_role("button", name="Cast my vote").click()
    expect(page.get_by_role("heading", name="Your vote is cast")).to_be_visible()
    if scripts:
        assert_usable_on_a_phone(page)
    return page.locator(".receipt__code").inner_text()


def leave(page: Page) -> None:
    """Finish and leave; going back shows nothing of the vote."""
    page.get_by_role("main").get_by_role("button", name="Finish and leave").click()
    expect(page.get_by_text("You have left the booth")).to_be_visible()
    with suppress(Error):  # the browser has not kept the page
        page.go_back()
    expect(page.locator(".receipt__code")).to_have_count(0)


def check_receipt(page: Page, ballot: str, receipt: str, answer: str) -> None:
    """`answer` is "in the box" during voting, "in the log" afterwards."""
    page.goto(f"/ballots/{ballot}/receipt/")
    page.get_by_label("Your receipt code").fill(receipt.lower())
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_text(f"this ballot paper is {answer}")).to_be_visible()


def assert_not_under_the_bar(page: Page) -> None:
    """What has the focus is not hidden by the bar with the total."""
    clear = page.evaluate(
        """() => {
          const box = document.activeElement.getBoundingClientRect();
          const bar = document.querySelector(".booth-bar").getBoundingClientRect();
          return box.bottom <= bar.top + 1 || box.top >= bar.bottom - 1;
        }"""
    )
    assert clear, "the bar hides what has the focus"
