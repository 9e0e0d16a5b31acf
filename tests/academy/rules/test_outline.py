from hypothesis import given
from hypothesis import strategies as st

from academy.rules.outline import Step, lay_out

WEEKS = [("Who does what", "Say who."), ("Money", "Read a budget.")]


def steps(*weeks: int) -> list[Step]:
    return [Step(n, f"Lesson {n}", f"/{n}/", week, 10) for n, week in enumerate(sorted(weeks), 1)]


def test_lessons_are_numbered_through_the_course() -> None:
    outline = lay_out(WEEKS, steps(1, 1, 2))
    assert [(week.number, [step.number for step in week.steps]) for week in outline.weeks] == [
        (1, [1, 2]),
        (2, [3]),
    ]
    assert (outline.minutes, outline.minutes_a_week) == (30, 20)


def test_ways_on_cross_the_weeks_and_end_at_the_ends() -> None:
    outline = lay_out(WEEKS, steps(1, 1, 2))
    assert outline.before(1) is None
    assert outline.after(2).id == 3
    assert outline.before(3).id == 2
    assert outline.after(3) is None
    assert outline.after(99) is None


def test_a_week_without_lessons_is_kept_and_one_without_a_title_too() -> None:
    assert [week.title for week in lay_out(WEEKS, steps(1, 4)).weeks] == ["Who does what", "Money", ""]
    assert [week.number for week in lay_out([], steps(1, 4)).weeks] == [1, 4]
    assert lay_out([], []).weeks == ()


@given(st.lists(st.integers(1, 12), max_size=40))
def test_no_lesson_is_lost_and_the_way_visits_all(weeks: list[int]) -> None:
    given_steps = steps(*weeks)
    outline = lay_out(WEEKS, given_steps)
    assert [step.id for step in outline.steps] == [step.id for step in given_steps]
    walk, here = [], outline.steps[0] if outline.steps else None
    while here:
        walk.append(here.number)
        here = outline.after(here.id)
    assert walk == list(range(1, len(weeks) + 1))
