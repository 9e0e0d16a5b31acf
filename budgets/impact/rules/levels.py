"""How much a group has to tell, by how much money it got: docs/rules/impact.md is the same in prose."""

from __future__ import annotations

from dataclasses import dataclass

from budgets.impact.enums import Level


@dataclass(frozen=True, slots=True)
class From:
    """From which amounts on more is asked, in pence. These are the amounts that every council starts with."""

    before_and_after: int = 2_000_00
    value_map: int = 10_000_00


def level_for(awarded_pence: int, asked: From | None = None) -> Level:
    asked = asked or From()
    if awarded_pence >= asked.value_map:
        return Level.VALUE_MAP
    if awarded_pence >= asked.before_and_after:
        return Level.BEFORE_AND_AFTER
    return Level.COUNTS


def level_told(*, before_and_after: bool, value_map: bool) -> Level:
    """How much was told already. Counts are what every report has."""
    if value_map:
        return Level.VALUE_MAP
    return Level.BEFORE_AND_AFTER if before_and_after else Level.COUNTS
