"""What a large ballot costs: `make bench`, or `PAPERS=20000 make bench` for a smaller one.

Casting by the verb, with every check, as a ratio to one plain insert of a row; then 200,000 papers in the box, closed
and counted. Nothing is asserted but that everything is there.
"""

import os
import resource
import time
from random import Random

import pytest
from django.db import connection

from budgets.ballots.actions import cast_ballot, close_ballot, count_ballot
from budgets.ballots.actions.cast import envelopes, insert
from budgets.ballots.enums import Proof
from budgets.ballots.models import Ballot, RollEntry
from budgets.ballots.queries import secret_of, sheet_of
from budgets.ballots.rules.envelope import thickness
from budgets.ballots.rules.marks import receipt
from engage.audit.models import Source
from tests.budgets.ballots.factories import AFTER, VOTING, a_ticket, an_officer, an_open_ballot, paper

PAPERS = int(os.environ.get("PAPERS", "200000"))
CASTS = 300
BATCH = 2_000


@pytest.mark.django_db(transaction=True)
def test_ballots(capsys: pytest.CaptureFixture[str]) -> None:
    officer = an_officer()
    # Most voters here are nobody on the roll, so another way must be open to them.
    ballot = an_open_ballot(by=officer, electors=CASTS, choice="shares", proofs=(Proof.ROLL, Proof.EMAIL))
    lines = [_casting(ballot)]
    started_at = time.perf_counter()
    _fill(ballot, PAPERS - CASTS)
    lines.append(f"{PAPERS:,} papers sealed and put into the box: {time.perf_counter() - started_at:.0f} s")
    for name, verb in (("closed", close_ballot), ("counted", count_ballot)):
        started_at = time.perf_counter()
        verb(ballot=ballot, by=officer, at=AFTER)
        took = time.perf_counter() - started_at
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        lines.append(f"{name}: {took:.0f} s, at most {peak:,} MB so far")
    assert ballot.opened_votes.count() == PAPERS
    with capsys.disabled():
        print("\n" + "\n".join(lines))  # noqa: T201 - the measurement is the output


def _casting(ballot: Ballot) -> str:
    """The best of batches of fifty each, so that somebody else's work on this machine matters less."""
    tickets = [a_ticket(ballot, number) for number in range(CASTS)]
    cast = plain = float("inf")
    for first in range(0, CASTS, 50):
        started_at = time.perf_counter()
        for ticket in tickets[first : first + 50]:
            cast_ballot(ballot=ballot, ticket=ticket, document=paper("P1", "P3"), at=VOTING)
        cast = min(cast, (time.perf_counter() - started_at) / 50)
        started_at = time.perf_counter()
        for number in range(first, first + 50):
            Source.objects.create(name=f"Bench {number}", attribution="", licence_name="")
        plain = min(plain, (time.perf_counter() - started_at) / 50)
    return f"cast: {cast * 1000:.1f} ms, {cast / plain:.1f} times a plain insert"


def _fill(ballot: Ballot, papers: int) -> None:
    """Papers as the verb seals them, a batch to a transaction; voters are made up."""
    secret, version = secret_of(ballot), ballot.version
    sheet, chance = sheet_of(version.sha256), Random(1)
    for first in range(0, papers, BATCH):
        sealed, receipts, roll = {}, [], []
        for _paper in range(min(BATCH, papers - first)):
            voter = os.urandom(32).hex()
            chosen = tuple((key, 1) for key in ("P1", "P2", "P3") if chance.random() < 0.5)
            sealed |= envelopes(secret, voter, sheet, {"pot-0": chosen}, thickness(sheet))
            receipts.append(receipt(secret, voter))
            roll.append(
                RollEntry(
                    ballot=ballot, person=voter, place=ballot.place, channel="online", day=VOTING.date()
                )
            )
        RollEntry.objects.bulk_create(roll)
        insert(ballot, version.sha256, sealed, receipts)
    connection.close()
