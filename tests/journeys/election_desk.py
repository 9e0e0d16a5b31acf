"""An election from the officers' side: set up, rehearse, open, enter paper, close, count, publish."""

import re
from datetime import datetime, timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.journeys.people import assert_usable_on_a_phone, follow

TITLE = "What first on Lock Street?"
PROJECTS = (("A bench by the lock", "400"), ("A swing for the green", "500"), ("Bulbs along the path", "300"))
ROLL = "number,last_name,postcode,place\n" + "".join(
    f"LS-{number},Sample,QX1 1AA,Tidewold County Council\n" for number in range(1, 9)
)
# The end is in the frozen ballot; a journey cannot wait for it.
END_VOTING = """
import pgtrigger
from django.utils import timezone
from budgets.ballots.models import Ballot
with pgtrigger.ignore("ballots.Ballot:ballot_frozen_once_open"):
    Ballot.objects.filter(pk={ballot}).update(closes_at=timezone.now())
"""


def box(page: Page, name: str) -> Locator:
    """A field of the form; the back office says each label more than once."""
    return page.locator(f"main form [name={name}]")


def set_up(page: Page) -> str:
    """A ballot with a pot, three projects and a roll; answers the address of its desk."""
    now = timezone.localtime()
    page.goto("/admin/ballots/new/")
    box(page, "title").fill(TITLE)
    box(page, "summary").fill("£900 for one street.")
    box(page, "place").select_option(label="Tidewold County Council")
    page.get_by_role("radio", name="Choose as many projects as you like").check()
    page.get_by_role("checkbox", name="The electoral roll").check()
    box(page, "on_paper").check()
    page.get_by_role("radio", name=re.compile("Equal shares")).check()
    box(page, "opens_at").fill(_typed(now - timedelta(minutes=5)))
    box(page, "closes_at").fill(_typed(now + timedelta(hours=5)))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Start this ballot").click()
    box(page, "name").fill("Lock Street")
    box(page, "place").select_option(label="Tidewold County Council")
    box(page, "amount").fill("900")
    assert_usable_on_a_phone(page)
    page.get_by_role("button", name="Add this pot").click()
    page.get_by_role("link", name="Go on to the projects").click()
    for title, cost in PROJECTS:
        page.get_by_role("link", name="Write a project").click()
        box(page, "title").fill(title)
        box(page, "description").fill(f"{title}, for everybody.")
        box(page, "cost").fill(cost)
        page.get_by_role("button", name="Add this project").click()
        expect(page.get_by_role("rowheader", name=title)).to_be_visible()
    page.get_by_role("link", name="See what is missing").click()
    desk = page.url
    page.get_by_role("link", name="Voters", exact=True).click()
    box(page, "file").set_input_files({"name": "roll.csv", "mimeType": "text/csv", "buffer": ROLL.encode()})
    page.get_by_role("button", name="Load this roll").click()
    expect(page.get_by_text("8 electors are loaded.")).to_be_visible()
    return desk


def rehearse(page: Page, desk: str) -> None:
    page.goto(desk)
    page.get_by_role("link", name="Rehearse the count").click()
    expect(page.get_by_text("Money used")).to_be_visible()
    assert_usable_on_a_phone(page)


def open_it(page: Page, desk: str) -> None:
    page.goto(desk)
    page.get_by_role("link", name="Open it").click()
    box(page, "sure").check()
    page.get_by_role("button", name="Open this ballot").click()
    expect(page.get_by_text("Voting is open")).to_be_visible()


def start_batch(page: Page, desk: str, *numbers: str) -> str:
    """Envelopes of these electors; answers the batch's address."""
    page.goto(desk)
    page.get_by_role("link", name="Paper", exact=True).click()
    box(page, "name").fill("Library box")
    box(page, "place").select_option(label="Tidewold County Council")
    page.get_by_role("button", name="Start a batch").click()
    for number in numbers:
        box(page, "number").fill(number)
        box(page, "last_name").fill("Sample")
        box(page, "postcode").fill("QX1 1AA")
        page.get_by_role("button", name="Mark this voter on the roll").click()
    return page.url


def open_envelopes(page: Page, batch: str) -> None:
    """Few of them, so with the reason, and not before voting has ended."""
    page.goto(batch)
    page.get_by_role("link", name="Open the envelopes").click()
    box(page, "why_few").fill("Nobody else voted on paper.")
    assert_usable_on_a_phone(page)
    page.get_by_role("button", name="Open the envelopes").click()


def enter(page: Page, batch: str, papers: dict[int, tuple[str, ...]]) -> None:
    """Papers by their number, with what is crossed on each."""
    page.goto(batch)
    page.get_by_role("link", name="Enter papers").click()
    for number, titles in papers.items():
        box(page, "number").fill(str(number))
        for title in titles:
            page.get_by_role("checkbox", name=re.compile(title)).check()
        page.get_by_role("button", name="Enter this paper").click()
        expect(page.get_by_text(f"Paper {number}").first).to_be_visible()


def reconcile(page: Page, batch: str) -> None:
    page.goto(batch)
    page.get_by_role("link", name="Reconcile").click()
    page.get_by_role("button", name="Reconcile this batch").click()
    expect(page.get_by_text("its votes are in the box")).to_be_visible()


def close_count_publish(page: Page, desk: str) -> None:
    page.goto(desk)
    page.get_by_role("link", name="Close it").click()
    page.get_by_role("button", name="Close the ballot and open the box").click()
    page.get_by_role("link", name="Count it").click()
    page.get_by_role("button", name="Count the ballots").click()
    follow(page.get_by_role("link", name="See the count"))
    assert_usable_on_a_phone(page)
    page.goto(desk)
    page.get_by_role("link", name="Publish the result").click()
    page.get_by_role("radio", name="All ballots, in random order").check()
    box(page, "reason").fill("So that everybody can count again.")
    page.get_by_role("button", name="Publish the result").click()
    expect(page.get_by_text("Result published")).to_be_visible()


def _typed(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")
