"""A whole election, from setting up to the awards."""

import pytest

from budgets.ballots import actions
from budgets.ballots.enums import Level, Phase
from budgets.ballots.models import Elector, OpenedVote, Receipt, SealedVote, Secrets
from budgets.ballots.queries import counts_of, inclusion, phase_of, rehearse, turnout, winners_of
from budgets.ballots.rules.merkle import is_included
from budgets.count import count, parse, read
from tests.budgets.ballots.factories import (
    AFTER,
    CLOSES,
    NOW,
    OPENS,
    VOTING,
    a_draft,
    a_ticket,
    an_officer,
    paper,
)

pytestmark = pytest.mark.django_db


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
