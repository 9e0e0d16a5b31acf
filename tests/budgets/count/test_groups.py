"""What neighbourhoods got and whose shares paid: sums that add up, never numbers of a few; and rules side by side."""

import json
from fractions import Fraction

from budgets.count import (
    Ballot,
    Instance,
    Payers,
    Project,
    by_place,
    compare,
    count,
    document,
    parse,
    read,
    write,
)

NORTH = [Ballot(("a", "c"))] * 30 + [Ballot(("a",))] * 10
SOUTH = [Ballot(("b",))] * 30
BOTH = [Ballot(("b", "c"))] * 25 + [Ballot(("c", "e"))] * 3
PLACES = {"a": "north", "c": "north", "b": "south", "d": "", "e": "east"}
COSTS = {"a": 400, "c": 200, "b": 300, "d": 50, "e": 60}


def the_election() -> Instance:
    projects = [Project(id, cost, place=PLACES[id]) for id, cost in COSTS.items()]
    return Instance.of(budget=980, projects=projects, ballots=[*NORTH, *SOUTH, *BOTH])


def test_what_a_neighbourhood_got_is_what_ballots_paid_and_what_was_left_over() -> None:
    counted = count(the_election(), parse("mes(completion=votes)"))
    assert counted.winners == ("c", "b", "a", "e")
    east, north, south = by_place(the_election(), counted)
    assert north.own is not None
    assert north.others is not None
    assert (north.projects, north.got, north.leftover) == (("c", "a"), 600, 400)
    assert (north.own.ballots, north.others.ballots) == (30, 28)
    assert (north.own.paid, north.others.paid) == (Fraction(200 * 30, 58), Fraction(200 * 28, 58))
    assert (east.got, east.leftover, east.own, east.others) == (
        60,
        60,
        Payers(0, Fraction(0)),
        Payers(0, Fraction(0)),
    )
    assert south.own is not None
    assert (south.own.ballots, south.own.paid) == (30, Fraction(300 * 30, 55))


def test_numbers_of_a_few_are_hidden_with_what_they_could_be_worked_out_from() -> None:
    few = Instance.of(
        budget=600,
        projects=[Project("a", 400, place="north"), Project("b", 100, place="south")],
        ballots=[Ballot(("a",))] * 40 + [Ballot(("a", "b"))] * 19,
    )
    north, south = by_place(few, count(few, parse("mes(step=1)")))
    assert (north.got, north.own, north.others) == (400, None, None)
    assert (south.got, south.own, south.others) == (100, None, None)


def test_the_result_tells_the_same_from_the_site_and_from_the_file() -> None:
    """In a greedy count nobody pays, so it tells nothing of places."""
    for line, told in (("mes(step=1)", True), ("greedy", False)):
        counted = count(the_election(), parse(line))
        found = json.loads(document(the_election(), counted))
        assert bool(found.get("places")) == told
        again = read(write(the_election()))
        assert document(again, count(again, parse(line))) == document(the_election(), counted)


def test_rules_side_by_side() -> None:
    instance = the_election()
    found = compare(instance, [parse("greedy"), parse("greedy(score=votes, threshold=votes>=35)")])
    assert found.agreed == ("c", "b", "a")
    assert found.disputed == ("e",)
    assert [side.left for side in found.sides] == [20, 80]
    assert [side.reached for side in found.sides] == [98, 98]
    assert found.sides[1].on_average == Fraction(30 * 2 + 10 + 30 + 25 * 2 + 3, 98)
