"""How the lessons of a course are laid out by week, and what comes before and after each."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A lesson as its outline needs it. `number` counts from 1 through the whole course."""

    id: int
    title: str
    url: str
    week: int
    minutes: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class Week:
    number: int
    title: str
    aim: str
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True, slots=True)
class Outline:
    weeks: tuple[Week, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for week in self.weeks for step in week.steps)

    @property
    def minutes(self) -> int:
        return sum(week.minutes for week in self.weeks)

    @property
    def minutes_a_week(self) -> int:
        """Of the longest week, so that nobody is promised less than they will need."""
        return max((week.minutes for week in self.weeks), default=0)

    def step(self, lesson_id: int) -> Step | None:
        return next((step for step in self.steps if step.id == lesson_id), None)

    def before(self, lesson_id: int) -> Step | None:
        return self._beside(lesson_id, -1)

    def after(self, lesson_id: int) -> Step | None:
        return self._beside(lesson_id, +1)

    def _beside(self, lesson_id: int, way: int) -> Step | None:
        here = self.step(lesson_id)
        if here is None:
            return None
        return next((step for step in self.steps if step.number == here.number + way), None)


def lay_out(described: Sequence[tuple[str, str]], steps: Sequence[Step]) -> Outline:
    """Weeks in order, lessons within a week in the order given.

    `described` holds title and aim of week 1, 2, …; a lesson whose week nobody described still gets a week of
    its own, and a described week without lessons is kept, so that an outline can be published before its lessons.
    """
    last = max([len(described), *(step.week for step in steps)], default=0)
    weeks, number = [], 0
    for week in range(1, last + 1):
        title, aim = described[week - 1] if week <= len(described) else ("", "")
        mine = []
        for step in (step for step in steps if step.week == week):
            number += 1
            mine.append(Step(step.id, step.title, step.url, step.week, step.minutes, number))
        if mine or week <= len(described):
            weeks.append(Week(week, title, aim, tuple(mine)))
    return Outline(tuple(weeks))
