"""Whether a paper is valid: the sentences for each kind, and properties over every kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.ballots.enums import Kind
from budgets.ballots.rules.sheet import (
    Option,
    PotOnSheet,
    Sheet,
    document_of,
    problems,
    read,
    used,
    why_not,
)
from engage.kit.decisions import Refused

OPTIONS = (
    Option("P1", "Benches", 600_00),
    Option("P2", "Lights", 500_00, exclusive="square"),
    Option("P3", "Trees", 400_00, exclusive="square"),
    Option("P4", "Bins", 0),
)


def a_sheet(kind: Kind = Kind.APPROVAL, **limits: int) -> Sheet:
    pots = (
        PotOnSheet("all", "The whole council", 1_000_00, frozenset({1, 2, 3, 7}), OPTIONS),
        PotOnSheet("elm", "Elm Hill", 300_00, frozenset({2, 7}), (Option("E1", "Swings", 300_00),)),
    )
    return Sheet(kind, pots, **limits)


def sentences(sheet: Sheet, **pots: object) -> list[str]:
    return [each.sentence for each in problems(sheet, read({"pots": pots}))]


def test_nothing_chosen_is_not_a_vote_but_a_pot_may_be_left_blank():
    assert sentences(a_sheet(), all=[]) == ["You have not chosen anything. Choose at least one project."]
    assert sentences(a_sheet(), all=["P1"], elm=[]) == []


def test_what_is_not_on_the_paper():
    assert sentences(a_sheet(), all=["P9"]) == ["Project P9 is not on your ballot paper."]
    assert sentences(a_sheet(), all=["E1"]) == ["Project E1 is not on your ballot paper."]
    assert sentences(a_sheet(), oak=["P1"]) == [
        "This part is not on your ballot paper. Go back to the ballot and vote again."
    ]


def test_a_voter_has_the_pots_of_the_places_they_live_in():
    assert [pot.key for pot in a_sheet().for_place(7).pots] == ["all", "elm"]
    assert [pot.key for pot in a_sheet().for_place(3).pots] == ["all"]
    assert [pot.key for pot in a_sheet().for_place(22).pots] == []


@pytest.mark.parametrize("kind", [Kind.APPROVAL, Kind.PICK, Kind.KNAPSACK, Kind.RANKING])
def test_no_project_twice(kind):
    assert sentences(a_sheet(kind, most=3), all=["P4", "P4"]) == [
        "Project P4 is chosen twice. Choose it once."
    ]


def test_at_most_so_many():
    assert sentences(a_sheet(Kind.PICK, most=2), all=["P1", "P2"]) == []
    assert sentences(a_sheet(Kind.PICK, most=2), all=["P1", "P2", "P4"]) == [
        "You can choose 2 projects from “The whole council”. Take one off to choose another."
    ]
    assert sentences(a_sheet(Kind.RANKING, most=1), all=["P2", "P1"]) == [
        "You can choose 1 project from “The whole council”. Take one off to choose another."
    ]


def test_a_knapsack_holds_the_money_there_is():
    sheet = a_sheet(Kind.KNAPSACK)
    assert sentences(sheet, all=["P1", "P3"]) == []
    assert sentences(sheet, all=["P1", "P2"]) == [
        "This is £100 more than the £1,000 there is for “The whole council”. Take something off first."
    ]
    assert sentences(sheet, all=["P2", "P3"]) == [
        "Only one of “Lights” and “Trees” can be built. Choose one of them."
    ]


def test_alternatives_may_both_be_approved():
    assert sentences(a_sheet(), all=["P2", "P3"]) == []


def test_points_have_limits():
    sheet = a_sheet(Kind.POINTS, points=10, points_most=6)
    assert sentences(sheet, all={"P1": 6, "P2": 4}) == []
    assert sentences(sheet, all={"P1": 6, "P2": 5}) == [
        "You have 10 points for “The whole council” and gave 11. Take some back."
    ]
    assert sentences(sheet, all={"P1": 7}) == ["One project can have 6 points at most."]


def test_why_a_project_cannot_be_added():
    sheet = a_sheet(Kind.KNAPSACK)
    marks = read({"pots": {"all": ["P1"]}})
    assert why_not(sheet, marks, "P3") == ""
    assert why_not(sheet, marks, "P1") == ""
    assert why_not(sheet, marks, "P2").startswith("This is £100 more than")
    points = a_sheet(Kind.POINTS, points=3, points_most=2)
    assert why_not(points, read({"pots": {"all": {"P1": 2}}}), "P1") == (
        "One project can have 2 points at most."
    )


def test_the_running_total():
    pot = a_sheet().pots[0]
    marks = read({"pots": {"all": ["P1", "P4"]}})
    assert used(a_sheet(Kind.KNAPSACK), pot, marks).left == 400_00
    assert used(a_sheet(Kind.PICK, most=3), pot, marks).left == 1
    assert used(a_sheet(), pot, marks).left is None


@pytest.mark.parametrize(
    "raw",
    [None, [], "P1", {}, {"pots": []}, {"pots": {"all": "P1"}}, {"pots": {"all": [1]}}]
    + [{"pots": {"all": {"P1": bad}}} for bad in (-1, 1.5, True, "3", None)],
)
def test_another_shape_is_refused(raw):
    with pytest.raises(Refused):
        read(raw)


@st.composite
def papers(draw: st.DrawFn) -> tuple[Sheet, dict]:
    kind = draw(st.sampled_from(Kind))
    small = st.none() | st.integers(1, 4)
    sheet = a_sheet(kind, most=draw(small), points=draw(small), points_most=draw(small))
    keys = st.lists(st.sampled_from(["P1", "P2", "P3", "P4"]), max_size=5)
    chosen = draw(keys)
    marks = {key: draw(st.integers(0, 4)) for key in chosen} if kind == Kind.POINTS else chosen
    return sheet, {"pots": {"all": marks}}


@given(papers())
def test_what_is_valid_keeps_every_limit(found):
    sheet, raw = found
    marks = read(raw)
    if problems(sheet, marks):
        return
    total = used(sheet, sheet.pots[0], marks)
    assert total.limit is None or total.used <= total.limit
    assert marks["all"]
    assert len({key for key, _points in marks["all"]}) == len(marks["all"])
    assert read(document_of(sheet, marks)) == marks


@given(papers())
def test_what_may_be_added_is_valid_afterwards(found):
    sheet, raw = found
    marks = read(raw)
    if problems(sheet, marks):
        return
    for option in OPTIONS:
        more = dict(marks["all"])
        more[option.key] = more.get(option.key, 0) + 1 if sheet.kind == Kind.POINTS else 1
        fits = not problems(sheet, {"all": tuple(more.items())})
        assert (why_not(sheet, marks, option.key) == "") == fits


def test_of_two_projects_of_one_name_only_one_can_be_built():
    twins = (Option("P1", "Lights", 100, exclusive="square"), Option("P2", "Lights", 100, exclusive="square"))
    sheet = Sheet(Kind.KNAPSACK, (PotOnSheet("all", "All", 1_000, frozenset({1}), twins),))
    assert sentences(sheet, all=["P1", "P2"]) == [
        "Only one of “Lights” and “Lights” can be built. Choose one of them."
    ]


@pytest.mark.parametrize("kind", [Kind.APPROVAL, Kind.PICK, Kind.KNAPSACK, Kind.RANKING])
def test_numbers_that_a_ballot_does_not_ask_for_are_no_mark_to_know_it_by(kind):
    assert sentences(a_sheet(kind, most=3), all={"P1": 4}) == [
        "This is not a ballot paper. Go back to the ballot and vote again."
    ]
