from hypothesis import given
from hypothesis import strategies as st

from budgets.ballots.rules.small import without_small


def test_one_small_place_takes_the_smallest_other_with_it():
    assert without_small({"elm": 40, "oak": 25, "ash": 3}, 20) == ({"elm": 40}, 28)
    assert without_small({"elm": 40, "oak": 12, "ash": 9}, 20) == ({"elm": 40}, 21)
    assert without_small({"elm": 40, "oak": 25}, 20) == ({"elm": 40, "oak": 25}, 0)
    assert without_small({"elm": 3}, 20) == ({}, 3)


@given(st.dictionaries(st.integers(), st.integers(1, 60)))
def test_nothing_small_is_told_and_nothing_is_lost(numbers):
    shown, rest = without_small(numbers, 20)
    assert sum(shown.values()) + rest == sum(numbers.values())
    assert all(number >= 20 for number in shown.values())
    assert rest == 0 or rest >= 20 or not shown
