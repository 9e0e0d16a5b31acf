from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from budgets.ballots.enums import Kind, Phase, Proof
from budgets.ballots.rules.checklist import BallotFacts, PotFacts, ProjectFacts, checklist
from budgets.ballots.rules.counting import CHOICES, reads, rule_line
from budgets.ballots.rules.phases import Course, phase, takes_votes
from budgets.count import parse

NOW = datetime(2026, 6, 1, tzinfo=UTC)
WHOLE = BallotFacts(
    kind=Kind.APPROVAL,
    rule=rule_line("shares", Kind.APPROVAL),
    most=None,
    points=None,
    opens_at=NOW + timedelta(days=1),
    closes_at=NOW + timedelta(days=2),
    proofs=[Proof.ROLL],
    on_paper=False,
    pots=(PotFacts("all", "All", 1_000_00, 2_000_00),),
    projects=tuple(
        ProjectFacts(key, key, "all", 500_00, "", described=True, assessed=True, has_organisation=True)
        for key in ("P1", "P2")
    ),
    electors=100,
    codes=0,
    known_proofs=list(Proof),
)


def musts(**changes):
    return [item.sentence for item in checklist(replace(WHOLE, **changes), at=NOW) if item.must]


def test_nothing_is_missing():
    assert checklist(replace(WHOLE, proofs=[Proof.CODE], codes=100), at=NOW) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"opens_at": None}, "Say when voting starts and when it ends."),
        ({"closes_at": NOW}, "Voting would have ended already. Choose a later day."),
        ({"kind": Kind.PICK}, "Say how many projects people can choose."),
        ({"rule": ""}, "Choose how the ballots are counted."),
        ({"rule": "greedy"}, "The count must say that ties are drawn by lot at the end."),
        (
            {"rule": rule_line("shares", Kind.RANKING)},
            "This count looks at something that this kind of ballot does not have. Choose another.",
        ),
        (
            {"rule": "greedy(ties=[lot:aa], threshold=votes>=1)"},
            "The rule must say “lot” alone: the lot is drawn by the seed that opening seals, by no other.",
        ),
        (
            {"rule": "greedy(ties=[lot])"},
            "The rule must ask for a vote at least, or what nobody wants is funded: threshold=votes>=1.",
        ),
        ({"proofs": []}, "Say how people show that they may vote. Until then nobody may."),
        ({"electors": 0}, "Load the electoral roll: it is empty."),
        (
            {"proofs": [Proof.ACCOUNT], "on_paper": True},
            "Voting on paper needs the electoral roll or codes, to tell who has voted.",
        ),
        (
            {"proofs": [Proof.ROLL, Proof.EMAIL], "on_paper": True},
            "These ways do not know of each other: the same person could vote once in each."
            " Only the electoral roll and codes made from it go together.",
        ),
        ({"pots": ()}, "Say how much money there is: add a pot."),
        (
            {"pots": (PotFacts("all", "All", 1_000_00, 999_00),)},
            "“All” is £1,000, but its budget has only £999 left.",
        ),
        (
            {"pots": tuple(PotFacts(key, key, 600_00, 1_000_00, budget="7") for key in ("all", "elm"))},
            "“all”, “elm” are £1,200 together, but their budget has only £1,000 left.",
        ),
        (
            {"pots": (PotFacts("all", "All", 600_00, 1_000_00, held=500_00),)},
            "“All” is £600, but its budget has only £1,000 left. Of this, £500 is for other ballots that are open.",
        ),
        (
            {"pots": (PotFacts("all", "All", 1, 2, refused="Groups apply for it."),)},
            "“All” cannot be paid from its budget. Groups apply for it.",
        ),
        ({"projects": WHOLE.projects[:1]}, "“All” needs two projects to choose from."),
    ],
)
def test_what_is_missing_is_said(changes, sentence):
    assert sentence in musts(**changes)


def test_without_paper_a_council_may_take_ways_that_do_not_know_of_each_other_and_is_told():
    (item,) = [
        item
        for item in checklist(replace(WHOLE, proofs=[Proof.EMAIL, Proof.PHONE]), at=NOW)
        if "do not know of each other" in item.sentence
    ]
    assert not item.must
    assert musts(proofs=[Proof.ROLL, Proof.CODE], codes=100, on_paper=True) == []


def test_what_could_never_be_funded_or_chosen_between():
    dear = replace(WHOLE.projects[0], cost=1_000_01, exclusive="square", described=False)
    assert musts(projects=(dear, WHOLE.projects[1])) == [
        "“P1” costs £1,000.01, more than all of “All”. It could never be funded.",
        "“P1” has no description.",
        "“square” is a choice between one project. Give it another, or take it off.",
    ]


def test_a_project_that_costs_nothing_or_that_nobody_carries_out_stands_in_the_way():
    free = replace(WHOLE.projects[0], cost=0, has_organisation=False)
    assert musts(projects=(free, WHOLE.projects[1])) == [
        "“P1” costs nothing. A vote shares out money: give it its cost, or take it off.",
        "“P1” does not say who carries it out. If it wins, nobody can be promised its money.",
    ]
    # A pot that no budget pays for makes no awards.
    unpaid = replace(
        WHOLE,
        pots=(replace(WHOLE.pots[0], remaining=None),),
        projects=(replace(free, cost=1), WHOLE.projects[1]),
    )
    assert not any(item.must for item in checklist(unpaid, at=NOW))


@pytest.mark.parametrize(
    ("proofs", "words"),
    [
        ([Proof.ROLL, Proof.ACCOUNT], "do not know of each other"),
        ([Proof.EMAIL], "is not a person"),
        ([Proof.ACCOUNT], "is not a person"),
        ([Proof.ROLL], "Whoever has the electoral register"),
    ],
)
def test_what_ways_to_vote_leave_open_is_pointed_out(proofs, words):
    said = checklist(replace(WHOLE, proofs=proofs), at=NOW)
    assert not any(item.must for item in said)
    assert any(words in item.sentence for item in said)


def test_the_roll_and_codes_go_together():
    said = checklist(replace(WHOLE, proofs=[Proof.ROLL, Proof.CODE], codes=1), at=NOW)
    assert not any("do not know of each other" in item.sentence for item in said)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("choice", CHOICES)
def test_every_rule_staff_choose_reads_the_kind_it_is_for(choice, kind):
    line = rule_line(choice, kind, threshold=50)
    rule = parse(line)
    assert reads(rule, kind)
    assert "lot" in rule.ties
    assert rule.threshold == 50
    assert str(rule) == line


def test_what_nobody_voted_for_is_never_funded():
    assert parse(rule_line("most-votes", Kind.APPROVAL)).threshold == 1
    assert parse(rule_line("most-votes", Kind.APPROVAL, threshold=0)).threshold == 1


def test_the_clock_opens_and_ends_voting():
    course = Course(opened=True, opens_at=NOW, closes_at=NOW + timedelta(hours=1))
    before, last, end = NOW - timedelta(seconds=1), NOW + timedelta(seconds=3599), NOW + timedelta(hours=1)
    assert [phase(course, at) for at in (before, NOW, last, end)] == [
        Phase.ANNOUNCED,
        Phase.VOTING,
        Phase.VOTING,
        Phase.ENDED,
    ]
    assert takes_votes(course, last)
    assert not takes_votes(course, end)
    assert not takes_votes(replace(course, closed=True), NOW)
    assert phase(replace(course, opened=False), NOW) == Phase.DRAFT
