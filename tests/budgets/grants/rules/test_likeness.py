"""Two names that may be one group's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.grants.rules.likeness import name_key
from tests.budgets.grants.rules.test_checks import table

WORDS = st.lists(st.sampled_from(["friends", "green", "lock", "street", "rowing", "harstow"]), min_size=1)


@pytest.mark.parametrize(("one", "other", "alike"), table("One group under two names"))
def test_names(one, other, alike) -> None:
    assert (name_key(one) == name_key(other)) == (alike == "yes")


@given(st.permutations(["friends", "green", "weir"]), st.sampled_from(["", "the ", "The  "]), st.booleans())
def test_order_and_small_words_hide_nothing(words, article, loud) -> None:
    said = article + " of ".join(words) + " group"
    assert name_key(said.upper() if loud else said) == name_key("Friends of Green and Weir")


@given(WORDS, WORDS)
def test_other_words_are_another_name(one, other) -> None:
    assert (name_key(" ".join(one)) == name_key(" ".join(other))) == (set(one) == set(other))
