"""A year later."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas.rules.next_year import a_year_on, title_a_year_on

LONDON = ZoneInfo("Europe/London")
MOMENTS = st.integers(0, 75 * 365 * 24 * 4).map(
    lambda quarters: (datetime(2024, 1, 1, tzinfo=UTC) + quarters * timedelta(minutes=15)).astimezone(LONDON)
)


@given(MOMENTS)
def test_the_weekday_and_the_time_by_the_clock_stay_and_the_day_is_the_nearest(before):
    after = a_year_on(before, LONDON)
    assert after.weekday() == before.weekday()
    assert after.time() == before.time()
    assert (after.date() - before.date()).days == 364


def test_summer_time_that_starts_on_another_day_moves_no_clock():
    opens = datetime(2026, 3, 30, 9, tzinfo=LONDON)  # summer time since 29 March; in 2027 since 28 March
    assert a_year_on(opens, LONDON) == datetime(2027, 3, 29, 9, tzinfo=LONDON)
    winter = datetime(
        2027, 3, 27, 9, tzinfo=LONDON
    )  # the last day before summer time; in 2028 it begins on the 26th
    assert a_year_on(winter, LONDON).isoformat() == "2028-03-25T09:00:00+00:00"


@pytest.mark.parametrize(
    ("title", "next_one"),
    [
        ("Ideas for 2026", "Ideas for 2027"),
        ("Ideas for 2026–27", "Ideas for 2027–28"),
        ("Ideas for 2026-27", "Ideas for 2027-28"),
        ("The 2099/00 call", "The 2100/01 call"),
        ("Safer streets", "Safer streets"),
        ("Room 20260", "Room 20260"),
    ],
)
def test_years_in_the_title_grow_by_one(title, next_one):
    assert title_a_year_on(title) == next_one
