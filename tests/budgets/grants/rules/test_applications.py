"""What must be there, and whether it adds up: prose, code and worked tables say the same."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.grants.enums import DocumentKind, SpendKind
from budgets.grants.rules.applications import (
    COSTS,
    COUNCILLORS,
    GROUP,
    PAGES,
    Written,
    documents_missing,
    documents_needed,
    faults,
    gap,
    mark_of,
    reference,
    sum_words,
)
from engage.kit.money import parse_pounds

PAGE = Path(__file__).parents[4] / "docs" / "rules" / "applications.md"
WHOLE = Written(
    title="Benches",
    summary="Three benches.",
    need="Neighbours asked.",
    last_resort="The parks team has no money.",
    who_benefits="Everybody.",
    has_place=True,
    spend_kind=SpendKind.CAPITAL,
    starts_on=date(2026, 9, 1),
    ends_on=date(2026, 12, 1),
    spend_by=date(2027, 3, 31),
    asked=(1_000_00,),
    costs=(1_400_00,),
    given=400_00,
    outcomes=1,
    declared=True,
    signatories=2,
)
AMOUNTS = st.lists(st.integers(1, 10**9), max_size=5)


def table(heading: str) -> list[list[str]]:
    section = PAGE.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def amounts(cell: str) -> list[int]:
    return [parse_pounds(each) for each in cell.split("+")]


@pytest.mark.parametrize(
    ("costs", "asked", "others", "difference", "meaning"), table("The money must add up")
)
def test_the_worked_sums(costs, asked, others, difference, meaning) -> None:
    left = gap(amounts(costs), amounts(asked), parse_pounds(others))
    sign = -1 if difference.startswith("−") else 1
    assert left == sign * parse_pounds(difference.lstrip("−"))
    words = sum_words(amounts(costs), amounts(asked), parse_pounds(others))
    expected = {
        "adds up": "That adds up.",
        "nobody pays for it yet": f"leaves {difference} that nobody pays",
        "more comes in than it costs": f"{difference.lstrip('−')} more than it costs",
    }
    assert expected[meaning] in words


@given(AMOUNTS, AMOUNTS, st.integers(0, 10**9))
def test_it_adds_up_exactly_when_nothing_is_left(costs, asked, others) -> None:
    assert ("That adds up." in sum_words(costs, asked, others)) == (sum(costs) == sum(asked) + others)


@pytest.mark.parametrize(("asked", "needed"), table("Documents by amount"))
def test_the_documents_that_an_amount_needs(asked, needed) -> None:
    required = {
        DocumentKind.QUOTE: 1_000_00,
        DocumentKind.CONSTITUTION: 0,
        DocumentKind.ACCOUNTS: 500_00,
    }
    assert ", ".join(documents_needed(required, parse_pounds(asked))) == needed
    assert len(documents_missing(required, parse_pounds(asked), ["constitution"])) == needed.count(",")


def test_a_whole_application_has_no_faults() -> None:
    assert faults(WHOLE) == []


def test_an_empty_one_is_told_everything_in_the_order_of_the_pages() -> None:
    pages = [fault.page for fault in faults(Written())]
    assert pages == sorted(pages, key=[*PAGES, GROUP].index)
    assert {*PAGES, GROUP} - set(pages) == {"check", "funders", "documents"}


@pytest.mark.parametrize(
    ("change", "page"),
    [
        ({"asked": ()}, COUNCILLORS),
        ({"costs": ()}, COSTS),
        ({"given": 399_99}, COUNCILLORS),
        ({"starts_on": date(2027, 4, 1), "ends_on": date(2027, 5, 1)}, "spending"),
        ({"signatories": 1}, GROUP),
        ({"declared": False}, "declaration"),
        ({"required": {"accounts": 1_000_00}}, "documents"),
    ],
)
def test_each_fault_names_its_page(change, page) -> None:
    assert [fault.page for fault in faults(replace(WHOLE, **change))] == [page]


def test_a_document_that_a_smaller_amount_does_not_need_is_not_missed() -> None:
    assert faults(replace(WHOLE, required={"accounts": 1_000_01})) == []


def test_references_sort_and_go_on_past_four_digits() -> None:
    assert reference(2026, 1) == "G-2026-0001"
    assert reference(2026, 10_000) == "G-2026-10000"


def test_a_page_that_changed_has_another_mark() -> None:
    assert mark_of("a", None) == mark_of("a", None)
    assert mark_of("a", None) != mark_of("a", "") != mark_of("", "a")
