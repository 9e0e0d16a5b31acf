"""What somebody marked on the ballot paper, from the page's fields and back into them.

Ticks are `choose` with the numbers of projects; points and places in an order are one field for each project.
Marks come out in the order of the frozen paper, never in the order in which one voter saw the projects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from django.http import QueryDict
from django.utils.translation import gettext as _

from budgets.ballots.enums import Kind
from budgets.ballots.rules.sheet import Marks, PotOnSheet, Problem, Sheet

TICKED = frozenset({Kind.APPROVAL, Kind.PICK, Kind.KNAPSACK})
KEPT = "kept"
NUMBER = re.compile(r"\d{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Filled:
    """`written` is what stands in each project's field, right or wrong; `problems` what could not be read."""

    marks: Marks
    written: dict[str, str]
    problems: tuple[Problem, ...] = ()


def field_of(key: str) -> str:
    return f"mark-{key}"


def filled(sheet: Sheet, data: QueryDict) -> Filled:
    if sheet.kind in TICKED:
        return _ticked(sheet, set(data.getlist("choose")))
    written = {
        option.key: data.get(field_of(option.key), "").strip() for pot in sheet.pots for option in pot.options
    }
    marks: dict[str, tuple[tuple[str, int], ...]] = {}
    problems: list[Problem] = []
    for pot in sheet.pots:
        numbers, wrong = _numbers(pot, written)
        problems += wrong
        if sheet.kind == Kind.POINTS:
            marks[pot.key] = tuple((key, points) for key, points in numbers.items() if points)
        else:
            marks[pot.key], level = _ranked(pot, numbers)
            problems += level
    return Filled(marks, written, tuple(problems))


def marked(data: QueryDict) -> str:
    """What was marked, as it was sent, for one field that goes through pages where other things are asked."""
    found = QueryDict(mutable=True)
    for name in data:
        if name in {"choose", "language"} or name.startswith(field_of("")):
            found.setlist(name, data.getlist(name))
    return found.urlencode()


def hidden_fields(sheet: Sheet, done: Filled) -> list[tuple[str, str]]:
    """Names and values that bring the same marks back."""
    if sheet.kind in TICKED:
        return [("choose", key) for chosen in done.marks.values() for key, _points in chosen]
    return [(field_of(key), value) for key, value in done.written.items() if value]


def _ticked(sheet: Sheet, chosen: set[str]) -> Filled:
    marks = {
        pot.key: tuple((option.key, 1) for option in pot.options if option.key in chosen)
        for pot in sheet.pots
    }
    return Filled(marks, dict.fromkeys(chosen, "1"))


def _numbers(pot: PotOnSheet, written: dict[str, str]) -> tuple[dict[str, int], list[Problem]]:
    found: dict[str, int] = {}
    wrong = []
    for option in pot.options:
        text = written[option.key]
        if not text:
            continue
        if NUMBER.fullmatch(text):
            found[option.key] = int(text)
        else:
            sentence = _("Write a whole number for “%(title)s”, like 3.") % {"title": option.title}
            wrong.append(Problem(sentence, pot.key, option.key))
    return found, wrong


def _ranked(pot: PotOnSheet, numbers: dict[str, int]) -> tuple[tuple[tuple[str, int], ...], list[Problem]]:
    """In the order of the places given; a place left out closes up, and one given twice is a problem."""
    order = sorted((place, key) for key, place in numbers.items() if place)
    level = []
    for (one, first), (other, second) in pairwise(order):
        if one == other:
            titles = {option.key: option.title for option in pot.options}
            sentence = _(
                "“%(first)s” and “%(second)s” are both at place %(place)s. Give each a place of its own."
            )
            level.append(
                Problem(
                    sentence % {"first": titles[first], "second": titles[second], "place": one},
                    pot.key,
                    second,
                )
            )
    return tuple((key, 1) for _place, key in order), level
