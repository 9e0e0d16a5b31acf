"""From the box to what is published: the seed, ties, blanks, unique ballots, departures, awards."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from budgets.ballots import actions
from budgets.ballots.actions.cast import envelopes, insert
from budgets.ballots.enums import Kind, Level, Phase, Proof
from budgets.ballots.models import Count, Milestone, OpenedVote, PaperBatch, SealedVote, Secrets, Won
from budgets.ballots.queries import (
    counts_of,
    frozen_document,
    log_lines,
    log_of,
    phase_of,
    public_file,
    rehearse,
    secret_of,
    sheet_of,
    verify,
)
from budgets.ballots.rules.envelope import thickness
from budgets.ballots.rules.frozen import commitment, lot
from budgets.ballots.rules.merkle import root
from budgets.count import ENGINE, VoteType, parse, read, rule_of
from engage.audit.models import Record
from engage.kit.decisions import Refused
from tests.budgets.ballots.factories import (
    AFTER,
    CLOSES,
    NOW,
    VOTING,
    a_counted_ballot,
    a_draft,
    a_ticket,
    an_emailed_claim,
    an_officer,
    an_open_ballot,
    paper,
)
from tests.factories import AccountFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def officer():
    return an_officer()


@pytest.fixture(scope="module")
def opened(beforehand):
    return beforehand(lambda: an_open_ballot(by=an_officer()))


def test_nothing_is_counted_before_it_is_closed_nor_closed_before_voting_ends(officer, ballot):
    with pytest.raises(Refused, match="Voting is open"):
        actions.close_ballot(ballot=ballot, by=officer, at=VOTING)
    with pytest.raises(Refused, match="Voting has ended"):
        actions.count_ballot(ballot=ballot, by=officer, at=CLOSES)
    actions.close_ballot(ballot=ballot, by=officer, at=CLOSES)
    with pytest.raises(Refused, match="Closed, not yet counted"):
        actions.close_ballot(ballot=ballot, by=officer, at=CLOSES)
    with pytest.raises(Refused, match="Only officers can run a ballot"):
        actions.count_ballot(ballot=ballot, by=AccountFactory(), at=CLOSES)


def test_the_seed_was_promised_before_the_first_vote_and_decides_ties(officer):
    ballot = a_counted_ballot(by=officer, votes=[("P1",), ("P2",)], choice="most-votes-stop")
    count = counts_of(ballot)["pot-0"]
    frozen = frozen_document(ballot)
    assert commitment(count.seed) == frozen["tie_seed_sha256"] == ballot.version.commitment
    result = json.loads(count.result)
    assert result["lot"] == list(lot(count.seed, ["P1", "P2", "P3"]))
    # The first tie is settled by the lower cost: £500 before £600, which then does not fit.
    assert count.winners == ["P2"]


def test_the_same_ballots_give_the_same_result_whatever_their_order(officer):
    votes = [("P1",), ("P2", "P3"), ("P3",)]
    results = set()
    for order in (votes, votes[::-1]):
        ballot = a_counted_ballot(by=officer, votes=order)
        count = counts_of(ballot)["pot-0"]
        instance = read(count.file)
        results.add((tuple(count.winners), instance.ballots))
    assert len(results) == 1


def test_the_file_says_everything_to_count_it_again(officer):
    ballot = a_counted_ballot(by=officer, votes=[("P1",), ("P2", "P3")])
    count = counts_of(ballot)["pot-0"]
    instance = read(count.file)
    assert instance.meta["ballot_sha256"] == ballot.version.sha256
    assert instance.meta["tie_seed"] == count.seed
    assert instance.meta["engine"] == ENGINE
    told = rule_of(instance)
    assert set(told.lot) == {"P1", "P2", "P3"}
    assert replace(told, lot=()) == parse(ballot.rule)
    assert (instance.budget, instance.voters) == (1_000_00 // (100 // instance.unit), 2)


def test_a_pot_left_blank_is_no_ballot_in_it(officer):
    ballot = an_open_ballot(by=officer, pots=2, electors=0, proofs=(Proof.EMAIL,))
    elm = ballot.pots.get(key="pot-1").place
    for number, pots in enumerate(({"pot-0": ["P1"]}, {"pot-0": ["P2"], "pot-1": ["P4"]})):
        claim = an_emailed_claim(ballot, f"k{number}@example.org", elm)
        ticket = verify(ballot=ballot, proof=Proof.EMAIL, claim=claim, at=VOTING)
        actions.cast_ballot(ballot=ballot, ticket=ticket, document={"pots": pots}, at=VOTING)
    log = actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    actions.count_ballot(ballot=ballot, by=officer, at=AFTER)
    counts = counts_of(ballot)
    assert log.size == 2
    assert [(count.votes, count.blank) for count in counts.values()] == [(2, 0), (1, 1)]


def test_the_log_and_the_roll_are_in_another_order_than_people_voted_in(officer):
    ballot = an_open_ballot(by=officer, electors=30)
    for number in range(30):
        actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot, number), document=paper("P1"), at=VOTING)
    came = list(ballot.receipts.values_list("commitment", flat=True))
    voters = as_stored(ballot)
    log = actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    lines = log_lines(ballot)
    assert sorted(lines) == sorted(came)
    assert lines != came
    assert [row[:2] for row in as_stored(ballot)] == sorted(row[:2] for row in voters)
    assert len({transaction for _key, _person, transaction in as_stored(ballot)}) == 1
    assert log.root == root([bytes.fromhex(line) for line in lines]).hex()


def as_stored(ballot):
    """The roll as it lies in the files of the database, and which transaction wrote it there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, person, xmin::text FROM ballots_rollentry WHERE ballot_id = %s ORDER BY ctid",
            [ballot.pk],
        )
        return cursor.fetchall()


