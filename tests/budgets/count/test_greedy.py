"""Greedy counts, by hand."""

from dataclasses import replace

import pytest

from budgets.count import Ballot, Instance, Project, count, parse
from tests.budgets.count.elections import an_instance

THREE = {"a": 5, "b": 4, "c": 1}
VOTES = ["a", "a", "a", "ab", "b", "bc"]


@pytest.mark.parametrize(
    ("rule", "winners"),
    [
        ("greedy(score=votes)", ("a", "c")),
        ("greedy(score=votes, skip=no)", ("a",)),
        ("greedy(score=votes/cost)", ("c", "a")),
        ("greedy(score=votes, threshold=votes>=2)", ("a",)),
        ("greedy(score=votes, threshold=votes>=4)", ("a",)),
    ],
)
def test_what_is_funded(rule: str, winners: tuple[str, ...]) -> None:
    assert count(an_instance(THREE, VOTES, 6), parse(rule)).winners == winners


def test_the_reason_is_said_for_every_project() -> None:
    counted = count(an_instance(THREE, VOTES, 6), parse("greedy(score=votes, threshold=votes>=2)"))
    said = {turn.project: (turn.fate, turn.left) for turn in counted.turns}
    assert said == {"a": ("funded", 6), "b": ("too expensive", 1), "c": ("below threshold", 0)}


@pytest.mark.parametrize(
    ("ties", "first"),
    [("[id]", "a"), ("[cost asc]", "b"), ("[cost desc]", "a"), ("[votes desc, cost asc]", "b")],
)
def test_ties_are_broken_in_the_order_said(ties: str, first: str) -> None:
    counted = count(an_instance({"a": 3, "b": 2}, ["ab", "ab"], 3), parse(f"greedy(ties={ties})"))
    assert counted.winners == (first,)
    assert counted.turns[0].tied == tuple({"a", "b"} - {first})


def test_a_drawn_lot_decides_before_the_id() -> None:
    rule = replace(parse("greedy(ties=[lot])"), lot=("b", "a"))
    assert count(an_instance({"a": 2, "b": 2}, ["ab"], 2), rule).winners == ("b",)


def test_of_an_exclusive_group_the_first_is_funded() -> None:
    projects = [Project("a", 1, exclusive="site"), Project("b", 1, exclusive="site"), Project("c", 1)]
    ballots = [Ballot(("b",)), Ballot(("b", "a")), Ballot(("c",))]
    counted = count(Instance.of(budget=3, projects=projects, ballots=ballots), parse("greedy"))
    assert counted.winners == ("b", "c")
    assert {turn.project: turn.beaten_by for turn in counted.turns}["a"] == "b"


def test_without_a_ballot_nothing_breaks() -> None:
    empty = an_instance({"a": 1, "b": 0}, [], 5)
    assert count(empty, parse("greedy")).winners == ("a", "b")
    assert count(empty, parse("mes(step=1)")).winners == ()
