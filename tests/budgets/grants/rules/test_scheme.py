"""What a scheme lets a group ask and a budget give: prose, code and any sequence of awards say the same."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.grants.rules.next_year import a_year_on, carried, opening
from budgets.grants.rules.scheme import (
    Asked,
    Fences,
    Given,
    Terms,
    Use,
    days_left,
    days_left_words,
    fences_fit,
    may_ask,
    may_award,
    room,
    takes_applications,
    who_decides,
)
from engage.kit.money import parse_pounds

PAGE = Path(__file__).parents[4] / "docs" / "rules" / "scheme.md"
USES = {
    "neither": Use(),
    "capital": Use(capital=True),
    "environment": Use(environmental=True),
    "both": Use(capital=True, environmental=True),
}
FENCES = Fences(capital=3_000_00, environment=2_000_00)
TERMS = Terms(
    title="Locality grants, 2026–27",
    published=True,
    grant_min=100_00,
    grant_max=3_000_00,
    opens_on=date(2026, 4, 1),
    closes_on=date(2026, 12, 31),
    decide_by=date(2027, 2, 28),
    fences=FENCES,
)
SUMMER = date(2026, 6, 1)
POUNDS = st.integers(0, 20_000_00)


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading of docs/rules/scheme.md, without its head."""
    section = PAGE.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def terms(**changed) -> Terms:
    return Terms(**{name: getattr(TERMS, name) for name in Terms.__slots__} | changed)


def asked(pence: int, given: Given | None = None, holder: str = "Alex Example") -> Asked:
    return Asked(holder, pence, 10_000_00, given or Given())


def day(words: str) -> date:
    number, month, *later = words.replace(",", "").split()
    months = ["January", "April", "June", "March", "December"]
    numbers = dict(zip(months, (1, 4, 6, 3, 12), strict=True))
    return date(2027 if later else 2026, numbers[month], int(number))


def test_the_page_says_when_an_application_may_be_sent() -> None:
    for on, published, opens, last, answer in table("When an application may be sent"):
        found = takes_applications(
            terms(published=published == "yes", opens_on=day(opens), closes_on=day(last)), on=day(on)
        )
        assert bool(found) == (answer == "yes"), on


def test_the_page_says_what_fences_leave() -> None:
    for *gave, plain, capital, environment, both in table("Ring-fences"):
        given_so_far = Given(*map(parse_pounds, gave))
        rooms = [parse_pounds(text) for text in (plain, capital, environment, both)]
        assert [room(use, 10_000_00, FENCES, given_so_far) for use in USES.values()] == rooms, gave


def test_the_page_says_what_may_be_asked() -> None:
    words = {
        "yes": "",
        "too little": "The smallest grant is £100",
        "one councillor only": "no joint grants",
        "too much": "The largest grant from one budget is £3,000",
    }
    for amounts, joint, use, answer in table("What may be asked and awarded"):
        asks = [asked(parse_pounds(amount)) for amount in re.split(r", (?=£)", amounts)]
        found = may_ask(terms(joint_grants=joint == "yes"), asks, USES[use], on=SUMMER)
        assert words[answer] in str(getattr(found, "reason", "")), (amounts, answer)
        assert bool(found) == (answer == "yes")


def test_the_page_says_who_decides() -> None:
    for says, above, amount, who in table("Who decides"):
        found = terms(decides=says, officer_above=parse_pounds(above) if above else None)
        assert who_decides(found, parse_pounds(amount)) == who


def test_the_page_says_what_is_carried_over() -> None:
    for left, share, over, has_money, allocated in table("Opening a year"):
        percent = int(share.split()[0])
        found = opening(
            allocation=10_000_00,
            has_money=has_money == "yes",
            remaining=parse_pounds(left),
            percent=percent,
            already_carried=False,
        )
        assert (found.carry, found.allocate) == (parse_pounds(over), parse_pounds(allocated)), left


@given(remaining=st.integers(-(10**9), 10**9), percent=st.integers(0, 100))
def test_nothing_is_carried_that_is_not_there(remaining: int, percent: int) -> None:
    assert 0 <= carried(remaining, percent) <= max(0, remaining)
    again = opening(allocation=1, has_money=True, remaining=remaining, percent=percent, already_carried=True)
    assert again.done


def can_be_placed(given_so_far: Given, allocated: int, fences: Fences) -> bool:
    """Whether every penny finds a place, found by trying: how much of what fits both fences goes into each."""
    free = allocated - fences.capital - fences.environment
    for share in range(given_so_far.both + 1):
        into_capital = min(given_so_far.capital + share, fences.capital)
        into_environment = min(given_so_far.environment + given_so_far.both - share, fences.environment)
        if given_so_far.total - into_capital - into_environment <= free:
            return True
    return False


