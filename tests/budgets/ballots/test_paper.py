"""Paper: the voter first, then the paper; two people; and as many papers as voters."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from budgets.ballots import actions
from budgets.ballots.enums import Channel, Hand, Invalid, Proof
from budgets.ballots.models import Paper, RollEntry, SealedVote
from budgets.ballots.queries import counts_of, ticket_for_paper, turnout
from budgets.ballots.rules.small import FEW_PAPERS
from engage.audit.models import Record
from engage.kit.decisions import Refused
from engage.places.models import Place
from tests.budgets.ballots.factories import (
    AFTER,
    NOW,
    POSTCODE,
    VOTING,
    a_draft,
    a_ticket,
    an_officer,
    an_open_ballot,
    paper,
)
from tests.factories import PlaceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def people():
    return an_officer(), an_officer()


@pytest.fixture(scope="module")
def opened(beforehand):
    return beforehand(on_paper)


def on_paper():
    officer = an_officer()
    draft = a_draft(by=officer, on_paper=True, proofs=(Proof.ROLL, Proof.CODE))
    PlaceFactory(parent=draft.place, name="Elm")
    actions.open_ballot(ballot=draft, by=officer, at=NOW)
    return draft


@pytest.fixture
def batch(ballot, people):
    return actions.start_paper_batch(
        ballot=ballot, name="Library, Monday", place=ballot.place, by=people[0], at=AFTER
    )


def cover(number):
    return {"number": f"AB-{number}", "last_name": "O’Sample", "postcode": POSTCODE}


def admit(batch, people, *numbers):
    return [
        actions.admit_envelope(
            batch=batch,
            ticket=ticket_for_paper(ballot=batch.ballot, **cover(number), at=AFTER),
            by=people[0],
            at=AFTER,
        )
        for number in numbers
    ]


@pytest.fixture
def counting(batch, people):
    """Two voters are admitted to the batch, and its envelopes are opened."""
    admit(batch, people, 0, 1)
    return open_up(batch, people)


def open_up(batch, people):
    return actions.open_envelopes(batch=batch, why_few="Nobody else came.", by=people[0], at=AFTER)


def enter(batch, by, number, *keys, invalid=""):
    document = None if invalid else paper(*keys)
    return actions.enter_paper(
        batch=batch, number=number, document=document, invalid=invalid, by=by, at=AFTER
    )


def both(batch, people, number, *keys, invalid=""):
    return [enter(batch, by, number, *keys, invalid=invalid) for by in people][-1]


def test_paper_goes_the_whole_way_into_the_count(ballot, batch, people):
    assert admit(batch, people, 0, 1, 2) == [True, True, True]
    open_up(batch, people)
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
    for wrong in (cover(99), cover(1) | {"last_name": "Nettle"}, {"number": "AB-1"}):
        with pytest.raises(Refused, match="No line of the roll"):
            ticket_for_paper(ballot=ballot, **wrong, at=AFTER)
    assert actions.turn_away(batch=batch, by=people[0], at=AFTER).turned_away == 1


def test_nobody_is_admitted_once_envelopes_are_opened_and_no_paper_is_entered_before(batch, people):
    with pytest.raises(Refused, match="Nobody is admitted"):
        open_up(batch, people)
    admit(batch, people, 0, 1)
    with pytest.raises(Refused, match="open the envelopes"):
        enter(batch, people[0], 1, "P1")
    with pytest.raises(Refused, match="Open the envelopes first"):
        actions.reconcile_batch(batch=batch, difference="Lost.", by=people[0], at=AFTER)
    open_up(batch, people)
    with pytest.raises(Refused, match="another batch"):
        admit(batch, people, 2)
    with pytest.raises(Refused, match="another batch"):
        actions.turn_away(batch=batch, by=people[0], at=AFTER)


def test_a_few_envelopes_are_opened_only_as_the_last_with_the_reason(ballot, batch, people):
    admit(batch, people, *range(FEW_PAPERS - 1))
    with pytest.raises(Refused, match="wait until voting has ended"):
        actions.open_envelopes(batch=batch, why_few="Nobody else came.", by=people[0], at=VOTING)
    with pytest.raises(Refused, match="say why there are none"):
        actions.open_envelopes(batch=batch, by=people[0], at=AFTER)
    assert open_up(batch, people).why_few == "Nobody else came."
    enough = actions.start_paper_batch(ballot=ballot, name="B", place=ballot.place, by=people[0], at=VOTING)
    admit(enough, people, *range(10, 10 + FEW_PAPERS))
    assert actions.open_envelopes(batch=enough, by=people[0], at=VOTING).why_few == ""


def test_one_person_cannot_enter_both(counting, people):
    enter(counting, people[0], 1, "P1")
    with pytest.raises(Refused, match="somebody else must enter it again"):
        enter(counting, people[0], 1, "P1")


def test_entries_that_differ_are_both_thrown_away(counting, people):
    enter(counting, people[0], 1, "P1")
    assert not enter(counting, people[1], 1, "P2").agreed
    enter(counting, people[1], 1, "P1")
    assert enter(counting, people[0], 1, "P1").agreed
    with pytest.raises(Refused, match="entered this paper already"):
        enter(counting, people[0], 1, "P2")


def test_the_order_of_ticks_is_no_difference(counting, people):
    enter(counting, people[0], 1, "P1", "P3")
    assert enter(counting, people[1], 1, "P3", "P1").agreed


def test_the_same_rules_hold_as_online(counting, people):
    with pytest.raises(Refused, match="not chosen anything"):
        enter(counting, people[0], 1)
    with pytest.raises(Refused, match="Choose the reason from the list"):
        enter(counting, people[0], 1, invalid="because")


def test_a_batch_is_reconciled_only_when_it_adds_up(ballot, batch, people):
    admit(batch, people, 0, 1)
    open_up(batch, people)
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


def test_there_are_never_more_papers_than_voters(counting, people):
    for number in (0, 3, 100_000):
        with pytest.raises(Refused, match="papers of 2 voters at most"):
            enter(counting, people[0], number, "P1")
    both(counting, people, 2, "P1")


def test_a_number_that_is_no_paper_is_taken_off_with_its_reason(ballot, counting, people):
    both(counting, people, 1, "P1")
    enter(counting, people[0], 2, "P1")

    def take_off(number, reason="There is one paper only."):
        actions.take_off_paper(batch=counting, number=number, reason=reason, by=people[1], at=AFTER)

    with pytest.raises(Refused, match="Say why"):
        take_off(2, " ")
    take_off(2)
    for number in (1, 2):
        with pytest.raises(Refused, match="No paper with this number waits"):
            take_off(number)
    assert Record.objects.get(event="PAPER_TAKEN_OFF", subject_id=ballot.pk).data["number"] == 2
    actions.reconcile_batch(batch=counting, difference="An envelope was empty.", by=people[0], at=AFTER)
    assert actions.close_ballot(ballot=ballot, by=people[0], at=AFTER).size == 1


def test_there_is_no_paper_where_the_ballot_says_so(people):
    online = an_open_ballot(by=people[0])
    with pytest.raises(Refused, match="no voting on paper"):
        actions.start_paper_batch(ballot=online, name="A", place=online.place, by=people[0], at=AFTER)
    with pytest.raises(Refused, match="Voting has not started"):
        actions.start_paper_batch(ballot=online, name="A", place=online.place, by=people[0], at=NOW)


# --- a wrong mark -----------------------------------------------------------------------------------------


def correct(batch, by, wrong, right, reason="Covers were mixed up."):
    tickets = [
        ticket_for_paper(ballot=batch.ballot, **cover(number), at=AFTER) if number is not None else None
        for number in (wrong, right)
    ]
    return actions.correct_mark(
        batch=batch, wrong=tickets[0], right=tickets[1], reason=reason, by=by, at=AFTER
    )


def on_the_roll(ballot):
    return {
        number
        for number in range(5)
        if RollEntry.objects.filter(ballot=ballot, person=a_ticket(ballot, number).person).exists()
    }


def test_a_wrong_mark_is_put_right_by_two_who_say_the_same(ballot, batch, people):
    one, other = people
    admit(batch, people, 0, 1)
    correct(batch, one, 0, 2)
    correct(batch, one, 0, 3)  # a slip of their own, put right
    assert on_the_roll(ballot) == {0, 1}, "one person changes nothing"
    with pytest.raises(IntegrityError, match="stays on the roll"), transaction.atomic():
        RollEntry.objects.filter(person=a_ticket(ballot, 0).person).delete()
    with pytest.raises(Refused, match="not what was entered first"):
        correct(batch, other, 0, 2)
    done = correct(open_up(batch, people), other, 0, 3, reason="")
    assert on_the_roll(ballot) == {1, 3}
    assert (done.wrong, done.right, done.reason) == ("", "", "Covers were mixed up.")
    assert Record.objects.filter(event="MARK_CORRECTED").count() == 1
    for wrong, right, why in (
        (1, None, "Say whose it was"),
        (1, 3, "has voted already"),
        (2, 4, "not marked as voting on paper"),
    ):
        with pytest.raises(Refused, match=why):
            correct(batch, one, wrong, right)


def test_while_envelopes_are_shut_nobody_may_be_marked_instead(ballot, batch, people):
    admit(batch, people, 0, 1)
    with pytest.raises(Refused, match="Say how it came"):
        correct(batch, people[0], 0, None, reason=" ")
    for who in people:
        correct(batch, who, 0, None)
    batch.refresh_from_db()
    assert (batch.admitted, batch.turned_away) == (1, 1)
    assert on_the_roll(ballot) == {1}
    assert admit(batch, people, 0) == [True], "they may vote"
    correct(batch, people[0], 1, None)
    open_up(batch, people)
    for number in (1, 2):
        for who in people:
            enter(batch, who, number, "P1")
    actions.reconcile_batch(batch=batch, by=people[0], at=AFTER)
    with pytest.raises(Refused, match=f"waits for somebody else.*{batch.name}"):
        actions.close_ballot(ballot=ballot, by=people[0], at=AFTER)
    actions.take_back_correction(batch=batch, by=people[1], at=AFTER)
    assert on_the_roll(ballot) == {0, 1}
    (told,) = Record.objects.filter(event="CORRECTION_TAKEN_BACK")
    assert (told.actor_id, told.data["entered_first_by"]) == (people[1].pk, people[0].pk)
    actions.close_ballot(ballot=ballot, by=people[0], at=AFTER)
    with pytest.raises(Refused):
        actions.take_back_correction(batch=batch, by=people[1], at=AFTER)


def test_the_desk_corrects_a_mark(client, batch, people, time_machine):
    time_machine.move_to(AFTER)
    admit(batch, people, 0)
    address = reverse("staff_ballots:correct_mark", args=[batch.ballot_id, batch.pk])
    covers = {
        f"{which}_{name}": value
        for which, n in (("wrong", 0), ("right", 1))
        for name, value in cover(n).items()
    }
    said = []
    for who in people:
        client.force_login(who)
        said.append(client.post(address, covers | {"reason": "Mixed up."}, follow=True).content.decode())
    assert "Somebody else must enter the same" in said[0]
    assert "The mark is corrected" in said[1]
    back = reverse("staff_ballots:take_back", args=[batch.ballot_id, batch.pk])
    assert "No correction waits" in client.post(back).content.decode()
    client.post(
        address,
        {name: value for name, value in covers.items() if "wrong" in name}
        | {"nobody": "on", "reason": "Hm."},
    )
    both = client.post(address, covers | {"nobody": "on"}).content.decode()
    assert "not both" in both
    assert on_the_roll(batch.ballot) == {1}
