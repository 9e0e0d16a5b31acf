"""When reports are due, when a group is reminded, and what is asked back: the worked tables of the page."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.grants.rules.monitoring import (
    REMINDERS,
    Paid,
    due_dates,
    goes_on_as,
    may_send,
    reminders_by,
    to_ask_back,
)
from engage.kit.money import parse_pounds

PAGE = Path(__file__).parents[4] / "docs" / "rules" / "monitoring.md"


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading of docs/rules/monitoring.md, without its head."""
    section = PAGE.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def day(words: str) -> date:
    return datetime.strptime(words, "%d %B %Y").date()  # noqa: DTZ007 -- a day has no zone


def test_the_page_says_when_reports_are_due() -> None:
    for paid_on, months, due in table("When reports are due"):
        found = due_dates(day(paid_on), [int(month) for month in months.split(", ")])
        assert found == [day(each) for each in due.split(", ")], paid_on


def test_the_page_says_how_often_a_group_was_reminded() -> None:
    due = date(2027, 2, 1)
    for when, reminders, _status in table("Reminders"):
        number = 0 if when == "on the day" else int(when.split()[0])
        on = due + timedelta(days=-number if when.endswith("before") else number)
        assert reminders_by(due, on) == int(reminders), when


def test_the_page_says_what_is_asked_back() -> None:
    for paid, asked, let_go, used, back in table("Money that comes back"):
        awards = [Paid(*each) for each in zip(*map(amounts, (paid, asked, let_go)), strict=True)]
        assert to_ask_back(awards, parse_pounds(used)) == amounts(back), paid


def amounts(cell: str) -> list[int]:
    return [parse_pounds(each) for each in cell.split(", ")]


def test_the_page_says_when_a_grant_ends() -> None:
    for kept, let_go, *said, status in table("When a grant ends"):
        reported, due, sent = (each == "yes" for each in said)
        award = Paid(parse_pounds(kept), let_go=parse_pounds(let_go))
        assert goes_on_as([award], reported=reported, due=due, sent=sent) == status.strip("`"), kept


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.integers(-60, 60))
def test_reminders_never_go_back(due: date, days: int) -> None:
    on = due + timedelta(days=days)
    assert 0 <= reminders_by(due, on) <= reminders_by(due, on + timedelta(days=1)) <= len(REMINDERS)


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.sets(st.integers(1, 60), min_size=1, max_size=6))
def test_later_months_are_due_later(paid_on: date, months: set[int]) -> None:
    found = due_dates(paid_on, months)
    assert len(found) == len(months)
    assert found == sorted(found)
    assert all(due > paid_on for due in found)


PENCE = st.integers(0, 10**7)
AWARDS = st.lists(
    st.tuples(PENCE, PENCE, PENCE).map(lambda parts: Paid(sum(parts), parts[1], parts[2])),
    min_size=1,
    max_size=6,
)


@given(AWARDS, st.integers(0, 10**8))
def test_no_award_gives_back_more_than_it_has_and_the_parts_add_up(awards: list[Paid], used: int) -> None:
    back = to_ask_back(awards, used)
    assert sum(back) == max(0, sum(each.free for each in awards) - used)
    assert all(0 <= part <= award.free for part, award in zip(back, awards, strict=True))


@given(AWARDS, st.integers(0, 10**8), st.integers(0, 10**8))
def test_reporting_in_two_steps_asks_for_as_much_as_in_one(awards: list[Paid], first: int, then: int) -> None:
    """Whatever was said before, in the end all that was not used is asked back, and nothing twice."""
    before = to_ask_back(awards, first)
    meanwhile = [
        Paid(each.kept, each.asked + part, each.let_go) for each, part in zip(awards, before, strict=True)
    ]
    both = sum(before) + sum(to_ask_back(meanwhile, then))
    assert both == max(0, sum(each.free for each in awards) - min(first, then))


@pytest.mark.parametrize(
    ("used", "story", "counted", "field"),
    [(None, "x", 1, "used"), (501, "x", 1, "used"), (500, "", 1, "story"), (500, "x", 0, None)],
)
def test_a_report_says_everything(used: int | None, story: str, counted: int, field: str | None) -> None:
    assert may_send(used, 500, story, counted, 1).field == field
    assert may_send(500, 500, "x", 1, 1)
