"""Joining and signing in as people do it: with a code, with a passkey, with an app, and leaving again."""

import email
import re
import time
from collections.abc import Iterator
from email import policy

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.people import assert_usable, follow
from tests.served import Served

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Browser, site: Served) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site.url, locale="en-GB", viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture
def tab(phone: BrowserContext) -> Page:
    return phone.new_page()


def newest_code(site: Served, to: str) -> str:
    """The code in the newest message to an address; mail may take a moment to be written."""
    for _ in range(50):
        for file in sorted(site.mail.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True):
            for part in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
                message = email.message_from_bytes(part, policy=policy.default)
                found = message["To"] == to and re.search(r"^ {4}(\S+)$", message.get_content(), re.MULTILINE)
                if found:
                    return found[1]
        time.sleep(0.1)
    raise AssertionError(f"no message with a code to {to}")


def press(tab: Page, name: str) -> None:
    tab.locator("main").get_by_role("button", name=name, exact=True).click()


def give_code(tab: Page, code: str) -> None:
    tab.locator("main input[name=code]").fill(code)
    press(tab, "Continue")


def join(tab: Page, site: Served, address: str, name: str = "") -> None:
    tab.goto("/account/signup/")
    assert_usable(tab)
    tab.get_by_label("Email").fill(address)
    tab.get_by_label("Public name").fill(name)
    press(tab, "Join")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Check your email")
    assert_usable(tab)
    give_code(tab, newest_code(site, address))
    expect(tab.get_by_text("You are signed in.")).to_be_visible()


def sign_out(tab: Page) -> None:
    tab.goto("/account/logout/")
    press(tab, "Sign out")
    expect(tab.get_by_text("You are signed out.")).to_be_visible()


def test_join_by_code_change_the_profile_come_back_and_leave(tab: Page, site: Served):
    join(tab, site, "kim@example.org", "Kim Otter")
    tab.goto("/account/")
    expect(tab.locator("main")).to_contain_text("Kim Otter")
    assert_usable(tab)
    follow(tab.get_by_role("link", name="Change your profile"))
    assert_usable(tab)
    tab.get_by_label("Public name").fill("Kim O.")
    tab.get_by_label("Home place").select_option(index=1)
    press(tab, "Save")
    expect(tab.get_by_text("Your profile is saved.")).to_be_visible()
    sign_out(tab)
    tab.goto("/account/login/?next=/account/")
    assert_usable(tab)
    tab.get_by_label("Email").fill("kim@example.org")
    press(tab, "Sign in")
    give_code(tab, newest_code(site, "kim@example.org"))
    tab.wait_for_url("**/account/")
    expect(tab.locator("main")).to_contain_text("Kim O.")
    follow(tab.get_by_role("link", name="See what that does"))
    assert_usable(tab)
    tab.get_by_label("I understand that this cannot be undone").check()
    press(tab, "Delete my account")
    expect(tab.get_by_text("Your account is deleted.")).to_be_visible()
    tab.goto("/account/")
    expect(tab).to_have_url(re.compile("/account/login/"))


def with_authenticator(context: BrowserContext, tab: Page) -> None:
    """Chromium's own make-believe fingerprint reader."""
    devtools = context.new_cdp_session(tab)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_join_and_come_back_with_a_passkey(phone: BrowserContext, tab: Page, site: Served):
    with_authenticator(phone, tab)
    tab.goto("/account/signup/")
    follow(tab.get_by_role("link", name="Join with a passkey"))
    assert_usable(tab)
    tab.get_by_label("Email").fill("pass@example.org")
    press(tab, "Join")
    give_code(tab, newest_code(site, "pass@example.org"))
    expect(tab.get_by_role("heading", level=1)).to_have_text("Make your passkey")
    assert_usable(tab)
    tab.get_by_label("Name of this key").fill("My phone")
    press(tab, "Make it")
    expect(tab.get_by_text("You are signed in.")).to_be_visible()
    sign_out(tab)
    tab.goto("/account/login/?next=/account/2fa/webauthn/")
    press(tab, "Use a passkey")
    tab.wait_for_url("**/account/2fa/webauthn/")
    expect(tab.get_by_role("row", name=re.compile("My phone"))).to_be_visible()
    assert_usable(tab)


def test_an_authenticator_app_is_asked_for_after_the_code(tab: Page, site: Served):
    join(tab, site, "app@example.org")
    tab.goto("/account/2fa/")
    assert_usable(tab)
    follow(tab.get_by_role("link", name="Set up an app"))
    assert_usable(tab)
    secret = tab.locator("main code").inner_text()

    def app_code() -> str:
        return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    used = app_code()
    tab.locator("main input[name=code]").fill(used)
    press(tab, "Set it up")
    expect(tab.get_by_text("Your authenticator app is set up.")).to_be_visible()
    assert_usable(tab)
    sign_out(tab)
    tab.goto("/account/login/?next=/account/")
    tab.get_by_label("Email").fill("app@example.org")
    press(tab, "Sign in")
    give_code(tab, newest_code(site, "app@example.org"))
    expect(tab.get_by_role("heading", level=1)).to_have_text("One more step")
    assert_usable(tab)
    while app_code() == used:  # a code works once
        time.sleep(1)
    tab.locator("main input[name=code]").first.fill(app_code())
    press(tab, "Sign in")
    tab.wait_for_url("**/account/")


def test_mistakes_are_explained_and_can_be_mended_without_scripts(browser: Browser, site: Served):
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("/account/signup/")
    tab.get_by_label("Email").fill("not an address")
    press(tab, "Join")
    summary = tab.get_by_role("alert")
    expect(summary).to_contain_text("There is a problem")
    summary.get_by_role("link").first.click()
    expect(tab.get_by_label("Email")).to_have_attribute("aria-invalid", "true")
    context.close()
