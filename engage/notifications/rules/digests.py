"""When the next digest goes out, and which pieces of news share a line in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, time, timedelta

HOUR = time(7)
MONDAY = 0


def next_daily(now: datetime) -> datetime:
    """The next seven in the morning after `now`, by the clock of `now`'s own time zone, summer time or not."""
    morning = datetime.combine(now.date(), HOUR, now.tzinfo)
    return morning if now < morning else datetime.combine(now.date() + timedelta(days=1), HOUR, now.tzinfo)


def next_weekly(now: datetime) -> datetime:
    """The next Monday at seven in the morning, by the same clock."""
    daily = next_daily(now)
    wait = timedelta(days=(MONDAY - daily.weekday()) % 7)
    return datetime.combine(daily.date() + wait, HOUR, now.tzinfo)


def gathered[Item](items: Iterable[Item], key: Callable[[Item], Hashable]) -> list[list[Item]]:
    """The items with those of the same key together, each group where its first one stood."""
    groups: dict[Hashable, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())
