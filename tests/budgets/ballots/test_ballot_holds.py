"""What the database itself refuses: raw SQL against every table of an open ballot."""

import pytest
from django.db import IntegrityError, connection, transaction

from budgets.ballots import actions
from budgets.ballots.enums import Level
from budgets.ballots.models import Ballot, Won
from tests.budgets.ballots.factories import (
    AFTER,
    NOW,
    VOTING,
    a_counted_ballot,
    a_draft,
    a_ticket,
    an_officer,
    an_open_ballot,
    paper,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FROZEN = "ballot_frozen"
KEPT = "ballot_append_only"
SHUT = "ballot_not_open"
UNLOGGED = "ballot_closed_with_its_log"


def refused(sql: str, constraint: str) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        # What is deferred would stand in the way of TRUNCATE.
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {sql}")
    assert error.value.__cause__.diag.constraint_name == constraint


def voted_on() -> Ballot:
    """Open, with one vote, one erratum and one code."""
    officer = an_officer()
    ballot = an_open_ballot(by=officer)
    actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot), document=paper("P1"), at=VOTING)
    actions.publish_erratum(
        ballot=ballot, project="P1", what="title", after="Four benches", reason="A slip.", by=officer, at=NOW
    )
    return ballot


@pytest.fixture(scope="module")
def opened(beforehand) -> Ballot:
    return beforehand(voted_on)


@pytest.mark.parametrize(
    "change",
    [
        "rule = 'greedy'",
        "title = 'Another'",
        "kind = 'pick'",
        "closes_at = closes_at + interval '1 day'",
        "minimum_age = 18",
        "proofs = '{account}'",
        "place_id = place_id + 1",
        "turnout_shown = true",
        "id = id + 1",
    ],
)
def test_nothing_of_an_open_ballot_changes(ballot, change):
    refused(f"UPDATE ballots_ballot SET {change}", FROZEN)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ballots_pot SET amount_pence = amount_pence + 1",
        "DELETE FROM ballots_pot",
        "UPDATE ballots_project SET cost_pence = 1",
        "UPDATE ballots_project SET title = 'Another'",
        "DELETE FROM ballots_project",
        'INSERT INTO ballots_project SELECT (jsonb_populate_record(p, \'{"id": 9999, "key": "P9"}\')).*'
        " FROM ballots_project p LIMIT 1",
        "DELETE FROM ballots_ballot",
    ],
)
def test_money_and_projects_of_an_open_ballot_are_frozen(ballot, sql):
    refused(sql, FROZEN)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ballots_ballotversion SET document = 'x', sha256 = encode(sha256('x'), 'hex')",
        "DELETE FROM ballots_ballotversion",
        "UPDATE ballots_erratum SET after = 'x'",
        "DELETE FROM ballots_erratum",
        "UPDATE ballots_rollentry SET person = 'x'",
        "DELETE FROM ballots_rollentry",
        "WITH taken AS (DELETE FROM ballots_rollentry RETURNING *)"
        " INSERT INTO ballots_rollentry (id, ballot_id, person, place_id, channel, day)"
        " SELECT id, ballot_id, reverse(person), place_id, channel, day FROM taken",
        "DELETE FROM ballots_sealedvote",
        "DELETE FROM ballots_receipt",
        "UPDATE ballots_receipt SET commitment = 'x'",
        "UPDATE ballots_secrets SET seed = ''",
        "UPDATE ballots_secrets SET secret = ''",
        "DELETE FROM ballots_secrets",
        "TRUNCATE ballots_secrets",
        "TRUNCATE ballots_rollentry",
        "TRUNCATE ballots_sealedvote",
        "TRUNCATE ballots_receipt",
        "TRUNCATE ballots_elector",
        "INSERT INTO ballots_elector (ballot_id, person, match, place_id)"
        " SELECT id, 'new', 'new', place_id FROM ballots_ballot",
        "UPDATE ballots_elector SET match = reverse(match)",
        "DELETE FROM ballots_elector",
        "TRUNCATE ballots_code",
        "TRUNCATE ballots_paper",
        "TRUNCATE ballots_paperbatch CASCADE",
        "TRUNCATE ballots_milestone",
        "TRUNCATE ballots_won CASCADE",
        "UPDATE ballots_secrets SET secret_sha256 = repeat('0', 64)",
    ],
)
def test_what_was_written_is_kept(ballot, sql):
    refused(sql, KEPT)


