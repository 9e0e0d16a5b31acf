"""This year's call a year later: its dates on the same weekdays, the years in its title one higher."""

import re
from datetime import datetime, timedelta, tzinfo

YEAR = re.compile(r"\b(20\d\d)(?:([-–/])(\d\d))?\b")


def a_year_on(at: datetime, zone: tzinfo) -> datetime:
    """The nearest same weekday a year later, at the same time on the clocks of `zone` whatever the season."""
    return (at.astimezone(zone).replace(tzinfo=None) + timedelta(weeks=52)).replace(tzinfo=zone)


def title_a_year_on(title: str) -> str:
    """“Ideas for 2026–27” → “Ideas for 2027–28”; a title without a year stays as it is."""
    return YEAR.sub(_next, title)


def _next(found: re.Match[str]) -> str:
    year, dash, second = found.groups()
    return f"{int(year) + 1}" + (f"{dash}{(int(second) + 1) % 100:02}" if dash else "")