def test_a_vote_changed_behind_our_back_is_found_at_close(officer, ballot):
    for number, keys in enumerate((("P1",), ("P2",))):
        actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot, number), document=paper(*keys), at=VOTING)
    one, other = SealedVote.objects.filter(ballot=ballot)
    SealedVote.objects.filter(pk=one.pk).update(sealed=other.sealed)
    with pytest.raises(Refused, match="changed by another way than voting"):
        actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    assert phase_of(ballot, AFTER) == Phase.ENDED


def test_votes_put_in_by_another_way_are_found_at_close(officer, ballot):
    OpenedVote.objects.create(ballot=ballot, pot="pot-0", marks=[["P1", 1]])
    with pytest.raises(Refused, match="put votes into this ballot by another way"):
        actions.close_ballot(ballot=ballot, by=officer, at=AFTER)


def test_another_seed_than_the_one_promised_is_found_at_the_count(officer, ballot):
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    Secrets.objects.filter(ballot=ballot).update(seed="ab" * 32)
    with pytest.raises(Refused, match="not the one that was promised"):
        actions.count_ballot(ballot=ballot, by=officer, at=AFTER)


def test_secrets_are_sealed_anew_with_another_key(officer, settings, ballot):
    actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot), document=paper("P1"), at=VOTING)
    settings.FIELD_KEYS = ["another", *settings.FIELD_KEYS]
    call_command("reseal")
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    actions.count_ballot(ballot=ballot, by=officer, at=AFTER)
    assert counts_of(ballot)["pot-0"].winners == ["P1"]


def test_receipts_without_voters_are_found_at_close(officer, ballot):
    ballot.receipts.create(commitment="ab" * 32)
    with pytest.raises(Refused, match="1 ballot papers in the box, but 0 voters on the roll"):
        actions.close_ballot(ballot=ballot, by=officer, at=AFTER)


def test_from_closing_on_everybody_may_read_how_many_papers_and_their_root(officer):
    ballot = an_open_ballot(by=officer, proofs=(Proof.ROLL, Proof.CODE), electors=3)
    (code,) = actions.issue_codes(ballot=ballot, hand="post", electors=["AB-1"], by=officer, at=NOW)
    actions.revoke_code(ballot=ballot, serial=code.serial, reason="Lost.", by=officer, at=NOW)
    actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot), document=paper("P1"), at=VOTING)
    assert log_of(ballot) is None
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    found = log_of(ballot)
    assert (found.size, found.root) == (1, root([bytes.fromhex(log_lines(ballot)[0])]).hex())
    said = Record.objects.get(event="BALLOT_CLOSED", subject_id=ballot.pk).data
    assert (said["electors"], said["codes"], said["codes_revoked"]) == (3, 1, 1)


def test_a_sealed_vote_without_its_voter_is_found_at_close(officer, ballot):
    actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot), document=paper("P1"), at=VOTING)
    sheet = sheet_of(ballot.version.sha256)
    more = envelopes(secret_of(ballot), "nobody", sheet, {"pot-0": (("P2", 1),)}, thickness(sheet))
    insert(ballot, ballot.version.sha256, more, [])
    with pytest.raises(Refused, match="The votes for “pot-0” are not as many as its voters"):
        actions.close_ballot(ballot=ballot, by=officer, at=AFTER)


def test_pots_add_up_by_where_voters_live(officer):
    ballot = an_open_ballot(by=officer, pots=2, electors=2)
    for number in range(2):
        actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot, number), document=paper("P1"), at=VOTING)
    assert actions.close_ballot(ballot=ballot, by=officer, at=AFTER).size == 2
    assert not OpenedVote.objects.filter(ballot=ballot, pot="pot-1").exists()


