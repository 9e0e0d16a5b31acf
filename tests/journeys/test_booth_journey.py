"""Residents vote at home: without scripts, by the keyboard, on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from budgets.ballots import actions
from tests.budgets.ballots import factories
from tests.journeys import election_booth as booth

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _browser_beside_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's own loop runs in this thread, and the ballot is set up here too."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripts", [False])
def test_a_resident_votes_leaves_and_checks_the_receipt(live_server, browser, monkeypatch, scripts):
    now = timezone.now()
    for name, minutes in (("NOW", -2), ("OPENS", -1), ("CLOSES", 600)):
        monkeypatch.setattr(factories, name, now + timedelta(minutes=minutes))
    officer = factories.an_officer()
    ballot = factories.a_draft(by=officer, electors=0)
    line = actions.Line("LS-1", "Sample", "QX1 1AA", ballot.place)
    actions.load_electors(ballot=ballot, lines=[line], by=officer, at=now)
    actions.open_ballot(ballot=ballot, by=officer, at=factories.NOW)
    window = {"width": 360, "height": 700}
    context = browser.new_context(base_url=live_server.url, java_script_enabled=scripts, viewport=window)
    page = context.new_page()
    booth.enter_by_roll(page, str(ballot.pk), "ls 1")
    booth.choose(page, ("Benches 0", "Trees 0"), scripts=scripts)
    receipt = booth.cast(page, scripts=scripts)
    booth.leave(page)
    booth.check_receipt(page, str(ballot.pk), receipt, "in the box")
    context.close()
