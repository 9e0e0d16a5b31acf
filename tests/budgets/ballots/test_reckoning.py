"""Voters, envelopes and papers against each other: what closing writes down, and what everybody reads of it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from budgets.ballots import actions, queries
from budgets.ballots.display.reckoning import reckoning
from budgets.ballots.enums import Hand, Proof
from budgets.ballots.models import Reckoning
from budgets.ballots.queries import PaperReckoned, Reckoned, Ticket
from engage.kit.decisions import Refused
from tests.budgets.ballots.factories import (
    AFTER,
    NOW,
    VOTING,
    a_ticket,
    an_officer,
    an_open_ballot,
    paper,
)


@pytest.mark.django_db
def test_closing_writes_down_who_could_vote_and_who_did(client):
    officer = an_officer()
    ballot = an_open_ballot(by=officer, proofs=(Proof.ROLL, Proof.CODE), electors=3)
    issued = actions.issue_codes(ballot=ballot, hand=Hand.POST, electors=["AB-0", "AB-1"], by=officer, at=NOW)
    actions.revoke_code(ballot=ballot, serial=issued[1].serial, reason="Lost.", by=officer, at=NOW)
    actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot), document=paper("P1"), at=VOTING)
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    found = Reckoning.objects.get()
    assert (found.electors, found.codes, found.codes_revoked, found.codes_used) == (3, 2, 1, 1)
    assert (found.by_elector, found.by_code, found.by_word) == (1, 0, 0)
    for sql in ("UPDATE ballots_reckoning SET electors = 9", "DELETE FROM ballots_reckoning"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    actions.count_ballot(ballot=ballot, by=officer, at=AFTER)
    actions.publish_count(ballot=ballot, level="all", reason="To check.", by=officer, at=AFTER)
    answer = client.get(reverse("ballots:results", args=[ballot.pk])).content.decode()
    assert "Does it add up?" in answer
    assert "Codes cancelled" in answer


@pytest.mark.django_db
def test_a_voter_who_could_not_vote_keeps_the_box_shut():
    officer = an_officer()
    ballot = an_open_ballot(by=officer)
    nobody = Ticket(ballot.pk, Proof.ROLL, person="ab" * 32, voter="cd" * 32, place=ballot.place_id)
    actions.cast_ballot(ballot=ballot, ticket=nobody, document=paper("P1"), at=VOTING)
    with pytest.raises(Refused, match="on no electoral roll and have no code"):
        actions.close_ballot(ballot=ballot, by=officer, at=AFTER)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_paper_of_all_batches_is_added_up():
    officers = [an_officer(), an_officer()]
    ballot = an_open_ballot(by=officers[0], on_paper=True)
    batch = actions.start_paper_batch(ballot=ballot, name="A", place=ballot.place, by=officers[0], at=VOTING)
    for number in range(2):
        actions.admit_envelope(batch=batch, ticket=a_ticket(ballot, number), by=officers[0], at=VOTING)
    actions.turn_away(batch=batch, by=officers[0], at=VOTING)
    actions.open_envelopes(batch=batch, why_few="Nobody else came.", by=officers[0], at=AFTER)
    for officer in officers:
        actions.enter_paper(batch=batch, number=1, document=None, invalid="unclear", by=officer, at=AFTER)
    actions.reconcile_batch(batch=batch, difference="One was empty.", by=officers[0], at=AFTER)
    actions.close_ballot(ballot=ballot, by=officers[0], at=AFTER)
    found = queries.reckoned(ballot)
    assert found.paper == PaperReckoned(1, 2, 1, 0, {"unclear": 1})
    assert (found.paper.without_paper, found.papers_in_box, found.apart_from_paper) == (1, 0, 0)


def test_numbers_of_few_people_are_not_told_exactly():
    voters = Reckoning(
        electors=4_310, codes=400, codes_revoked=3, codes_used=212, by_elector=1_200, by_code=15, by_word=0
    )
    many = PaperReckoned(4, 226, 2, 190, {"blank": 31, "unclear": 3})
    said = reckoning(Reckoned(voters, 1_025, 1_215, many))
    assert said["voters"][-1] == ("Voted", "1,215")
    assert ("Codes cancelled", "fewer than 20") in said["voters"]
    assert said["paper"][1][1] == "fewer than 20"
    assert [number for _words, number in said["paper"][2:]] == ["226", "2", "190", "34"]
    assert said["invalid"] == [("Any reason", "34")]
    assert "1,025 of people who voted online or with help, and 190 on paper" in said["box"]

    few = reckoning(Reckoned(None, 1_025, 1_040, PaperReckoned(1, 19, 0, 15, {"blank": 4})))
    small = "fewer than 20"
    assert [number for _words, number in few["paper"][1:]] == ["0", small, "0", small, small]
    assert "on paper" not in few["box"]
