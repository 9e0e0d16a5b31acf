"""Paper: the voter first, then the paper; two people; and as many papers as voters."""

import pytest

from budgets.ballots import actions
from budgets.ballots.enums import Channel, Hand, Invalid, Proof
from budgets.ballots.models import Paper, SealedVote
from budgets.ballots.queries import counts_of, ticket_for_paper, turnout
from engage.kit.decisions import Refused
from engage.places.models import Place
from tests.budgets.ballots.factories import (
    AFTER,
    NOW,
    VOTING,
    a_draft,
    a_ticket,
    an_officer,
    an_open_ballot,
    paper,
)
from tests.factories import PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return an_officer(), an_officer()


@pytest.fixture
def ballot(people):
    draft = a_draft(by=people[0], on_paper=True, proofs=(Proof.ROLL, Proof.CODE))
    PlaceFactory(parent=draft.place, name="Elm")
    actions.open_ballot(ballot=draft, by=people[0], at=NOW)
    return draft


@pytest.fixture
def batch(ballot, people):
    return actions.start_paper_batch(
        ballot=ballot, name="Library, Monday", place=ballot.place, by=people[0], at=AFTER
    )


def admit(batch, people, *numbers):
    return [
        actions.admit_envelope(
            batch=batch,
            ticket=ticket_for_paper(ballot=batch.ballot, number=f"AB-{number}", at=AFTER),
            by=people[0],
            at=AFTER,
        )
        for number in numbers
    ]


def enter(batch, by, number, *keys, invalid=""):
    document = None if invalid else paper(*keys)
    return actions.enter_paper(
        batch=batch, number=number, document=document, invalid=invalid, by=by, at=AFTER
    )


def both(batch, people, number, *keys, invalid=""):
    return [enter(batch, by, number, *keys, invalid=invalid) for by in people][-1]


def test_paper_goes_the_whole_way_into_the_count(ballot, batch, people):
    assert admit(batch, people, 0, 1, 2) == [True, True, True]
    assert both(batch, people, 1, "P1").agreed
    both(batch, people, 2, "P1", "P3")
    both(batch, people, 3, invalid=Invalid.UNCLEAR)
    assert not SealedVote.objects.filter(ballot=ballot).exists()
    done = actions.reconcile_batch(batch=batch, by=people[1], at=AFTER)
    assert (done.admitted, done.valid, done.invalid) == (3, 2, 1)
    assert not Paper.objects.exclude(first=b"").exists()
    log = actions.close_ballot(ballot=ballot, by=people[0], at=AFTER)
    assert log.size == 2
    actions.count_ballot(ballot=ballot, by=people[0], at=AFTER)
    assert counts_of(ballot)["pot-0"].winners == ["P1", "P3"]
    assert turnout(ballot).by_channel == {Channel.PAPER: 3}


def test_voting_on_paper_stops_voting_online_and_the_other_way_round(ballot, batch, people):
    actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot, 0), document=paper("P1"), at=VOTING)
    assert admit(batch, people, 0, 1) == [False, True]
    with pytest.raises(Refused, match="voted on paper already"):
        actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot, 1), document=paper("P1"), at=VOTING)
    batch.refresh_from_db()
    assert (batch.admitted, batch.turned_away) == (1, 1)
    assert admit(batch, people, 1) == [False]


def test_a_code_on_the_cover_is_the_same_voter(ballot, batch, people):
    (issued,) = actions.issue_codes(ballot=ballot, hand=Hand.POST, electors=["AB-5"], by=people[0], at=VOTING)
    ticket = ticket_for_paper(ballot=ballot, code=issued.code, at=AFTER)
    assert actions.admit_envelope(batch=batch, ticket=ticket, by=people[0], at=AFTER)
    assert admit(batch, people, 5) == [False]


