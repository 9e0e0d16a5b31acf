"""The table of phases: page and code say the same; whatever the dates, the answers keep their promises."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.kit.decisions import Denied
from ideas.enums import PhaseKind
from ideas.rules.phases import (
    AFTER,
    ALLOWS,
    Act,
    PhaseDates,
    allows,
    has_begun,
    is_over,
    next_phase,
    phase_at,
    problems,
    windows,
)

PAGE = Path(__file__).parents[3] / "docs" / "rules" / "phases.md"
LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 1, 1, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading of docs/rules/phases.md, without its head."""
    section = PAGE.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def local(*when: int) -> datetime:
    return datetime(*when, tzinfo=LONDON)


@st.composite
def calls(draw, *, least: int = 1) -> list[PhaseDates]:
    """The phases of a call as a form lets them be: some of the kinds in order, with and without gaps."""
    kinds = draw(st.lists(st.sampled_from(PhaseKind.values), unique=True, min_size=least))
    at, found = START, []
    for kind in sorted(kinds, key=PhaseKind.values.index):
        start = at + timedelta(days=draw(st.sampled_from([0, 0, 7])))
        at = start + timedelta(days=draw(st.integers(1, 60)))
        found.append(PhaseDates(kind, start, at))
    return found


MOMENTS = st.integers(-10, 500).map(lambda days: START + timedelta(days=days))
ACTS = st.sampled_from(list(Act))


def test_the_page_says_what_every_phase_allows():
    rows = table("What each phase allows")
    columns = [Act.SUGGEST, Act.EDIT, Act.SUPPORT, Act.WITHDRAW]
    said = {
        row[0].strip("`"): {act for act, cell in zip(columns, row[2:], strict=True) if cell} for row in rows
    }
    assert said == {**ALLOWS, "between": frozenset(), "after": AFTER}
    assert [row[0].strip("`") for row in rows] == [*PhaseKind.values, "between", "after"]
    assert [row[1] for row in rows[:-2]] == [str(kind.label) for kind in PhaseKind]


def test_the_worked_call_on_the_page_is_right():
    phases = [
        PhaseDates("suggest", local(2027, 1, 1), local(2027, 2, 1)),
        PhaseDates("support", local(2027, 2, 1), local(2027, 3, 1)),
        PhaseDates("assess", local(2027, 3, 9, 9), local(2027, 5, 1)),
    ]
    assert not problems(phases)
    for moment, kind, *cells in table("A worked call"):
        at = datetime.fromisoformat(moment).replace(tzinfo=LONDON)
        phase = phase_at(phases, at)
        assert (phase.kind if phase else "") == kind.strip("`"), moment
        for act, cell in zip([Act.SUGGEST, Act.EDIT, Act.SUPPORT, Act.WITHDRAW], cells, strict=True):
            answer = allows(phases, act, at, title="Parks")
            if cell == "yes":
                assert answer, (moment, act)
            else:
                assert isinstance(answer, Denied), (moment, act)
                assert cell in answer.reason
                assert answer.status == 409


def test_a_refusal_names_the_moment():
    phases = [
        PhaseDates("suggest", local(2026, 1, 1), local(2026, 2, 1)),
        PhaseDates("support", local(2026, 3, 2, 9), local(2026, 4, 1)),
    ]
    answer = allows(phases, Act.SUPPORT, local(2026, 2, 20), title="Parks")
    assert isinstance(answer, Denied)
    assert answer.reason == (
        "Support for the ideas of “Parks” opens at 9am on Monday 2 March 2026. Come back then."
        " You can comment now."
    )


@pytest.mark.parametrize("act", [Act.SUGGEST, Act.EDIT, Act.SUPPORT, Act.WITHDRAW])
def test_a_call_that_never_has_the_time_says_so_without_a_date(act):
    phases = [PhaseDates("ballot", START, START + timedelta(days=9))]
    if act != Act.WITHDRAW:  # which is free again when all is over
        answer = allows(phases, act, START, title="Parks")
        assert isinstance(answer, Denied)
        assert "202" not in answer.reason
    nothing = allows([], act, START, title="Parks")
    assert isinstance(nothing, Denied)
    assert "“Parks”" in nothing.reason


