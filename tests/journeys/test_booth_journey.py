"""What the election’s journey leaves out: a scanned code, the narrowest screen, Arabic, keys alone, and print."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from budgets.ballots import actions
from budgets.ballots.enums import Hand, Kind, Proof
from budgets.ballots.models import Ballot, Translation
from tests.budgets.ballots import factories
from tests.journeys import election_booth as booth
from tests.journeys.people import assert_usable

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _browser_beside_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's own loop runs in this thread, and the ballot is set up here too."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def issued(monkeypatch: pytest.MonkeyPatch) -> tuple[Ballot, str]:
    """A ballot in English and Arabic that is open now, and a hall code of it."""
    now = timezone.now()
    monkeypatch.setattr(factories, "NOW", now - timedelta(minutes=2))
    officer = factories.an_officer()
    ballot = factories.a_draft(
        by=officer,
        electors=0,
        proofs=(Proof.CODE,),
        kind=Kind.KNAPSACK,
        languages=["en", "ar"],
        opens_at=now - timedelta(minutes=1),
    )
    benches = ballot.projects.get(key="P1")
    Translation.objects.create(ballot=ballot, language="ar", title="تصويت الصيف")
    Translation.objects.create(ballot=ballot, pot=ballot.pots.get(), language="ar", title="للجميع معا")
    Translation.objects.create(
        ballot=ballot,
        project=benches,
        language="ar",
        title="مقاعد",
        summary="مقاعد للجميع",
        description="مقاعد خشبية في الحديقة",
    )
    for project in ballot.projects.exclude(pk=benches.pk):
        Translation.objects.create(ballot=ballot, project=project, language="ar", title="مشروع")
    actions.open_ballot(ballot=ballot, by=officer, at=factories.NOW)
    (code,) = actions.issue_codes(
        ballot=ballot, hand=Hand.HALL, number=1, place=ballot.place, by=officer, at=now
    )
    return ballot, code.code


@pytest.mark.django_db(transaction=True)
def test_a_code_is_scanned_and_the_paper_filled_in_by_keys_on_the_narrowest_screen(
    live_server, browser, issued: tuple[Ballot, str]
) -> None:
    ballot, code = issued
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 600})
    page = context.new_page()
    page.goto(f"/ballots/{ballot.pk}/vote/code/#code={code}")
    expect(page.get_by_label("Your code")).to_have_value(code)
    assert code not in page.url
    press(page, "Go on")
    page.get_by_role("checkbox", name="16 or older").focus()
    page.keyboard.press("Space")
    press(page, "Go on")
    expect(page.get_by_role("heading", name="Your ballot paper")).to_be_visible()
    press(page, "العربيّة")
    expect(page.get_by_role("heading", name="مقاعد")).to_have_css("direction", "rtl")
    assert_usable(page)
    tick(page, "مقاعد")
    expect(page.locator("#why-P2")).to_contain_text("£100 more than the £1,000")
    press(page, "Look at it again")
    expect(page.get_by_role("heading", name="Is this what you want?")).to_be_visible()
    assert_usable(page)
    press(page, "Cast my vote")
    expect(page.get_by_role("heading", name="Your vote is cast")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".receipt__code")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button", name="Finish and leave")).to_be_hidden()
    page.emulate_media(media="screen")
    booth.leave(page)
    context.close()


def tick(page: Page, title: str) -> None:
    page.get_by_role("checkbox", name=re.compile(f"^Choose {title}")).focus()
    booth.assert_not_under_the_bar(page)
    page.keyboard.press("Space")


def press(page: Page, name: str) -> None:
    """A button, by the keyboard."""
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")
