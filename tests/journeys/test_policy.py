"""The security policy holds in a real browser: every kind of page is opened, and none asks for more than it may."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page

from engage.demo.signins import SIGN_INS
from tests.house.site import ours
from tests.served import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What the browser refused, and what threw, noted before any of the page's own scripts run.
NOTE = """
window.refused = [];
document.addEventListener("securitypolicyviolation", event => window.refused.push(
  `${event.effectiveDirective} refused ${event.blockedURI} ${event.sourceFile || ""} ${event.sample || ""}`));
window.addEventListener("error", event => window.refused.push(`error: ${event.message}`));
"""
# Addresses that answer with no page of their own: data, pictures, parts of pages, machines' questions, doors.
NOT_PAGES = {
    "brand", "language", "healthz", "readyz", "metrics", "media", "robots", "sitemap", "sitemap_section", "pin_map",
    "pinned_place", "similar", "card", "support", "support_now", "comment", "comments_now", "withdraw",
    "remove_comment", "short", "standing_now", "oembed", "program", "draft_picture",
    "ideas_feed", "idea_feed", "calls_feed", "awards_feed", "frozen", "count_file", "log", "send_receipt", "leave",
    "identity_go", "identity_back", "",
}  # fmt: skip
# Pages that lie behind a form or a link in an email; journeys of their own open them.
BEHIND_A_FORM = {
    "confirm", "sent", "delete_draft", "support_instead", "invitation", "stop", "thread", "as_it_was", "paper",
}  # fmt: skip
ALIKE = {"history", "usage", "delete", "delete_multiple", "inspect", "copy", "results", "index_results"}
# The picture cropper asks whether this is a touch screen by way of an attribute; refused, it takes it for none.
HARMLESS = "script-src-attr refused inline .*jquery.Jcrop"
LEAVE_ALONE = re.compile(r"/logout|/delete/|/documents/|/media/|/static/|/unpublish/|/download|\.[a-z]+$")


@pytest.fixture
def visitor(browser: Browser, site: Served) -> Iterator:
    contexts = []

    def enter(role: str = "") -> Page:
        context = browser.new_context(
            base_url=site.url, locale="en-GB", viewport={"width": 1280, "height": 1000}
        )
        contexts.append(context)
        context.add_init_script(NOTE)
        page = context.new_page()
        if role:
            person = next(each for each in SIGN_INS if each.role == role)
            page.goto("/account/login/")
            page.locator("#id_login").fill(person.email)
            page.locator("#id_password").fill(person.password)
            page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
            page.wait_for_url("/")
        return page

    yield enter
    for context in contexts:
        context.close()


def kind_of(path: str) -> str:
    """The route behind a path; the path itself for Wagtail's pages, which share one; the view's name for what the
    admin builds alike for every kind of thing."""
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    if found.url_name in ALIKE and path.startswith("/admin/"):
        return str(found.url_name)
    return path if found.url_name == "wagtail_serve" else found.route


def walk(page: Page, start: list[str], inside: str = "/", most: int = 150) -> tuple[set[str], dict]:
    """Open one page of each kind that can be reached by links: the kinds seen, and what each page was refused."""
    waiting, seen, refused = list(start), set(), {}
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        kind = kind_of(path.split("?")[0])
        if not kind or kind in seen or not path.startswith(inside) or LEAVE_ALONE.search(path):
            continue
        seen.add(kind)
        answer = page.goto(path)
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            continue
        assert answer.status < 500, path
        page.wait_for_load_state("load")
        page.wait_for_timeout(150)
        if told := [each for each in page.evaluate("window.refused") if not re.search(HARMLESS, each)]:
            refused[path] = told
        links = page.eval_on_selector_all("a[href]", "found => found.map(each => String(each.href))")
        host = urlsplit(page.url).netloc
        waiting += [urlsplit(link).path for link in links if urlsplit(link).netloc == host]
    return seen, refused


def test_public_pages(visitor):
    page = visitor()
    twins = "(?P<twin>"
    pages = [
        r for r in ours() if r.guard == "public" and twins not in r.pattern and "admin/" not in r.pattern
    ]
    wanted = {route.pattern for route in pages if route.name.split(":")[-1] not in NOT_PAGES | BEHIND_A_FORM}
    doors = ["account/login/", "account/signup/", "account/login/code/", "account/password/reset/"]
    start = ["/", "/search/?q=lights", "/ideas/new/", "/styleguide/", *(f"/{door}" for door in doors)]
    page.goto("/ideas/new/")
    page.get_by_role("button", name="Start now").click()
    start += [
        urlsplit(page.url).path,
        "/ideas/moderation/",
        "/ideas/embed/",
        "/ideas/1/embed/",
        "/ballots/1/results/",
    ]
    seen, refused = walk(page, start)
    assert refused == {}
    assert wanted <= seen, f"no link leads to {wanted - seen}"


def test_what_is_not_there(visitor):
    page = visitor()
    assert page.goto("/no-such-page/").status == 404
    assert page.evaluate("window.refused") == []


def test_an_accounts_own_pages(visitor):
    page = visitor("resident")
    seen, refused = walk(page, ["/account/"], inside="/account/")
    assert refused == {}
    assert {"account/", "account/profile/", "account/email/", "account/2fa/"} <= seen


def test_the_back_office(visitor):
    page = visitor("administrator")
    seen, refused = walk(page, ["/admin/", "/admin/pages/"], inside="/admin/")
    assert refused == {}
    assert len(seen) > 40


def test_an_editors_previews(visitor):
    """The preview of a page stands in a frame of this same site."""
    page = visitor("editor")
    page.goto("/admin/pages/")
    page.locator("main a[href*='/edit/']").first.click()
    page.get_by_role("button", name="Toggle preview").first.click()
    page.frame_locator("iframe[title='Preview']").first.locator("main").wait_for()
    assert page.evaluate("window.refused") == []
