"""Who may move an application and who decides: the worked tables of docs/rules/grants.md."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from budgets.grants.enums import Answer, Capacity, Decides, Status
from budgets.grants.rules.decisions import (
    Standing,
    age_in_days,
    amount_fits,
    backed,
    capacity,
    may_decide_now,
    outcome,
    turn,
)
from budgets.grants.rules.flow import ENDED, FLOW, PUBLIC, PUBLIC_NAMES, Money, Who, may_move
from engage.kit.money import parse_pounds

PAGE = Path(__file__).parents[4] / "docs" / "rules" / "grants.md"


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading of the page, without its head."""
    section = PAGE.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_page_names_every_status_as_the_code_does() -> None:
    assert table("The statuses") == [
        [f"`{each}`", str(each.label), str(PUBLIC_NAMES[each]), "yes" if each in PUBLIC else ""]
        for each in Status
    ]


def said_moves() -> set[tuple[str, str, str]]:
    return {
        (start.strip("`"), end.strip("`"), who)
        for start, end, people, _money in table("Who may move it")
        for who in people.split(", ")
    }


def test_the_page_has_every_move_by_everybody_who_may_make_it_and_no_other() -> None:
    said = said_moves()
    for start in Status:
        for end in Status:
            for who in Who:
                assert bool(may_move(start, end, who)) == ((start, end, who) in said), (start, end, who)


def test_the_page_says_where_money_moves() -> None:
    said = {(row[0].strip("`"), row[1].strip("`")): row[3] for row in table("Who may move it")}
    assert said == {
        (str(each.start), str(each.end)): "" if each.money == Money.NOTHING else str(each.money)
        for each in FLOW
    }


def test_nothing_follows_what_has_ended_and_something_follows_the_rest() -> None:
    assert {each.start for each in FLOW} == set(Status) - ENDED


ASKS = {
    "supported": Standing(supported=True),
    "nothing yet": Standing(),
    "undecided": Standing(),
    "declined": Standing(answer=Answer.DECLINED),
    "approved": Standing(answer=Answer.APPROVED),
    "interest declared": Standing(interest=True),
    "no councillor": Standing(councillor=False),
    "councillor": Standing(),
    "officer": Standing(interest=True),
    "": Standing(answer=Answer.APPROVED),
}


def test_the_page_says_whose_turn_it_is() -> None:
    rows = table("Whose turn it is")
    assert len(rows) == 13
    for status, checked, to_read, undecided, who in rows:
        asks = [ASKS[each] for each in undecided.split(", ")]
        found = turn(Status(status.strip("`")), asks, checked=checked == "yes", to_read=to_read == "yes")
        assert (found.who or "nobody") == who
        assert str(found.what)


def test_the_page_says_who_decides() -> None:
    rows = table("Who decides")
    assert len(rows) == 5
    for scheme, councillor, interest, who in rows:
        ask = Standing(decides=Decides(scheme), councillor=councillor == "yes", interest=interest == "yes")
        assert capacity(ask) == who


def test_the_page_says_when_all_councillors_have_answered() -> None:
    rows = table("When all councillors have answered")
    assert len(rows) == 6
    for first, second, goes in rows:
        assert backed([ASKS[first], ASKS[second]]) == (goes == "yes"), (first, second)
    assert not backed([])


def test_the_page_says_what_becomes_of_a_joint_grant() -> None:
    rows = table("A joint grant")
    assert len(rows) == 5
    for first, second, application in rows:
        asks = [ASKS[first], ASKS[second]]
        assert (outcome(asks) or "undecided") == application
        assert outcome(asks[::-1]) == outcome(asks)
    assert outcome([]) is None


def test_the_page_says_how_much_may_be_awarded() -> None:
    rows = table("How much")
    assert len(rows) == 5
    for asked, left, waiting, awarded, answer in rows:
        pence = [0 if each == "£0" else parse_pounds(each) for each in (asked, left, waiting, awarded)]
        decision = amount_fits(pence[3], asked=pence[0], left=pence[1], waiting=pence[2])
        assert bool(decision) == (answer == "yes")
        if answer != "yes":
            assert answer.strip("“”") in decision.reason


@pytest.mark.parametrize(
    ("ask", "as_whom", "sentence"),
    [
        (Standing(answer=Answer.APPROVED), Capacity.COUNCILLOR, "decided already"),
        (Standing(interest=True), Capacity.COUNCILLOR, "You declared an interest"),
        (Standing(decides=Decides.OFFICER), Capacity.COUNCILLOR, "an officer decides about this amount"),
        (Standing(), Capacity.OFFICER, "only where they may not"),
    ],
)
def test_only_who_is_meant_decides_and_only_once(ask, as_whom, sentence) -> None:
    refused = may_decide_now(ask.answer, as_whom, ask)
    assert not refused
    assert sentence in str(refused.reason)


def test_an_age_is_whole_days_and_never_below_nought() -> None:
    now = datetime(2026, 6, 15, 12, tzinfo=UTC)
    assert age_in_days(now - timedelta(days=3, hours=23), now) == 3
    assert age_in_days(now + timedelta(days=1), now) == 0
