"""A new idea from the first word to its page: as a guest by email, with picture and pin on a phone, without scripts."""

import re
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.people import assert_usable, go_on
from tests.served import Served

pytestmark = pytest.mark.browser


def begin(page: Page, title: str) -> None:
    """To the page for the description, past a call if there is one to choose."""
    page.goto("/ideas/new/")
    page.get_by_role("button", name="Start now").click()
    if "/call/" in page.url:
        page.get_by_label("No, it is my own idea").check()
        go_on(page)
    page.get_by_label("Your idea in a few words").fill(title)
    go_on(page)


def mails_to(site: Served, address: str) -> list[str]:
    """The plain text of each email to that address, the oldest first."""
    files = sorted(site.mail.rglob("*"), key=lambda path: path.stat().st_mtime)
    found = [text_of(path, address) for path in files if path.is_file()]
    return [text for text in found if text]


def text_of(path: Path, address: str) -> str:
    message = message_from_bytes(path.read_bytes().split(b"\n" + b"-" * 79)[0], policy=policy.default)
    body = message.get_body(("plain",)) if address in str(message["To"]) else None
    return body.get_content() if body else ""


def photo() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (1600, 1200), "#345").save(buffer, "JPEG")
    return buffer.getvalue()


def add_picture(page: Page, shows: str) -> None:
    page.get_by_label("Add a picture").set_input_files(
        {"name": "picture.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    page.get_by_label("What the picture shows").fill(shows)
    page.get_by_role("button", name="Add this picture").click()
    expect(page.get_by_role("img", name=shows)).to_be_visible()


def test_a_guest_writes_first_and_confirms_by_email(visit: Visit, site: Served) -> None:
    page = visit(width=360)
    email, title = f"guest-{uuid4().hex[:8]}@example.org", f"A tap for the allotments {uuid4().hex[:6]}"
    begin(page, title)
    page.get_by_label("Tell us more").fill("We carry water for half a mile.")
    go_on(page)
    page.get_by_label("Find a street or postcode").fill("QX1 2AB")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Ferry Road, Harstow, QX1 2AB").click()
    expect(page.locator("#pinned b")).to_be_visible()
    assert_usable(page)
    go_on(page)
    go_on(page)
    add_picture(page, "The gate, and the field behind it")
    go_on(page)
    go_on(page)
    expect(page.get_by_role("heading", name="Check your idea")).to_be_visible()
    expect(page.locator("dl")).to_contain_text("Ferry Road, Harstow, QX1 2AB")
    page.get_by_label("Your email address").fill(email)
    page.get_by_label("Public name").fill("Sam")
    assert_usable(page)
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_text(f"We have sent a link to {email}")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0, "a shared computer keeps nothing after sending"
    (mail,) = mails_to(site, email)
    link = re.search(r"https?://\S+/ideas/new/confirm/\S+", mail)
    assert link
    phone = visit(width=360)
    phone.goto(link[0])
    expect(phone.get_by_text("It is not published yet")).to_be_visible()
    assert_usable(phone)
    phone.get_by_role("button", name="Publish my idea").click()
    expect(phone.get_by_role("heading", name=title)).to_be_visible()
    expect(phone.get_by_text("Suggested by Sam")).to_be_visible()
    expect(phone.get_by_role("img", name="The gate, and the field behind it")).to_be_visible()
    phone.goto("/account/")
    expect(phone).to_have_url(re.compile("/account/login/"))


def test_a_resident_adds_a_picture_and_a_pin_on_a_phone(visit: Visit) -> None:
    page = visit("resident", width=360, back="/ideas/new/")
    title = f"A slide for the smallest children {uuid4().hex[:6]}"
    begin(page, title)
    page.get_by_label("Tell us more").fill("They are too small for the big one.")
    go_on(page)
    page.locator("[data-pin-drawing]").click()
    expect(page.locator("#pinned b")).to_be_visible()
    place = page.locator("#pinned b").inner_text()
    go_on(page)
    page.get_by_label("About how much would it cost?").fill("2,500")
    go_on(page)
    page.get_by_label("Add a picture").set_input_files(
        {"name": "slide.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    page.get_by_role("button", name="Add this picture").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    assert_usable(page)
    add_picture(page, "The big slide, with nobody on it")
    assert_usable(page)
    go_on(page)
    go_on(page)
    assert_usable(page)
    page.get_by_role("button", name="Publish my idea").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.locator(".page-header__caption")).to_have_text(place)
    expect(page.get_by_text("£2,500, as the author guesses")).to_be_visible()
    expect(page.get_by_role("img", name="The big slide, with nobody on it")).to_be_visible()
    expect(page.locator(".map__pin")).to_have_count(1)
    page.get_by_role("link", name="Change its words").click()
    page.get_by_label("Your idea in a few words").fill(f"{title}!")
    assert_usable(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Changed by its authors")).to_be_visible()


def test_everything_works_without_scripts(visit: Visit) -> None:
    page = visit("representative", back="/ideas/new/", scripts=False, width=360)
    begin(page, f"Bike racks at the station {uuid4().hex[:6]}")
    page.get_by_label("Tell us more").fill("Bikes lie on the platform.")
    go_on(page)
    page.locator("input[type=image]").click()
    expect(page.locator("#pinned")).to_contain_text("Your pin is in")
    page.get_by_role("button", name="Take the pin away").click()
    page.get_by_label("Or choose from the list").select_option(index=1)
    go_on(page)
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.get_by_label("Or choose from the list")).not_to_have_value("")
    go_on(page)
    go_on(page)
    go_on(page)
    go_on(page)
    expect(page.locator("dl")).to_contain_text("No single place")
    page.get_by_role("link", name="Change Description").click()
    page.get_by_label("Tell us more").fill("Bikes lie on the platform, and people fall over them.")
    go_on(page)
    expect(page.locator("dl")).to_contain_text("people fall over them")
    page.get_by_role("button", name="Publish my idea").click()
    expect(page).to_have_url(re.compile(r"/ideas/\d+-bike-racks-at-the-station"))


def test_similar_ideas_are_supported_instead(visit: Visit) -> None:
    page = visit("representative", back="/ideas/new/")
    page.goto("/ideas/new/")
    page.get_by_role("button", name="Start now").click()
    if "/call/" in page.url:
        page.get_by_label("No, it is my own idea").check()
        go_on(page)
    page.get_by_label("Your idea in a few words").press_sequentially("Lights at the Ferry Road skate park")
    instead = page.get_by_role("button", name=re.compile("Support this one instead"))
    expect(instead.first).to_be_visible()
    assert_usable(page)
    instead.first.click()
    expect(page.get_by_text("You support this idea now")).to_be_visible()
    page.get_by_role("link", name="Delete my draft").click()
    page.get_by_role("button", name="Delete the draft").click()
    expect(page.get_by_text("Your draft is deleted")).to_be_visible()


def test_what_is_typed_outlives_a_lost_connection(visit: Visit) -> None:
    page = visit()
    begin(page, "A bench by the pond")
    page.get_by_label("Tell us more").fill("Somewhere to rest, in the shade.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("You are not connected just now")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_text("We put back what you had typed")).to_be_visible()
    expect(page.get_by_label("Tell us more")).to_have_value("Somewhere to rest, in the shade.")
    page.context.clear_cookies()
    page.goto("/ideas/new/")
    expect(page.get_by_text("A bench by the pond")).to_be_visible()
    assert_usable(page)
    page.get_by_role("button", name="Carry on", exact=True).click()
    expect(page.get_by_role("heading", name="Where should it happen?")).to_be_visible()
