"""The pages on which an idea is written, one thing on each, and the order they come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CALL, TITLE, DESCRIPTION, PLACE, THEME = "call", "title", "description", "place", "theme"
PICTURES, QUESTIONS, CO_AUTHORS, CHECK = "pictures", "questions", "co-authors", "check"


@dataclass(frozen=True, slots=True)
class Steps:
    """The pages that one draft has; the last is where everything is checked and sent."""

    names: tuple[str, ...]

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def number(self, name: str) -> int:
        """Counted from 1, as people count."""
        return self.names.index(name) + 1

    def after(self, name: str) -> str:
        return self.names[min(self.names.index(name) + 1, len(self.names) - 1)]

    def before(self, name: str) -> str:
        """Nothing before the first."""
        place = self.names.index(name)
        return self.names[place - 1] if place else ""


def steps_of(*, calls: bool, questions: bool, co_authors: bool) -> Steps:
    """`calls`: there is one to choose. `questions`: the call asks some of its own.
    `co_authors`: the writer is the author.
    """
    wanted = {CALL: calls, QUESTIONS: questions, CO_AUTHORS: co_authors}
    order = (CALL, TITLE, DESCRIPTION, PLACE, THEME, PICTURES, QUESTIONS, CO_AUTHORS, CHECK)
    return Steps(tuple(name for name in order if wanted.get(name, True)))


def carry_on_at(steps: Steps, typed: Mapping[str, Any]) -> str:
    """The first page of which nothing has been typed; everything needed is on the way there."""
    told = {
        TITLE: "title" in typed,
        DESCRIPTION: "description" in typed,
        PLACE: "place" in typed or "latitude" in typed,
        THEME: "theme" in typed,
    }
    return next((name for name in steps.names if not told.get(name, True)), CHECK)
