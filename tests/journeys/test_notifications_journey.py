"""Following, watching, choosing and stopping, with scripts and without, on a screen and on a phone."""

import re

import psycopg
import pytest
from playwright.sync_api import Page, expect

from engage.demo.signins import SIGN_INS
from engage.local import databases
from engage.local.pytest_plugin import database_name
from engage.notifications.stopping import Stop
from tests.journeys.people import assert_usable

pytestmark = pytest.mark.browser


def resident_of(role: str) -> int:
    """Whom a sign-in of the demo is for, by number."""
    email = next(each.email for each in SIGN_INS if each.role == role)
    with psycopg.connect(databases.url_of(f"{database_name()}_site")) as connection:
        found = connection.execute(
            "SELECT r.id FROM residents_resident r JOIN accounts_account a ON a.id = r.account_id"
            " WHERE a.email = %s",
            [email],
        ).fetchone()
    assert found
    return int(found[0])


def an_idea_not_followed(page: Page) -> None:
    """The newest idea that the visitor neither suggested, supports nor follows."""
    page.goto("/ideas/?sort=newest")
    links = page.locator("main a[href^='/ideas/']")
    found = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    addresses = [href for href in dict.fromkeys(found) if re.match(r"/ideas/\d+-", href)]
    for address in addresses:
        page.goto(address)
        if page.get_by_role("button", name="Follow this", exact=True).count():
            return
    raise AssertionError(f"all are followed: {addresses}")


def test_following_keeps_the_place_on_the_page(visit) -> None:
    page = visit("resident")
    an_idea_not_followed(page)
    page.get_by_role("button", name="Follow this", exact=True).click()
    expect(page.get_by_role("button", name="You follow this", exact=True)).to_be_focused()
    assert_usable(page)
    page.reload()
    page.get_by_role("button", name="You follow this", exact=True).click()
    expect(page.get_by_role("button", name="Follow this", exact=True)).to_be_visible()


def test_on_a_phone_without_scripts(visit) -> None:
    page = visit("resident", scripts=False, width=360)
    page.goto("/account/notifications/")
    assert page.get_by_text(re.compile("are new")).is_visible()
    title = page.locator(".notice-row--unread a").first
    page.goto(str(title.get_attribute("href")))
    assert "/ideas/" in page.url
    page.goto("/account/notifications/watch/")
    page.get_by_label("Young people").check()
    page.locator("main form.panel").get_by_role("button", name="Save").click()
    assert page.get_by_label("Young people").is_checked()
    page.goto("/account/notifications/preferences/")
    page.get_by_label("Somebody comments").select_option("Email once a week")
    page.get_by_label("Quiet from").fill("21:00")
    page.locator("main form.panel").get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Give both times, or leave both empty.")
    assert page.get_by_label("Somebody comments").input_value() == "weekly"
    page.get_by_label("Quiet until").fill("07:30")
    page.locator("main form.panel").get_by_role("button", name="Save").click()
    expect(page.locator("body")).to_contain_text("Your choices are saved.")


@pytest.mark.parametrize("width", [360, 1280])
def test_everybody_can_use_these_pages(visit, width) -> None:
    page = visit("resident", width=width)
    for name in ("", "watch/", "preferences/"):
        page.goto(f"/account/notifications/{name}")
        assert_usable(page)
    page.goto("/ideas/?theme=parks-and-play")
    assert_usable(page)


def test_one_press_from_an_email_without_signing_in(visit) -> None:
    page = visit(width=360)
    link = Stop(resident_of("representative")).url()
    page.goto(link)
    assert_usable(page)
    page.get_by_role("button", name="Unsubscribe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are unsubscribed")
    assert_usable(page)
    page.get_by_role("button", name="Send them again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We send you emails again")
    page.goto(link[:-4] + "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This link is not complete")
    assert_usable(page)
