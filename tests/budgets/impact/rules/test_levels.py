"""How much is asked for, what is shipped, and how long groups waited: as docs/rules/impact.md says."""

import re
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.impact.enums import Level, Licence
from budgets.impact.imports import SHIPPED
from budgets.impact.rules.files import PROXY_COLUMNS, RATE_COLUMNS, read_proxies
from budgets.impact.rules.levels import From, level_for, level_told
from budgets.impact.rules.waiting import leverage, waits
from engage.kit.money import parse_pounds, pounds
from engage.kit.tables import read_text

PAGE = Path(__file__).parents[4] / "docs" / "rules" / "impact.md"
DAY = date(2026, 1, 1)


def tables(heading: str) -> list[list[list[str]]]:
    """The cells of each table under a heading, without its head."""
    section = PAGE.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(r"(?:^\|.*\n)+", section, re.MULTILINE)
    return [
        [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()[2:]]
        for block in blocks
    ]


def test_more_is_asked_from_the_amounts_on_the_page():
    rows = tables("How much we ask for")[0]
    assert [row[0] for row in rows] == [str(level.label) for level in Level]
    for level, (_name, amount, _tells) in zip(Level, rows, strict=True):
        assert level_for(parse_pounds(amount)) == level
        if level != Level.COUNTS:
            assert level_for(parse_pounds(amount) - 1) != level


def test_a_council_may_ask_from_other_amounts():
    assert level_for(500_00, From(before_and_after=400_00, value_map=500_00)) == Level.VALUE_MAP


def test_what_was_told_is_the_most_of_it():
    assert level_told(before_and_after=False, value_map=False) == Level.COUNTS
    assert level_told(before_and_after=True, value_map=False) == Level.BEFORE_AND_AFTER
    assert level_told(before_and_after=True, value_map=True) == Level.VALUE_MAP


def test_the_page_lists_the_values_that_are_shipped():
    shipped = read_proxies(read_text(SHIPPED / "proxies.csv"), today=date(2026, 12, 1))
    rows, columns = tables("The values that come with it")
    assert [
        [
            each.unit,
            pounds(each.pence),
            f"{pounds(each.low_pence)} to {pounds(each.high_pence)}" if each.low_pence else "",
            str(each.prices_of),
            each.since.isoformat(),
        ]
        for each in shipped
    ] == [row[:5] for row in rows]
    assert all(each.source.startswith(row[5]) for each, row in zip(shipped, rows, strict=True))
    assert [row[0].strip("`") for row in columns] == list(PROXY_COLUMNS)


def test_the_page_names_every_licence_and_every_column_of_rates():
    words = PAGE.read_text()
    assert all(f"`{licence}`" in words for licence in Licence.values)
    assert ", ".join(f"`{column}`" for column in RATE_COLUMNS) in words


@pytest.mark.parametrize("row", tables("What the public pages count")[0], ids=lambda row: row[0])
def test_the_waits_on_the_page(row):
    found = waits([(DAY, DAY + timedelta(int(days))) for days in row[0].split(",")])
    assert [str(found.median), str(found.nine_in_ten)] == row[1:]


@given(days=st.lists(st.integers(0, 3000), min_size=1, max_size=60))
def test_at_least_half_and_nine_in_ten_waited_no_longer(days):
    found = waits([(DAY, DAY + timedelta(each)) for each in days])
    assert sum(each <= found.median for each in days) * 2 >= len(days)
    assert sum(each <= found.nine_in_ten for each in days) * 10 >= len(days) * 9
    assert found.median <= found.nine_in_ten <= found.longest == max(days)


def test_no_waits_and_no_leverage_without_anybody():
    assert waits([]) is None
    assert leverage(100, 0) is None
    assert leverage(150, 100) == Fraction(3, 2)


def test_what_was_paid_before_it_was_written_down_took_no_days():
    assert waits([(DAY, DAY - timedelta(9))]).longest == 0
