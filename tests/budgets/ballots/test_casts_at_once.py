"""Many at the same moment, against the real database: one voter, one vote; closing lets in or refuses, never half."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

import pytest
from django.db import connection

from budgets.ballots import actions
from budgets.ballots.models import Leaf, OpenedVote, Receipt, RollEntry, SealedVote
from budgets.ballots.queries import Ticket
from engage.kit.decisions import Refused
from tests.budgets.ballots.factories import AFTER, VOTING, a_ticket, an_officer, an_open_ballot, paper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
THREADS = 40


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


def test_one_voter_at_once_from_everywhere_leaves_one_ballot():
    officer = an_officer()
    ballot = an_open_ballot(by=officer)
    ticket = a_ticket(ballot)
    choices = [("P1",), ("P2",), ("P1", "P3")]
    answers = at_once(
        *(lambda keys=choices[n % 3]: [cast(ballot, ticket, *keys) for _ in range(5)] for n in range(THREADS))
    )
    receipts = {answer for several in answers for answer in several}
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
