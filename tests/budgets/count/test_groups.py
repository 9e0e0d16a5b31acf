"""What groups of voters paid for and got: sums that add up, and never numbers of a few; and rules side by side."""

from fractions import Fraction

import pytest

from budgets.count import Ballot, Instance, Project, by_group, compare, count, parse

NORTH = [Ballot(("a", "c"))] * 30 + [Ballot(("a",))] * 10
SOUTH = [Ballot(("b", "c"))] * 25 + [Ballot(("b",))] * 5
WEST = [Ballot(("c",))] * 22 + [Ballot(("a", "b", "c"))] * 3
GROUPS = {"north": NORTH, "south": SOUTH, "west": WEST}


def the_election() -> Instance:
    projects = [Project("a", 400), Project("b", 300), Project("c", 200), Project("d", 50)]
    return Instance.of(budget=950, projects=projects, ballots=[*NORTH, *SOUTH, *WEST])


def test_what_all_groups_paid_is_what_the_projects_cost() -> None:
    counted = count(the_election(), parse("mes(step=1)"))
    groups = by_group(the_election(), counted, GROUPS, least=0)
    assert sum(group.paid or 0 for group in groups.values()) == counted.cost == 900
    for id in counted.winners:
        paid = sum((group.cells[id].paid for group in groups.values() if group.cells[id]), Fraction(0))
        assert paid == the_election().cost[id]
    north = groups["north"].cells["a"]
    assert groups["north"].voters == 40
    assert north is not None
    assert north.supporters == 40


def test_small_numbers_are_hidden_and_cannot_be_worked_out() -> None:
    counted = count(the_election(), parse("mes(step=1)"))
    groups = by_group(the_election(), counted, GROUPS)
    assert groups["west"].cells["a"] is None
    for id in counted.winners:
        hidden = [name for name in groups if groups[name].cells[id] is None]
        assert len(hidden) != 1


def test_a_small_group_takes_another_with_it() -> None:
    counted = count(the_election(), parse("mes(step=1)"))
    groups = by_group(the_election(), counted, {"few": WEST[:5], "south": SOUTH, "rest": [*NORTH, *WEST[5:]]})
    assert [groups[name].voters for name in ("few", "south", "rest")] == [None, None, 60]


def test_nobody_pays_in_a_greedy_count() -> None:
    counted = count(the_election(), parse("greedy"))
    groups = by_group(the_election(), counted, GROUPS, least=0)
    assert {group.paid for group in groups.values()} == {Fraction(0)}


def test_more_ballots_than_were_counted_are_refused() -> None:
    counted = count(the_election(), parse("mes()"))
    with pytest.raises(ValueError, match="more ballots"):
        by_group(the_election(), counted, {"north": NORTH, "again": NORTH})


def test_rules_side_by_side() -> None:
    instance = the_election()
    found = compare(instance, [parse("greedy"), parse("greedy(score=votes, threshold=votes>=35)")])
    assert found.agreed == ("c", "a")
    assert found.disputed == ("b", "d")
    assert [side.left for side in found.sides] == [0, 350]
    assert [side.reached for side in found.sides] == [95, 90]
    assert found.sides[1].on_average == Fraction(30 * 2 + 10 + 25 + 22 + 3 * 2, 95)
