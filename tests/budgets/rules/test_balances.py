"""The table of effects: prose, code and worked example say the same; any journal keeps the sums."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.enums import EntryKind
from budgets.rules.balances import (
    EFFECTS,
    AwardBalance,
    Balance,
    add_up,
    add_up_award,
    may_allocate,
    may_transfer,
    per_head,
)
from engage.kit.money import parse_pounds

PAGE = Path(__file__).parents[3] / "docs" / "rules" / "money.md"
MOVES = st.lists(st.tuples(st.sampled_from(EntryKind.values), st.integers(-(10**9), 10**9)), max_size=40)


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading of docs/rules/money.md, without its head."""
    section = PAGE.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def signed(text: str) -> int:
    return {"+": 1, "−": -1, "": 0}[text]


def test_the_page_lists_what_every_kind_of_entry_does():
    rows = table("What each entry does")
    assert {row[0].strip("`") for row in rows} == set(EntryKind.values)
    for kind, _words, allocated, committed, spent, remaining in rows:
        effect = EFFECTS[kind.strip("`")]
        assert (signed(allocated), signed(committed), signed(spent)) == (
            effect.allocated,
            effect.committed,
            effect.spent,
        ), kind
        assert signed(remaining) == effect.allocated - effect.committed - effect.spent, kind


def test_the_worked_example_on_the_page_adds_up():
    balance = Balance()
    for _date, words, kind, amount, *after in table("A worked year"):
        sign = -1 if amount.startswith("−") else 1
        balance = balance.after(kind.strip("`"), sign * parse_pounds(amount.lstrip("−")))
        assert [parse_pounds(figure) for figure in after] == [
            balance.allocated,
            balance.committed,
            balance.spent,
            balance.remaining,
        ], words


@given(MOVES)
def test_allocated_is_always_committed_plus_spent_plus_remaining(moves):
    balance = add_up(moves)
    assert balance.allocated == balance.committed + balance.spent + balance.remaining


@given(MOVES)
def test_an_award_is_always_committed_plus_spent_plus_returned(moves):
    balance = add_up_award(moves)
    assert balance.awarded == balance.committed + balance.spent + balance.returned


@given(MOVES)
def test_the_order_of_entries_does_not_matter_to_the_sums(moves):
    assert add_up(moves) == add_up(reversed(moves))


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "Enter the amount"), (-1_500_00, "£300 more than is left (£1,200)")],
)
def test_an_allocation_may_not_take_back_more_than_is_free(amount, words):
    decision = may_allocate(Balance(allocated=2_000_00, committed=800_00), amount)
    assert not decision
    assert words in decision.reason


def test_an_allocation_may_add_or_take_back_what_is_free():
    budget = Balance(allocated=2_000_00, committed=800_00)
    assert may_allocate(budget, 1)
    assert may_allocate(budget, -1_200_00)


def test_a_transfer_needs_money_and_another_budget():
    budget = Balance(allocated=100_00)
    assert may_transfer(budget, 100_00, same_budget=False)
    assert "£0.01 more than is left (£100)" in may_transfer(budget, 100_01, same_budget=False).reason
    assert "different budgets" in may_transfer(budget, 1, same_budget=True).reason
    assert "above £0" in may_transfer(budget, 0, same_budget=False).reason


@given(pence=st.integers(0, 10**12), heads=st.integers(1, 10**7))
def test_pounds_per_elector_are_off_by_half_a_penny_at_most(pence, heads):
    assert abs(per_head(pence, heads) * heads - pence) * 2 <= heads


def test_sound_balances_are_those_the_database_accepts():
    assert Balance(10, 4, 6).sound
    assert not Balance(10, 5, 6).sound
    assert not Balance(10, -1, 6).sound
    assert AwardBalance(10, 4, 6).sound
    assert not AwardBalance(10, 5, 6).sound


def test_the_page_is_linked_to_its_code():
    assert re.search(r"budgets/rules/balances\.py", PAGE.read_text())
