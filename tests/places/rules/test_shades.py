"""Shades: nothing is 0, the most is 5, and more is never lighter than less."""

from hypothesis import given
from hypothesis import strategies as st

from engage.places.rules.shades import shades


@given(st.dictionaries(st.integers(), st.integers(0, 10**12), max_size=40))
def test_more_is_never_lighter(amounts: dict[int, int]):
    shade = shades(amounts)
    for key, amount in amounts.items():
        assert (shade[key] == 0) == (amount == 0)
        assert all(shade[key] <= shade[other] for other, more in amounts.items() if more >= amount)
    if any(amounts.values()):
        assert max(shade.values()) == 5


def test_steps_are_equal():
    assert shades({"a": 100, "b": 60, "c": 20, "d": 21, "e": 0}) == {"a": 5, "b": 3, "c": 1, "d": 2, "e": 0}