def test_without_a_phase_for_support_it_lasts_from_the_first_ideas_to_the_next_phase():
    suggest = PhaseDates("suggest", START, START + timedelta(days=30))
    assess = PhaseDates("assess", START + timedelta(days=40), START + timedelta(days=50))
    late = START + timedelta(days=999)
    assert allows([suggest], Act.SUPPORT, START, title="")
    assert allows([suggest], Act.SUPPORT, late, title="")
    assert not allows([suggest], Act.SUPPORT, START - INSTANT, title="")
    assert allows([suggest, assess], Act.SUPPORT, assess.starts_at - INSTANT, title="")
    assert not allows([suggest, assess], Act.SUPPORT, assess.starts_at, title="")


@given(calls(), MOMENTS)
def test_at_most_one_phase_runs_and_it_holds_the_moment(phases, at):
    running = [phase for phase in phases if phase.starts_at <= at < phase.ends_at]
    assert len(running) <= 1
    assert phase_at(phases, at) == (running[0] if running else None)


@given(calls(), MOMENTS)
def test_the_next_phase_is_the_first_of_those_to_come(phases, at):
    coming = next_phase(phases, at)
    assert coming is None or coming.starts_at > at
    assert [
        phase for phase in phases if phase.starts_at > at and coming and phase.starts_at < coming.starts_at
    ] == []
    assert (coming is None) == all(phase.starts_at <= at for phase in phases)


@given(calls(), ACTS, MOMENTS)
def test_inside_a_phase_the_table_decides(phases, act, at):
    phase = phase_at(phases, at)
    beside = act == Act.SUPPORT and "support" not in {each.kind for each in phases}
    if phase and not beside:
        assert bool(allows(phases, act, at, title="")) == (act in ALLOWS[phase.kind])


@given(calls(), ACTS, MOMENTS)
def test_neither_a_gap_allows_anything_nor_the_time_before_the_first_phase(phases, act, at):
    beside = act == Act.SUPPORT and "support" not in {each.kind for each in phases}
    gap = phase_at(phases, at) is None and has_begun(phases, at) and not is_over(phases, at)
    if gap and not beside:
        assert not allows(phases, act, at, title="")
    if not has_begun(phases, at):
        assert not allows(phases, act, at, title="")


@given(calls(), ACTS, MOMENTS)
def test_a_refusal_that_names_a_time_is_true_about_it(phases, act, at):
    """What is said to open does open then; nothing is said to have closed that was never open."""
    answer = allows(phases, act, at, title="Parks")
    if isinstance(answer, Denied):
        found = windows(phases, act)
        later = [window for window in found if window.starts_at > at]
        if later:
            assert allows(phases, act, later[0].starts_at, title="Parks")
            assert not allows(phases, act, later[0].starts_at - INSTANT, title="Parks") or len(found) > 1
        else:
            assert all(window.ends_at is not None and window.ends_at <= at for window in found)


@given(calls(least=0), ACTS)
def test_windows_are_in_order_and_apart(phases, act):
    found = windows(phases, act)
    for before, after in pairwise(found):
        assert before.ends_at is not None
        assert before.ends_at <= after.starts_at


@given(calls(least=2))
def test_dates_in_order_are_right_and_turned_round_are_not(phases):
    assert problems(phases) == []
    first, second = phases[0], phases[1]
    swapped = [
        PhaseDates(first.kind, second.starts_at, second.ends_at),
        PhaseDates(second.kind, first.starts_at, first.ends_at),
    ]
    assert [each.field for each in problems(swapped)] == [f"{second.kind}_starts_at"]


def test_each_wrong_date_is_named_with_what_to_choose():
    wrong = [
        PhaseDates("suggest", local(2026, 3, 1), local(2026, 3, 1)),
        PhaseDates("support", local(2026, 2, 1), local(2026, 4, 1)),
    ]
    found = {each.field: each.sentence for each in problems(wrong)}
    assert found == {
        "suggest_ends_at": "“Suggest ideas” must end after it starts. Choose a later end.",
        "support_starts_at": (
            "“Support ideas” comes after “Suggest ideas”, and two phases may not overlap."
            " Choose the start of Sunday 1 March 2026 or later."
        ),
    }