def test_a_version_has_the_hash_of_its_document():
    draft = a_draft(by=an_officer())
    refused(
        "INSERT INTO ballots_ballotversion (ballot_id, document, sha256, commitment, opened_at)"
        f" VALUES ({draft.pk}, 'x', repeat('0', 64), '', now())",
        "version_hash_is_right",
    )


def test_nobody_is_on_the_roll_twice(ballot):
    refused(
        "INSERT INTO ballots_rollentry (id, ballot_id, person, place_id, channel, day)"
        " SELECT gen_random_uuid(), ballot_id, person, place_id, 'paper', day FROM ballots_rollentry",
        "voted_once",
    )


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO ballots_rollentry (id, ballot_id, person, place_id, channel, day)"
        " SELECT gen_random_uuid(), ballot_id, 'new', place_id, 'online', day FROM ballots_rollentry",
        "INSERT INTO ballots_sealedvote (id, ballot_id, pot, handle, sealed)"
        " SELECT gen_random_uuid(), id, 'pot-0', 'new', 'x' FROM ballots_ballot",
        "INSERT INTO ballots_openedvote (id, ballot_id, pot, marks)"
        " SELECT gen_random_uuid(), id, 'pot-0', '[]' FROM ballots_ballot",
        "INSERT INTO ballots_leaf (ballot_id, number, commitment) SELECT id, 99, 'x' FROM ballots_ballot",
        "INSERT INTO ballots_receipt (id, ballot_id, commitment)"
        " SELECT gen_random_uuid(), id, 'x' FROM ballots_ballot",
    ],
)
def test_nothing_comes_in_once_it_is_closed(ballot, sql):
    actions.close_ballot(ballot=ballot, by=an_officer(), at=AFTER)
    refused(sql, SHUT)


def test_nothing_comes_in_before_it_is_open():
    draft = a_draft(by=an_officer())
    refused(
        "INSERT INTO ballots_sealedvote (id, ballot_id, pot, handle, sealed)"
        f" VALUES (gen_random_uuid(), {draft.pk}, 'pot-0', 'new', 'x')",
        SHUT,
    )
    refused(f"UPDATE ballots_ballot SET closed_at = now() WHERE id = {draft.pk}", SHUT)


@pytest.mark.parametrize("when", ["now()", "closes_at - interval '1 second'", "closes_at + interval '1 day'"])
def test_a_ballot_is_not_closed_without_its_log(ballot, when):
    refused(f"UPDATE ballots_ballot SET closed_at = {when}", UNLOGGED)


@pytest.mark.parametrize("size", [0, 1])
def test_the_log_is_written_over_the_whole_box_only(ballot, size):
    refused(
        f"INSERT INTO ballots_log (ballot_id, size, root) SELECT id, {size}, '' FROM ballots_ballot", UNLOGGED
    )


def test_nothing_is_published_before_it_is_counted(ballot):
    publish = (
        "INSERT INTO ballots_publication (ballot_id, level, reason, published_at)"
        " SELECT id, 'all', 'x', now() FROM ballots_ballot"
    )
    refused(publish, "ballot_not_counted")
    actions.close_ballot(ballot=ballot, by=an_officer(), at=AFTER)
    refused(publish, "ballot_not_counted")


@pytest.mark.parametrize("channel", ["online", "assisted"])
@pytest.mark.parametrize("day", ["opens_at::date - 2", "closes_at::date + 2"])
def test_apart_from_paper_votes_come_in_on_days_of_voting(ballot, channel, day):
    refused(
        "INSERT INTO ballots_rollentry (id, ballot_id, person, place_id, channel, day)"
        f" SELECT gen_random_uuid(), id, 'new', place_id, '{channel}', {day} FROM ballots_ballot",
        SHUT,
    )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ballots_code SET person = 'x'",
        "UPDATE ballots_code SET digest = 'x'",
        "UPDATE ballots_code SET revoked_at = NULL",
        "DELETE FROM ballots_code",
    ],
)
def test_codes_are_only_ever_revoked_while_people_vote(sql):
    officer = an_officer()
    ballot = an_open_ballot(by=officer, proofs=("code",), electors=0)
    (issued,) = actions.issue_codes(ballot=ballot, hand="hall", number=1, by=officer, at=NOW)
    actions.revoke_code(ballot=ballot, serial=issued.serial, reason="Lost.", by=officer, at=NOW)
    refused(sql, KEPT)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ballots_paperbatch SET admitted = admitted + 5",
        "UPDATE ballots_paperbatch SET admitted = 0",
        "UPDATE ballots_paperbatch SET admitted = admitted + 1",
        "UPDATE ballots_paperbatch SET opened_at = NULL",
        "UPDATE ballots_paper SET number = 2",
        "DELETE FROM ballots_paper",
        "DELETE FROM ballots_paperbatch",
    ],
)
def test_voters_admitted_on_paper_and_their_papers_stay(sql):
    an_entered_paper()
    refused(sql, KEPT)


