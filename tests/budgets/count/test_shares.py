"""Equal shares: the quick engine against the plain one, and what always holds."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.count import Ballot, Instance, Project, VoteType, count, parse
from budgets.count.counting import tie_order, totals
from budgets.count.rule import UTILITIES
from budgets.count.shares import Shop
from tests.budgets.count.elections import an_instance, elections, plain_shares

STARTS = st.fractions(min_value=0, max_value=40, max_denominator=12)


def shop_of(instance: Instance, utility: str) -> Shop:
    reading, times_cost = UTILITIES[utility]
    return Shop(
        instance,
        reading,
        factor=(lambda id: instance.cost[id]) if times_cost else (lambda id: 1),
        ties=tie_order(instance, parse("mes(ties=[cost asc])")),
    )


@pytest.mark.parametrize("utility", ["cost", "votes"])
@given(instance=elections(groups=True), start=STARTS)
def test_approvals_buy_what_plain_fractions_buy(utility: str, instance: Instance, start: Fraction) -> None:
    def gives(ballot, id):
        return (id in ballot.choices) * (instance.cost[id] or 1 if utility == "cost" else 1)

    ties = tie_order(instance, parse("mes(ties=[cost asc])"))
    assert shop_of(instance, utility).run(start) == plain_shares(instance, start, gives, ties)


@given(instance=elections(VoteType.CUMULATIVE, groups=True), start=STARTS)
def test_points_buy_what_plain_fractions_buy(instance: Instance, start: Fraction) -> None:
    def gives(ballot, id):
        return dict(zip(ballot.choices, ballot.points, strict=True)).get(id, 0)

    ties = tie_order(instance, parse("mes(ties=[cost asc])"))
    assert shop_of(instance, "points").run(start) == plain_shares(instance, start, gives, ties)


@given(instance=elections(VoteType.ORDINAL), start=STARTS)
def test_rankings_buy_what_plain_fractions_buy(instance: Instance, start: Fraction) -> None:
    def gives(ballot, id):
        return len(ballot.choices) - ballot.choices.index(id) if id in ballot.choices else 0

    ties = tie_order(instance, parse("mes(ties=[cost asc])"))
    assert shop_of(instance, "position").run(start) == plain_shares(instance, start, gives, ties)


@given(
    instance=elections(),
    rule=st.sampled_from(
        [
            "mes()",
            "mes(step=1)",
            "mes(step=1, exhaustive_stop=yes)",
            "mes(completion=votes)",
            "mes(threshold=votes>=2)",
        ]
    ),
)
def test_no_count_spends_more_than_there_is_or_funds_anything_twice(instance: Instance, rule: str) -> None:
    counted = count(instance, parse(rule))
    assert counted.cost == sum(instance.cost[id] for id in counted.winners) <= instance.budget
    assert len(set(counted.winners)) == len(counted.winners)


@given(instance=elections())
def test_every_project_has_a_turn_that_says_why(instance: Instance) -> None:
    counted = count(instance, parse("mes(step=1, completion=votes, threshold=votes>=1)"))
    assert {turn.project for turn in counted.turns} == set(instance.cost)
    assert {turn.project for turn in counted.turns if turn.fate == "funded"} == set(counted.winners)


@given(instance=elections(), start=STARTS)
def test_rounds_take_exactly_the_cost_and_say_who_came_next(instance: Instance, start: Fraction) -> None:
    visit = shop_of(instance, "cost").visit(start, second=True)
    winners, rounds = visit.winners, visit.rounds()
    free = [id for id in winners if instance.cost[id] == 0]
    assert [each.project for each in rounds] == winners[len(free) :]
    for each in rounds:
        assert each.per_utility * instance.cost[each.project] == each.price
        assert each.runner_up_per_utility is None or each.runner_up_per_utility >= each.per_utility
        assert 0 <= each.emptied <= each.payers <= instance.votes[each.project]
    prices = [each.per_utility for each in rounds]
    assert prices == sorted(prices)


def test_a_purse_that_is_exactly_the_price_pays_and_is_then_empty() -> None:
    """Three voters with 2 each: a costs 6 and takes all of it, to the last part."""
    instance = an_instance({"a": 6, "b": 1}, ["ab", "ab", "a"], 6)
    visit = shop_of(instance, "cost").visit(Fraction(2), second=True)
    winners, rounds = visit.winners, visit.rounds()
    assert winners == ["a"]
    assert (rounds[0].price, rounds[0].emptied, rounds[0].runner_up) == (Fraction(2), 0, "b")


def test_thirds_that_floats_cannot_hold_decide_rightly() -> None:
    """After a third each for a, what is left for b is exactly its cost; a float sum is a hair less."""
    instance = an_instance({"a": 1, "b": 5}, ["ab", "ab", "ab"], 6)
    assert shop_of(instance, "cost").run(Fraction(2)) == ["a", "b"]


def test_raising_stops_before_the_first_overspend_and_counts_its_steps() -> None:
    instance = an_instance({"a": 6, "b": 6}, ["a", "a", "b"], 9)
    shares = count(instance, parse("mes(step=1)")).shares
    assert shares is not None
    assert (shares.winners, shares.start, shares.steps) == (("a",), Fraction(5), 2)


def test_of_an_exclusive_group_one_is_bought() -> None:
    instance = Instance.of(
        budget=10,
        projects=[Project("a", 2, exclusive="site"), Project("b", 2, exclusive="site"), Project("c", 2)],
        ballots=[Ballot(("a", "b", "c"))] * 3,
    )
    counted = count(instance, parse("mes()"))
    assert counted.winners == ("a", "c")
    fate = {turn.project: (turn.fate, turn.beaten_by, turn.decided_by) for turn in counted.turns}
    assert fate["b"] == ("excluded", "a", "id")


def test_points_are_added_up_by_hand() -> None:
    instance = Instance.of(
        budget=1,
        projects=[Project("a", 1), Project("b", 1)],
        ballots=[Ballot(("b", "a"), (1, 3)), Ballot(("a",), (2,))],
        vote_type=VoteType.CUMULATIVE,
    )
    assert totals(instance, "points") == {"a": 5, "b": 1}
