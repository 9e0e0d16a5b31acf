"""`kill -9` while votes are cast: every receipt that was shown is in the log, and nothing is half there."""

import signal
import threading

import pytest
from django.db import connection

from budgets.ballots import actions
from budgets.ballots.models import RollEntry, SealedVote
from budgets.ballots.queries import inclusion
from tests.budgets.ballots.caster import started
from tests.budgets.ballots.factories import AFTER, an_officer, an_open_ballot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SERVERS = 2
EACH = 200


def test_a_killed_server_loses_no_receipt_and_leaves_no_half_vote():
    officer = an_officer()
    ballot = an_open_ballot(by=officer, electors=SERVERS * EACH)
    servers = [
        started(connection.settings_dict["NAME"], ballot.pk, number * EACH) for number in range(SERVERS)
    ]
    receipts: list[str] = []
    try:
        for server in servers:
            # Killed in the middle of whatever comes after the twentieth receipt.
            receipts += [server.stdout.readline() for _ in range(20)]
            threading.Timer(0.05, server.send_signal, [signal.SIGKILL]).start()
            receipts += list(server.stdout)
            assert server.wait(timeout=30) == -signal.SIGKILL
    finally:
        for server in servers:
            server.kill()
            server.wait()
            server.stdout.close()
    shown = [receipt.strip() for receipt in receipts if receipt.endswith("\n")]
    voters = RollEntry.objects.filter(ballot=ballot).count()
    assert SealedVote.objects.filter(ballot=ballot).count() == voters
    assert len(shown) <= voters <= len(shown) + SERVERS
    log = actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    assert log.size == voters
    assert all(inclusion(ballot, receipt) for receipt in shown)