def test_there_are_papers_of_admitted_voters_only():
    an_entered_paper()
    refused(
        "INSERT INTO ballots_paper (ballot_id, batch_id, number, first, second, agreed, reason)"
        " SELECT ballot_id, id, admitted + 1, '', '', false, '' FROM ballots_paperbatch",
        "paper_of_a_voter",
    )


def an_entered_paper():
    """Of one voter, on which two entries agree; and by whom."""
    officers = [an_officer(), an_officer()]
    ballot = an_open_ballot(by=officers[0], on_paper=True)
    batch = actions.start_paper_batch(ballot=ballot, name="A", place=ballot.place, by=officers[0], at=VOTING)
    actions.admit_envelope(batch=batch, ticket=a_ticket(ballot), by=officers[0], at=VOTING)
    actions.open_envelopes(batch=batch, why_few="Nobody else came.", by=officers[0], at=AFTER)
    for officer in officers:
        actions.enter_paper(batch=batch, number=1, document=paper("P1"), by=officer, at=AFTER)
    return batch, officers


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ballots_milestone SET first_promised_on = '2030-01-01', why_moved = 'x'",
        "DELETE FROM ballots_milestone",
        "UPDATE ballots_won SET project_id = project_id",
        "DELETE FROM ballots_won",
    ],
)
def test_a_day_once_promised_stays_readable(sql):
    officer = an_officer()
    ballot = a_counted_ballot(by=officer, votes=[("P1",)])
    actions.publish_count(ballot=ballot, level=Level.TOTALS, reason="One vote.", by=officer, at=AFTER)
    actions.award_winners(ballot=ballot, by=officer, at=AFTER)
    actions.promise_milestone(
        won=Won.objects.get(project__key="P1"), title="Dug", promised_on=NOW.date(), by=officer, at=AFTER
    )
    refused(sql, KEPT)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ballots_openedvote SET marks = '[]'",
        "DELETE FROM ballots_openedvote",
        "TRUNCATE ballots_openedvote",
        "UPDATE ballots_leaf SET commitment = 'x'",
        "DELETE FROM ballots_leaf",
        "UPDATE ballots_log SET size = 2",
        "DELETE FROM ballots_log",
        "UPDATE ballots_count SET winners = '[]'",
        "DELETE FROM ballots_count",
        "INSERT INTO ballots_departure (project_id, funded, reason, signed_name, signed_role, signed_by_id, signed_at,"
        " confirmed_name, confirmed_role)"
        " SELECT id, true, 'x', 'x', 'officer', 1, now(), '', '' FROM ballots_project WHERE key = 'P2'",
    ],
)
def test_what_came_out_is_kept(ballot, sql):
    officer = an_officer()
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    actions.count_ballot(ballot=ballot, by=officer, at=AFTER)
    actions.publish_count(ballot=ballot, level=Level.TOTALS, reason="One vote.", by=officer, at=AFTER)
    refused(sql, KEPT)


def test_nothing_is_counted_before_it_is_closed(ballot):
    refused(
        'INSERT INTO ballots_count (pot_id, file, result, rule, seed, votes, blank, "unique", winners,'
        " input_sha256, output_sha256, counted_at)"
        " SELECT id, '', '', '', '', 0, 0, 0, '[]', '', '', now() FROM ballots_pot",
        "ballot_not_closed",
    )


def test_papers_of_a_reconciled_batch_are_kept():
    batch, officers = an_entered_paper()
    actions.reconcile_batch(batch=batch, by=officers[0], at=AFTER)
    refused("UPDATE ballots_paper SET reason = 'blank'", KEPT)
    refused("DELETE FROM ballots_paper", KEPT)
    refused("UPDATE ballots_paperbatch SET admitted = 2", KEPT)


def test_a_closed_ballot_is_not_opened_again(ballot):
    actions.close_ballot(ballot=ballot, by=an_officer(), at=AFTER)
    refused("UPDATE ballots_ballot SET closed_at = NULL", FROZEN)