def test_papers_of_nobody_on_the_roll_are_found_at_close(officer):
    ballot = an_open_ballot(by=officer, on_paper=True)
    batch = actions.start_paper_batch(ballot=ballot, name="A", place=ballot.place, by=officer, at=VOTING)
    PaperBatch.objects.filter(pk=batch.pk).update(admitted=1)
    actions.open_envelopes(batch=batch, why_few="Nobody else came.", by=officer, at=AFTER)
    actions.reconcile_batch(batch=batch, difference="Lost.", by=officer, at=AFTER)
    with pytest.raises(Refused, match="admitted on paper than stand on the roll"):
        actions.close_ballot(ballot=ballot, by=officer, at=AFTER)


@pytest.mark.parametrize(("at", "what"), [(VOTING, "title"), (AFTER, "title"), (AFTER, "description")])
def test_what_people_vote_on_keeps_its_title_and_after_the_vote_all_its_words(officer, at, what, ballot):
    with pytest.raises(Refused):
        actions.publish_erratum(
            ballot=ballot, project="P1", what=what, after="Another", reason="A slip.", by=officer, at=at
        )


@pytest.mark.parametrize(
    ("kind", "limits", "marks", "vote_type"),
    [
        (Kind.PICK, {"most": 2}, ["P1", "P3"], VoteType.APPROVAL),
        (Kind.KNAPSACK, {}, ["P1", "P3"], VoteType.APPROVAL),
        (Kind.POINTS, {"points": 10, "points_most": 8}, {"P1": 8, "P3": 2}, VoteType.CUMULATIVE),
        (Kind.RANKING, {}, ["P3", "P1"], VoteType.ORDINAL),
    ],
)
@pytest.mark.parametrize("choice", ["shares", "value"])
def test_every_kind_of_ballot_is_counted_and_published(officer, kind, limits, marks, vote_type, choice):
    ballot = an_open_ballot(by=officer, kind=kind, choice=choice, **limits)
    actions.cast_ballot(
        ballot=ballot, ticket=a_ticket(ballot), document={"pots": {"pot-0": marks}}, at=VOTING
    )
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    (count,) = actions.count_ballot(ballot=ballot, by=officer, at=AFTER)
    instance = read(count.file)
    assert instance.vote_type == vote_type
    assert set(count.winners) == {"P1", "P3"}
    ((vote, _weight),) = instance.ballots
    assert vote.choices == (("P3", "P1") if kind == Kind.RANKING else ("P1", "P3"))


def test_staff_choose_what_is_published_after_seeing_how_many_are_unique(officer):
    ballot = a_counted_ballot(by=officer, votes=[("P1",), ("P1",), ("P2", "P3")])
    count = counts_of(ballot)["pot-0"]
    assert (count.votes, count.unique) == (3, 1)
    assert public_file(count) is None
    with pytest.raises(Refused, match="Say why this much is published"):
        actions.publish_count(ballot=ballot, level=Level.ALL, reason="", by=officer, at=AFTER)
    actions.publish_count(ballot=ballot, level=Level.TOTALS, reason="Many are unique.", by=officer, at=AFTER)
    assert public_file(Count.objects.get(pk=count.pk)) is None


def test_a_winner_promises_days_and_lateness_counts_from_the_first(officer):
    ballot = a_counted_ballot(by=officer, votes=[("P1",)])
    actions.publish_count(ballot=ballot, level=Level.TOTALS, reason="One vote.", by=officer, at=AFTER)
    actions.award_winners(ballot=ballot, by=officer, at=AFTER)
    won = Won.objects.get(project__key="P1")

    def promise(on: date, why: str = "") -> Milestone:
        return actions.promise_milestone(
            won=won, title="Benches stand", promised_on=on, why_moved=why, by=officer, at=AFTER
        )

    promise(date(2026, 9, 1))
    with pytest.raises(Refused, match="Say why the day has moved"):
        promise(date(2026, 9, 20))
    milestone = promise(date(2026, 9, 20), "The ground was frozen.")
    assert (won.milestones.count(), milestone.first_promised_on) == (1, date(2026, 9, 1))
    with pytest.raises(Refused, match="Enter a day up to today"):
        actions.reach_milestone(milestone=milestone, on=date(2027, 9, 1), by=officer, at=AFTER)
    done = actions.reach_milestone(milestone=milestone, on=AFTER.date(), by=officer, at=AFTER)
    assert done.done_on == AFTER.date()
    with pytest.raises(Refused, match="done already"):
        promise(date(2026, 9, 30), "Again.")


def test_a_rehearsal_uses_the_real_engine_and_keeps_nothing(officer):
    draft = a_draft(by=officer, choice="shares")
    assert Secrets.objects.get(ballot=draft).seed == ""
    (first,) = rehearse(draft)
    assert first.voters > 100
    assert first.own is not None
    assert first.own.winners == first.others["shares"].winners
    assert first.own.rule.lot == lot(f"{1:064x}", ["P1", "P2", "P3"])
    assert rehearse(draft)[0].own == first.own
    assert phase_of(draft, NOW) == Phase.DRAFT
    assert not OpenedVote.objects.exists()
    assert not SealedVote.objects.exists()
