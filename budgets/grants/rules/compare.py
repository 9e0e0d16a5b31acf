"""What is different between two years' schemes, fact by fact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Fact:
    """`key` says which facts of two years are the same one; `label` and `text` are what people read."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Beside:
    label: str
    before: str
    after: str
    change: Change


def beside(before: Sequence[Fact], after: Sequence[Fact]) -> list[Beside]:
    """Every fact of either, in the order of `after`, and what is gone at the end of it."""
    was = {fact.key: fact for fact in before}
    now = {fact.key for fact in after}
    rows = [_row(was.get(fact.key), fact) for fact in after]
    return rows + [Beside(fact.label, fact.text, "", Change.GONE) for fact in before if fact.key not in now]


def _row(before: Fact | None, after: Fact) -> Beside:
    if before is None:
        return Beside(after.label, "", after.text, Change.NEW)
    change = Change.SAME if before.text == after.text else Change.CHANGED
    return Beside(after.label, before.text, after.text, change)
