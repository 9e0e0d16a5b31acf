"""`kill -9` of the site's server while people vote: every receipt that was shown is in, and nothing is half there."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import requests
from django.db import connection
from django.utils import timezone

from budgets.ballots import actions
from budgets.ballots.models import Receipt, RollEntry, SealedVote
from budgets.ballots.queries import inclusion
from engage.local import databases
from engage.local.child import await_page, child, free_port
from tests.budgets.ballots.factories import an_officer, an_open_ballot
from tests.budgets.ballots.pages import by_roll, carried, receipt_of, url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLIENTS = 3
EACH = 40
SHOWN = 6  # receipts, before the server is killed


@dataclass
class Browser:
    """A voter's, over HTTP. It looks like Django's client to what walks through the booth."""

    site: str
    session: requests.Session = field(default_factory=requests.Session)

    def get(self, path: str, follow: bool = True) -> requests.Response:
        return self.session.get(self.site + path, allow_redirects=follow, timeout=20)

    def post(self, path: str, data: dict[str, object]) -> requests.Response:
        answer = self.session.post(self.site + path, data=data, timeout=20)
        answer.raise_for_status()
        return answer


def vote(site: str, ballot, number: int) -> str:
    """The receipt that elector AB-<number> reads. Whatever else they see is an exception."""
    browser = Browser(site)
    paper = by_roll(browser, ballot, number)
    return receipt_of(browser.post(url(ballot), carried(paper) | {"step": "cast", "choose": ["P1"]}))


@contextmanager
def served(port: int) -> Iterator[tuple[str, int]]:
    """The site on this test's own database: its address, and the group of the server's processes."""
    environ = os.environ | {"DATABASE_URL": databases.url_of(connection.settings_dict["NAME"])}
    site = f"http://127.0.0.1:{port}"
    with child([sys.executable, "-m", "engage.local.serve", "127.0.0.1", str(port)], environ) as server:
        assert await_page(f"{site}/healthz", server.poll)
        yield site, server.pid


def test_a_killed_server_loses_no_receipt_and_leaves_no_half_vote():
    """Whoever waits for an answer at that moment sees none: they press again, and their vote is in once."""
    officer, now = an_officer(), timezone.now()
    ballot = an_open_ballot(by=officer, electors=CLIENTS * EACH, opens_at=now - timedelta(days=1))
    receipts: dict[int, str] = {}
    cut_off: list[int] = []
    enough = threading.Event()

    def voters(site: str, first: int) -> None:
        for number in range(first, first + EACH):
            try:
                receipts[number] = vote(site, ballot, number)
            except requests.ConnectionError:
                cut_off.append(number)
                return
            if len(receipts) >= SHOWN:
                enough.set()

    port = free_port()
    with served(port) as (site, group):
        clients = [threading.Thread(target=voters, args=(site, first * EACH)) for first in range(CLIENTS)]
        for each in clients:
            each.start()
        assert enough.wait(60)
        os.killpg(group, signal.SIGKILL)
        for each in clients:
            each.join(60)
    assert len(cut_off) == CLIENTS, "each was in the middle of something"
    voted = RollEntry.objects.count()
    assert SealedVote.objects.count() == Receipt.objects.count() == voted
    assert len(receipts) <= voted <= len(receipts) + len(cut_off)

    with served(port) as (site, _group):
        receipts |= {number: vote(site, ballot, number) for number in cut_off}
    log = actions.close_ballot(ballot=ballot, by=officer, at=now + timedelta(days=30))
    assert log.size == len(set(receipts.values())) == len(receipts)
    assert all(inclusion(ballot, receipt) for receipt in receipts.values())