SMALL = st.integers(0, 12)


@given(
    st.builds(Given, SMALL, SMALL, SMALL, SMALL),
    SMALL,
    SMALL,
    st.integers(0, 40),
    st.sampled_from(list(USES.values())),
)
def test_what_there_is_room_for_finds_a_place_and_a_penny_more_does_not(
    given_so_far: Given, capital: int, environment: int, free: int, use: Use
) -> None:
    fences, allocated = Fences(capital, environment), capital + environment + free
    if not can_be_placed(given_so_far, allocated, fences):
        return
    most = room(use, allocated, fences, given_so_far)
    assert can_be_placed(given_so_far.and_also(use, most), allocated, fences)
    assert not can_be_placed(given_so_far.and_also(use, most + 1), allocated, fences)


@given(st.lists(st.tuples(st.sampled_from(list(USES.values())), POUNDS), max_size=12))
def test_awards_that_fit_keep_every_fence(wanted: list[tuple[Use, int]]) -> None:
    given_so_far = Given()
    for use, amount in wanted:
        given_so_far = given_so_far.and_also(use, min(amount, room(use, 10_000_00, FENCES, given_so_far)))
    assert given_so_far.total <= 10_000_00
    assert given_so_far.plain + given_so_far.environment <= 10_000_00 - FENCES.capital
    assert given_so_far.plain + given_so_far.capital <= 10_000_00 - FENCES.environment
    assert Given.of((use, 0) for use in USES.values()) == Given()


def test_a_smaller_budget_gives_what_it_has_and_never_less_than_nothing() -> None:
    assert room(Use(), 4_000_00, FENCES, Given()) == 0
    assert room(Use(capital=True), 4_000_00, FENCES, Given()) == 2_000_00
    assert room(Use(), 0, FENCES, Given(plain=100)) == 0


@pytest.mark.parametrize(
    ("ask", "use", "sentence"),
    [
        (asked(0), Use(), "The smallest grant"),
        (asked(600_00, Given(plain=9_500_00)), Use(), "Alex Example has £500 left this year"),
        (asked(600_00, Given(plain=10_000_00)), Use(), "nothing left to give"),
        (asked(600_00, Given(plain=4_500_00)), Use(), "only £500 of it may go to this kind of spending"),
        (asked(600_00, Given(capital=8_000_00)), Use(capital=True), "kept for the environment"),
        (asked(600_00, Given(plain=5_000_00)), Use(), "capital spending and for the environment"),
    ],
)
def test_a_refusal_says_why_and_what_to_do(ask: Asked, use: Use, sentence: str) -> None:
    found = may_ask(TERMS, [ask], use, on=SUMMER)
    assert not found
    assert sentence in found.reason
    assert found.status == 422


def test_nobody_asked_is_said_at_the_budget() -> None:
    found = may_ask(TERMS, [], Use(), on=SUMMER)
    assert (found.field, found.reason) == ("budget", "Choose at least one councillor to ask.")
    twice = may_ask(TERMS, [asked(200_00), asked(0, holder="Sam Sample")], Use(), on=SUMMER)
    assert twice.reason == "Enter an amount above £0 for Sam Sample."


def test_deciding_asks_again_and_has_a_last_day() -> None:
    assert may_award(TERMS, asked(500_00), Use(), on=date(2027, 2, 28))
    late = may_award(TERMS, asked(500_00), Use(), on=date(2027, 3, 1))
    assert (late.status, "last day for decisions" in late.reason) == (409, True)
    assert "The smallest grant is £100" in may_award(TERMS, asked(50_00), Use(), on=SUMMER).reason
    assert may_award(TERMS, asked(50_00), Use(), others=60_00, on=SUMMER)
    assert not may_award(TERMS, asked(3_500_00), Use(), on=SUMMER)
    assert not may_award(TERMS, asked(600_00, Given(plain=9_500_00)), Use(), on=SUMMER)


def test_fences_fit_into_a_budget() -> None:
    assert fences_fit(5_000_00, FENCES)
    assert "£5,000, which is more than each budget has (£4,999)" in fences_fit(4_999_00, FENCES).reason


def test_days_left_count_today() -> None:
    last = date(2026, 12, 31)
    on = {1: last, 2: date(2026, 12, 30), 0: date(2027, 1, 1)}
    assert [days_left(last, on=day) for day in on.values()] == list(on)
    assert [days_left_words(last, on=day) for day in on.values()] == [
        "Today is the last day",
        "2 days left",
        "This day is over",
    ]


def test_a_year_on_is_the_same_day() -> None:
    assert a_year_on(date(2026, 4, 1)) == date(2027, 4, 1)
    assert a_year_on(date(2028, 2, 29)) == date(2029, 2, 28)
