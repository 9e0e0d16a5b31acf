"""Many at the same moment, against the real database: one voter, one vote; closing lets in or refuses, never half."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier, Event
from time import monotonic, sleep

import pytest
from django.db import connection

from budgets.ballots import actions
from budgets.ballots.actions import cast as casting
from budgets.ballots.enums import Hand, Proof
from budgets.ballots.models import Leaf, OpenedVote, Receipt, RollEntry, SealedVote
from budgets.ballots.queries import Ticket, verify
from engage.kit.decisions import Refused
from tests.budgets.ballots.factories import AFTER, NOW, VOTING, a_ticket, an_officer, an_open_ballot, paper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
THREADS = 40
CASTS = 1_000
AT_ONCE = 20


def cast(ballot, ticket: Ticket, *keys: str) -> str:
    """The receipt, or the sentence of the refusal."""
    try:
        return actions.cast_ballot(ballot=ballot, ticket=ticket, document=paper(*keys), at=VOTING).receipt
    except Refused as refused:
        return str(refused.denied.reason)


def at_once(*calls):
    """All calls start together; their answers in order."""
    barrier = Barrier(len(calls))

    def go(call):
        barrier.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(go, calls))


def test_one_voter_a_thousand_times_at_once_leaves_one_ballot():
    officer = an_officer()
    ballot = an_open_ballot(by=officer, electors=1)
    ticket = a_ticket(ballot)
    choices = [("P1",), ("P2",), ("P1", "P3")]

    def many():
        return {cast(ballot, ticket, *choices[n % 3]) for n in range(CASTS // AT_ONCE)}

    receipts = set().union(*at_once(*[many] * AT_ONCE))
    assert len(receipts) == 1, receipts
    for model in (RollEntry, SealedVote, Receipt):
        assert model.objects.filter(ballot=ballot).count() == 1
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    (vote,) = OpenedVote.objects.filter(ballot=ballot)
    assert tuple(key for key, _points in vote.marks) in choices


def test_a_vote_at_the_instant_of_closing_is_in_with_a_receipt_or_refused():
    """Every receipt that was given is in the log, and nothing else is."""
    officer = an_officer()
    ballot = an_open_ballot(by=officer, electors=THREADS)
    tickets = [a_ticket(ballot, number) for number in range(THREADS)]

    def close():
        return actions.close_ballot(ballot=ballot, by=officer, at=AFTER)

    calls = [lambda ticket=ticket: cast(ballot, ticket, "P1") for ticket in tickets]
    Random(7).shuffle(calls)
    calls.insert(THREADS // 2, close)
    answers = [answer for answer in at_once(*calls) if isinstance(answer, str)]
    receipts = [answer for answer in answers if answer.count("-") == 4]
    refusals = set(answers) - set(receipts)
    assert all("closed" in each or "Voting ended" in each for each in refusals), refusals
    assert Leaf.objects.filter(ballot=ballot).count() == len(receipts)
    assert OpenedVote.objects.filter(ballot=ballot).count() == len(receipts)
    assert RollEntry.objects.filter(ballot=ballot).count() == len(receipts)


def test_many_by_code_at_once_vote_without_waiting_in_a_circle():
    """Each holds its own code and shares the ballot."""
    officer = an_officer()
    ballot = an_open_ballot(by=officer, electors=0, proofs=(Proof.CODE,))
    issued = actions.issue_codes(
        ballot=ballot, hand=Hand.HALL, number=12, place=ballot.place, by=officer, at=NOW
    )
    claims = [{"code": each.code, "declares": "yes"} for each in issued]
    tickets = [verify(ballot=ballot, proof=Proof.CODE, claim=claim, at=VOTING) for claim in claims]
    calls = [lambda ticket=ticket: cast(ballot, ticket, "P1") for ticket in tickets]
    assert all(answer.count("-") == 4 for answer in at_once(*calls))
    assert RollEntry.objects.filter(ballot=ballot).count() == len(tickets)


def test_a_vote_by_code_and_closing_never_wait_for_each_other_in_a_circle(monkeypatch):
    """A vote holds its code, and closing takes all codes away: whoever is second must wait before it holds anything."""
    officer = an_officer()
    ballot = an_open_ballot(by=officer, electors=0, proofs=(Proof.CODE,))
    (issued,) = actions.issue_codes(
        ballot=ballot, hand=Hand.HALL, number=1, place=ballot.place, by=officer, at=NOW
    )
    claim = {"code": issued.code, "declares": "yes"}
    ticket = verify(ballot=ballot, proof=Proof.CODE, claim=claim, at=VOTING)
    asked = casting.still_good
    code_held = Event()

    def then_closing_begins(*args):
        answer = asked(*args)
        code_held.set()
        somebody_waits_for_a_lock()
        return answer

    monkeypatch.setattr(casting, "still_good", then_closing_begins)

    def close():
        assert code_held.wait(10)
        return actions.close_ballot(ballot=ballot, by=officer, at=AFTER)

    receipt, log = at_once(lambda: cast(ballot, ticket, "P1"), close)
    assert receipt.count("-") == 4
    assert log.size == 1


def somebody_waits_for_a_lock() -> None:
    """Returns when another connection does; after ten seconds nobody will."""
    until = monotonic() + 10
    with connection.cursor() as cursor:
        while monotonic() < until:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            sleep(0.02)


def test_paper_and_online_at_once_is_one_vote():
    officer = an_officer()
    ballot = an_open_ballot(by=officer, on_paper=True)
    ticket = a_ticket(ballot)
    batch = actions.start_paper_batch(ballot=ballot, name="A", place=ballot.place, by=officer, at=VOTING)

    def admit():
        return actions.admit_envelope(batch=batch, ticket=ticket, by=officer, at=VOTING)

    admitted, *answers = at_once(admit, *(lambda: cast(ballot, ticket, "P1") for _ in range(8)))
    assert RollEntry.objects.filter(ballot=ballot).count() == 1
    online = [answer for answer in answers if answer.count("-") == 4]
    assert bool(online) != admitted
    assert SealedVote.objects.filter(ballot=ballot).count() == (0 if admitted else 1)
