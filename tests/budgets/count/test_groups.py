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


def test_what_those_who_chose_something_for_a_place_paid_there_and_elsewhere() -> None:
    counted = count(the_election(), parse("mes(completion=votes)"))
    assert counted.winners == ("c", "b", "a", "e")
    east, north, south = by_place(the_election(), counted)
    assert (north.projects, north.got, north.leftover) == (("c", "a"), 600, 400)
    assert (east.projects, east.got, east.leftover, east.payers) == (("e",), 60, 60, None)
    # c is paid for by all 58 alike, b by all 55; 25 chose both.
    assert north.payers == Payers(68, Fraction(680), Fraction(200), Fraction(300 * 25, 55))
    assert south.payers == Payers(55, Fraction(550), Fraction(300), Fraction(200 * 25, 58))
    assert south.payers.kept == 250 - Fraction(200 * 25, 58)


def test_numbers_of_a_few_are_hidden_and_of_all_but_a_few() -> None:
    instance = Instance.of(
        budget=600,
        projects=[Project("a", 400, place="north"), Project("b", 100, place="south")],
        ballots=[Ballot(("a",))] * 40 + [Ballot(("b",))] * 19,
    )
    counted = count(instance, parse("mes(step=1)"))
    assert [place.payers for place in by_place(instance, counted)] == [None, None]
    told = by_place(instance, counted, least=19)
    assert [place.payers.ballots for place in told if place.payers] == [40, 19]


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
