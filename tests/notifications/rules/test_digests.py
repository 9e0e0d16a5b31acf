"""When digests go out, and what shares a line."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.notifications.rules.digests import gathered, next_daily, next_weekly

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("now", "daily", "weekly"),
    [
        ("2026-06-03 06:59", "2026-06-03 07:00", "2026-06-08 07:00"),
        ("2026-06-03 07:00", "2026-06-04 07:00", "2026-06-08 07:00"),
        ("2026-06-08 06:00", "2026-06-08 07:00", "2026-06-08 07:00"),
        ("2026-06-08 07:00", "2026-06-09 07:00", "2026-06-15 07:00"),
        ("2026-12-31 23:59", "2027-01-01 07:00", "2027-01-04 07:00"),
        ("2026-03-28 12:00", "2026-03-29 07:00", "2026-03-30 07:00"),  # the night the clocks go forward
        ("2026-10-24 12:00", "2026-10-25 07:00", "2026-10-26 07:00"),  # and back
    ],
)
def test_the_next_one(now, daily, weekly) -> None:
    here = datetime.fromisoformat(now).replace(tzinfo=LONDON)
    assert next_daily(here) == datetime.fromisoformat(daily).replace(tzinfo=LONDON)
    assert next_weekly(here) == datetime.fromisoformat(weekly).replace(tzinfo=LONDON)


@given(st.integers(1_577_836_800, 2_208_988_800).map(lambda seconds: datetime.fromtimestamp(seconds, LONDON)))
def test_it_is_always_ahead_and_never_far(here) -> None:
    assert here < next_daily(here) <= next_weekly(here)
    assert (next_daily(here).date() - here.date()).days <= 1
    assert next_weekly(here).weekday() == 0
    assert (next_weekly(here).date() - here.date()).days <= 7


def test_groups_stand_where_their_first_stood() -> None:
    assert gathered(["ab", "c", "ad", "e"], key=lambda word: word[0]) == [["ab", "ad"], ["c"], ["e"]]
    assert gathered([], key=len) == []
