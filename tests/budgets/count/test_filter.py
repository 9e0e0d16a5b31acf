"""Floats that look first against fractions that decide, where they are hardest to tell apart.

Purses and prices are made to meet: costs that are exactly what supporters have, thirds and sevenths, many voters with
one history. Whatever the floats leave open must be settled, and nothing they settle may be wrong.
"""

from fractions import Fraction
from random import Random
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.count import Ballot, Instance, Project, VoteType, count, document, parse, purses, stalls
from budgets.count.counting import shop_of, tie_order
from budgets.count.purses import Bid
from tests.budgets.count.elections import plain_shares

pytestmark = pytest.mark.slow


@st.composite
def close_elections(draw: st.DrawFn) -> tuple[Instance, Fraction]:
    """Groups of voters and projects that cost what a group has, or a hair more or less."""
    share = Fraction(draw(st.integers(1, 10**6)), draw(st.sampled_from([1, 3, 7, 11, 999983])))
    ids = "abcdef"[: draw(st.integers(2, 6))]
    sizes = draw(st.lists(st.integers(1, 40), min_size=1, max_size=6))
    chosen = [draw(st.lists(st.sampled_from(ids), unique=True, min_size=1)) for _ in sizes]
    points = [[draw(st.integers(1, 5)) for _ in ballot] for ballot in chosen]
    behind = {id: sum(size for size, ballot in zip(sizes, chosen, strict=True) if id in ballot) for id in ids}
    part = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(5, 7)])
    costs = {
        id: max(1, int(share * behind[id] * draw(part)) + draw(st.sampled_from([-1, 0, 0, 1]))) for id in ids
    }
    instance = Instance.of(
        budget=int(share * sum(sizes)),
        projects=[Project(id, cost) for id, cost in costs.items()],
        ballots=[
            Ballot(tuple(ballot), tuple(given))
            for size, ballot, given in zip(sizes, chosen, points, strict=True)
            for _ in range(size)
        ],
        vote_type=VoteType.CUMULATIVE,
    )
    return instance, share


def plainly(instance: Instance, start: Fraction, line: str) -> list[str]:
    def gives(ballot, id):
        points = dict(zip(ballot.choices, ballot.points, strict=True)).get(id, 0)
        return {"mes(utility=points)": points, "mes(utility=votes)": bool(points)}[line]

    return plain_shares(instance, start, gives, tie_order(instance, parse(line)))


@pytest.mark.parametrize(
    ("line", "blurred", "crowded"),
    [
        ("mes(utility=points)", 1e-5, 16),
        ("mes(utility=points)", 0.0, 16),
        ("mes(utility=votes)", 1e-5, 16),
        ("mes(utility=votes)", 1e-5, 0),
        ("mes(utility=votes)", 0.0, 0),
    ],
)
def test_what_is_nearly_level_is_told_apart_exactly(line: str, blurred: float, crowded: int) -> None:
    """Also when purses are filled anew after every round, and when ballots are looked at in crowds throughout."""

    @given(made=close_elections())
    def same(made: tuple[Instance, Fraction]) -> None:
        instance, start = made
        with mock.patch.object(purses, "BLURRED", blurred), mock.patch.object(stalls, "CROWDED", crowded):
            assert shop_of(instance, parse(line)).run(start) == plainly(instance, start, line)

    same()


@given(made=close_elections())
def test_every_price_lies_within_its_bound_and_every_purse_too(made: tuple[Instance, Fraction]) -> None:
    instance, start = made
    visit = shop_of(instance, parse("mes(utility=points)")).visit(start)
    before = [(bid.price, bid.error) for bid in visit.purses.bought]
    for (price, error), exact in zip(before, visit.purses.settled_prices(), strict=True):
        assert abs(Fraction(price) - exact) <= Fraction(error)
    living = [n for n in range(len(instance.ballots)) if visit.purses.emptied[n] == purses.NEVER]
    paid = {bid.candidate.id: bid.exact for bid in visit.purses.bought}
    for n in living:
        ballot = instance.ballots[n][0]
        points = dict(zip(ballot.choices, ballot.points, strict=True))
        left = start - sum(price * points.get(id, 0) for id, price in paid.items())
        assert left >= 0
        assert abs(Fraction(float(visit.purses.left[n])) - left) <= Fraction(visit.purses.error)


@given(made=close_elections(), other=st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2)]))
def test_a_bound_from_below_is_never_above_the_price(
    made: tuple[Instance, Fraction], other: Fraction
) -> None:
    """Whatever the ceiling, and whoever was poor in another run: what is passed over costs at least what was said."""
    instance, start = made
    shop = shop_of(instance, parse("mes(utility=points)"))
    shop.run(start * other)
    asked, plain = (
        purses.Purses(start, shop.weights, shop.candidates, shop.choices, None, guesses)
        for guesses in (shop.guesses, {})
    )
    for candidate in shop.candidates:
        lowest = asked.bid(candidate.number, 0.0)
        bid = plain.bid(candidate.number, float("inf"))
        if isinstance(bid, Bid):
            plain.settle(bid)
            assert isinstance(lowest, Bid) or Fraction(lowest) <= bid.per_utility


def test_filling_purses_anew_changes_nothing_that_can_be_seen() -> None:
    ballots = [Ballot(tuple(c for c in "abcde" if (n * 7 + ord(c)) % 3)) for n in range(50)]
    projects = [Project(id, 70 + 13 * n) for n, id in enumerate("abcde")]
    instance = Instance.of(budget=300, projects=projects, ballots=ballots)
    usual = count(instance, parse("mes(step=1)"))
    with mock.patch.object(purses, "BLURRED", 0.0):
        assert count(instance, parse("mes(step=1)")) == usual


@pytest.mark.parametrize("line", ["mes(step=1)", "mes(utility=votes, step=1)"])
def test_crowds_change_nothing_that_can_be_seen(line: str) -> None:
    """Left early, late or never, the whole result is the same."""
    chance = Random(7)
    ids = "abcdefghij"
    projects = [Project(id, 100 + 37 * n, exclusive="x" if n > 7 else "") for n, id in enumerate(ids)]
    ballots = [Ballot(tuple(sorted(chance.sample(ids, chance.randint(1, 5))))) for _ in range(200)]
    instance = Instance.of(budget=900, projects=projects, ballots=ballots)
    found = []
    for crowded in (10**6, 16, 3, 0):
        with mock.patch.object(stalls, "CROWDED", crowded), mock.patch.object(stalls, "KEPT", 50 * crowded):
            found.append(document(instance, count(instance, parse(line))))
    assert len(set(found)) == 1