def test_a_code_that_is_no_electors_counts_with_the_signed_cover_and_where_it_was_made_for(people):
    ballot = an_open_ballot(by=people[0], on_paper=True, proofs=(Proof.CODE,), electors=0, pots=2)
    elm = ballot.pots.get(key="pot-1").place
    batch = actions.start_paper_batch(ballot=ballot, name="A", place=ballot.place, by=people[0], at=AFTER)

    def a_code(place):
        (issued,) = actions.issue_codes(
            ballot=ballot, hand=Hand.HALL, number=1, place=place, by=people[0], at=VOTING
        )
        return issued.code

    for_nowhere, for_elm = a_code(None), a_code(elm)
    with pytest.raises(Refused, match="signed on the cover"):
        ticket_for_paper(ballot=ballot, code=for_nowhere, place=batch.place, at=AFTER)
    signed = ticket_for_paper(ballot=ballot, code=for_nowhere, place=batch.place, signed=True, at=AFTER)
    assert actions.admit_envelope(batch=batch, ticket=signed, by=people[0], at=AFTER)
    local = ticket_for_paper(ballot=ballot, code=for_elm, place=batch.place, signed=True, at=AFTER)
    with pytest.raises(Refused, match="lives in another place"):
        actions.admit_envelope(batch=batch, ticket=local, by=people[0], at=AFTER)


def test_papers_of_another_place_go_into_another_batch(ballot, people):
    elsewhere = Place.objects.get(name="Elm")
    batch = actions.start_paper_batch(ballot=ballot, name="Elm", place=elsewhere, by=people[0], at=AFTER)
    with pytest.raises(Refused, match="lives in another place"):
        admit(batch, people, 0)


def test_who_is_not_on_the_roll_is_turned_away(ballot, batch, people):
    with pytest.raises(Refused, match="not on the roll"):
        ticket_for_paper(ballot=ballot, number="AB-99", at=AFTER)
    assert actions.turn_away(batch=batch, by=people[0], at=AFTER).turned_away == 1


def test_one_person_cannot_enter_both(batch, people):
    enter(batch, people[0], 1, "P1")
    with pytest.raises(Refused, match="somebody else must enter it again"):
        enter(batch, people[0], 1, "P1")


def test_entries_that_differ_are_both_thrown_away(batch, people):
    enter(batch, people[0], 1, "P1")
    assert not enter(batch, people[1], 1, "P2").agreed
    enter(batch, people[1], 1, "P1")
    assert enter(batch, people[0], 1, "P1").agreed
    with pytest.raises(Refused, match="entered this paper already"):
        enter(batch, people[0], 1, "P2")


def test_the_order_of_ticks_is_no_difference(batch, people):
    enter(batch, people[0], 1, "P1", "P3")
    assert enter(batch, people[1], 1, "P3", "P1").agreed


def test_the_same_rules_hold_as_online(batch, people):
    with pytest.raises(Refused, match="not chosen anything"):
        enter(batch, people[0], 1)
    with pytest.raises(Refused, match="Choose the reason from the list"):
        enter(batch, people[0], 1, invalid="because")


def test_a_batch_is_reconciled_only_when_it_adds_up(ballot, batch, people):
    admit(batch, people, 0, 1)
    enter(batch, people[0], 1, "P1")
    with pytest.raises(Refused, match="need a second entry: 1"):
        actions.reconcile_batch(batch=batch, by=people[0], at=AFTER)
    enter(batch, people[1], 1, "P1")
    with pytest.raises(Refused, match="Say why"):
        actions.reconcile_batch(batch=batch, by=people[0], at=AFTER)
    with pytest.raises(Refused, match="Reconcile these batches of paper first: Library, Monday"):
        actions.close_ballot(ballot=ballot, by=people[0], at=AFTER)
    actions.reconcile_batch(batch=batch, difference="An envelope was empty.", by=people[0], at=AFTER)
    actions.close_ballot(ballot=ballot, by=people[0], at=AFTER)


def test_there_are_never_more_papers_than_voters(batch, people):
    both(batch, people, 1, "P1")
    with pytest.raises(Refused, match="only 0 voters admitted"):
        actions.reconcile_batch(batch=batch, difference="Who knows.", by=people[0], at=AFTER)


def test_there_is_no_paper_where_the_ballot_says_so(people):
    online = an_open_ballot(by=people[0])
    with pytest.raises(Refused, match="no voting on paper"):
        actions.start_paper_batch(ballot=online, name="A", place=online.place, by=people[0], at=AFTER)
    with pytest.raises(Refused, match="Voting has not started"):
        actions.start_paper_batch(ballot=online, name="A", place=online.place, by=people[0], at=NOW)
