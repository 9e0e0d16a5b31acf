"""A whole election, from setting up to the awards."""

import json

import pytest

from budgets.ballots import actions
from budgets.ballots.enums import Kind, Level, Phase
from budgets.ballots.models import Elector, OpenedVote, Receipt, SealedVote, Secrets
from budgets.ballots.queries import counts_of, inclusion, phase_of, rehearse, turnout, winners_of
from budgets.ballots.rules.merkle import is_included
from budgets.count import count, document, mixed, parse, read, rule_of
from engage.kit.decisions import Refused
from tests.budgets.ballots.factories import (
    AFTER,
    CLOSES,
    NOW,
    OPENS,
    VOTING,
    a_draft,
    a_ticket,
    an_officer,
    an_open_ballot,
    paper,
)
from tests.budgets.count.test_checker import errors_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_an_election_from_setting_up_to_the_awards():
    officer = an_officer()
    ballot = a_draft(by=officer)
    assert phase_of(ballot, NOW) == Phase.DRAFT
    assert set(rehearse(ballot)[0].others) == {"shares", "most-votes", "most-votes-stop", "value"}

    actions.open_ballot(ballot=ballot, by=officer, at=NOW)
    assert [phase_of(ballot, at) for at in (NOW, OPENS, CLOSES)] == [
        Phase.ANNOUNCED,
        Phase.VOTING,
        Phase.ENDED,
    ]

    receipts = []
    for number, keys in enumerate([("P1", "P3"), ("P1",), ("P3",), ("P2",)]):
        cast = actions.cast_ballot(
            ballot=ballot, ticket=a_ticket(ballot, number), document=paper(*keys), at=VOTING
        )
        receipts.append(cast.receipt)
    assert turnout(ballot).voters == 4

    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    for gone in (SealedVote, Receipt, Elector):
        assert not gone.objects.filter(ballot=ballot).exists()
    assert Secrets.objects.get(ballot=ballot).secret == ""
    assert OpenedVote.objects.filter(ballot=ballot).count() == 4
    for receipt in receipts:
        found = inclusion(ballot, receipt)
        assert found is not None
        proof = [bytes.fromhex(each) for each in found.proof]
        entry, head = bytes.fromhex(found.commitment), bytes.fromhex(found.root)
        assert is_included(entry, found.number, found.size, proof, head)
    assert inclusion(ballot, "0000-0000-0000-0000-0000") is None

    actions.count_ballot(ballot=ballot, by=officer, at=AFTER)
    counted = counts_of(ballot)["pot-0"]
    assert counted.winners == ["P3", "P1"]
    again = count(read(counted.file), parse(counted.rule))
    assert list(again.winners) == counted.winners

    actions.publish_count(ballot=ballot, level=Level.ALL, reason="Few are unique.", by=officer, at=AFTER)
    awards = actions.award_winners(ballot=ballot, by=officer, at=AFTER)
    assert [award.awarded_pence for award in awards] == [400_00, 600_00]
    assert [project.key for project in winners_of(counted.pot)] == ["P3", "P1"]
    assert actions.award_winners(ballot=ballot, by=officer, at=AFTER) == []


def test_a_public_value_after_voting_makes_the_seed_that_nobody_could_know():
    officer = an_officer()
    ballot = an_open_ballot(by=officer, electors=1, seed_source="Lotto; draw #1: 12 June")
    actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot), document=paper("P1"), at=VOTING)
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    for value, why in (("", "Enter the public value .* Lotto; draw"), ("3 é", "letters from A to Z")):
        with pytest.raises(Refused, match=why):
            actions.count_ballot(ballot=ballot, public_value=value, by=officer, at=AFTER)
    (counted,) = actions.count_ballot(ballot=ballot, public_value=" 3  14 15", by=officer, at=AFTER)
    sealed = Secrets.objects.get(ballot=ballot).seed
    assert counted.seed == mixed(sealed, "3 14 15") != sealed
    again = read(counted.file)
    assert document(again, count(again, rule_of(again))).decode() == counted.result
    assert json.loads(counted.result)["seed"]["tie_seed_value"] == "3 14 15"


def test_a_ballot_that_names_no_public_value_takes_none_at_the_count():
    officer = an_officer()
    ballot = an_open_ballot(by=officer, electors=1)
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    with pytest.raises(Refused, match="names no public value"):
        actions.count_ballot(ballot=ballot, public_value="3 14 15", by=officer, at=AFTER)


@pytest.mark.parametrize(
    ("kind", "limits", "chosen"),
    [
        (Kind.APPROVAL, {}, ["P1", "P2"]),
        (Kind.PICK, {"most": 2}, ["P3", "P2"]),
        (Kind.KNAPSACK, {}, ["P1", "P3"]),
        (Kind.POINTS, {"points": 10, "points_most": 6}, {"P1": 6, "P3": 2}),
        (Kind.RANKING, {"most": 3}, ["P2", "P1"]),
    ],
)
def test_the_format_s_own_checker_finds_no_error_in_what_a_ballot_publishes(kind, limits, chosen):
    officer = an_officer()
    ballot = an_open_ballot(
        by=officer, kind=kind, electors=2, choice="shares", seed_source="UK Lotto", **limits
    )
    for number, choices in enumerate((chosen, ["P2"] if isinstance(chosen, list) else {"P2": 1})):
        marks = {"pots": {"pot-0": choices}}
        actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot, number), document=marks, at=VOTING)
    actions.close_ballot(ballot=ballot, by=officer, at=AFTER)
    (counted,) = actions.count_ballot(ballot=ballot, public_value="3 14 15", by=officer, at=AFTER)
    assert errors_in(counted.file) == {}
