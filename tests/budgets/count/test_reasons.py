"""Every fate in plain words, and what decides a tie."""

import pytest

from budgets.count import Ballot, Instance, Project, UnknownRule, count, drawn, parse, reason, sealed

ALIKE = [Project("a", 3000), Project("b", 3000), Project("c", 4000)]


def said(
    rule: str, *, budget: int = 5000, projects=ALIKE, ballots=("ab", "ab", "c", "b", "a")
) -> dict[str, str]:
    instance = Instance.of(
        budget=budget, projects=projects, ballots=[Ballot(tuple(ballot)) for ballot in ballots]
    )
    counted = count(instance, parse(rule))
    return {
        turn.project: reason(counted.rule, turn).said(money=lambda part: f"£{float(part):,.0f}", project=str)
        for turn in counted.turns
    }


@pytest.mark.parametrize(
    ("rule", "project", "words"),
    [
        ("greedy", "a", "Funded: £5,000 was left when its turn came."),
        ("greedy", "b", "Lost the tie with a, whose number comes first, as the rule says."),
        ("greedy", "c", "Skipped: it costs £2,000 more than the £2,000 that was left."),
        ("greedy-no-skip", "b", "Lost the tie with a, whose number comes first, as the rule says."),
        ("greedy-no-skip", "c", "Not reached: the count stopped at b, for which too little was left."),
        ("greedy(threshold=votes>=2)", "c", "Below the minimum support. Votes: 1. Needed: 2."),
        ("greedy(ties=[lot:00])", drawn("00", "ab")[1], "drawn by the published seed."),
        ("mes()", "a", "Funded at £1,000 for each supporter. Supporters who paid: 3."),
        ("mes(step=1, completion=votes)", "c", "that was left. Together its supporters had"),
        ("mes()", "b", "Lost the tie with a, whose number comes first, as the rule says."),
        ("mes()", "c", "Not funded. Together its supporters had £3,000 too little left of their shares."),
    ],
)
def test_the_reason_in_words(rule: str, project: str, words: str) -> None:
    assert words in said(rule)[project]


def test_alternatives_and_what_is_free_or_unwanted() -> None:
    projects = [
        Project("a", 10, exclusive="x"),
        Project("b", 10, exclusive="x"),
        Project("c", 0),
        Project("d", 5),
    ]
    words = said("mes()", projects=projects, budget=100, ballots=("ac", "ac", "b"))
    assert words["b"] == "Excluded: its alternative a was funded."
    assert words["c"] == "Funded: it costs nothing."
    assert words["d"] == "Not funded: no ballot gives it anything."


def test_a_lot_that_decides_must_be_drawn_first() -> None:
    with pytest.raises(UnknownRule, match="not drawn"):
        said("greedy(ties=[lot])")
    assert said("greedy(ties=[lot])", budget=99999, ballots=("ab", "a", "a", "b", "c"))
    with pytest.raises(UnknownRule, match="not a seed"):
        sealed(parse("greedy(ties=[lot])"), "heads")
