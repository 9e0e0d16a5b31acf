"""Moments and lengths of time as people say them."""

from datetime import UTC, datetime

from engage.kit.moments import end, length, moment, start


def test_a_moment_is_said_in_the_sites_time() -> None:
    assert moment(datetime(2027, 6, 8, 16, tzinfo=UTC)) == "5pm on Tuesday 8 June 2027"
    assert moment(datetime(2027, 1, 8, 16, 30, tzinfo=UTC)) == "4:30pm on Friday 8 January 2027"


def test_midnight_ends_the_day_before_it() -> None:
    assert end(datetime(2027, 2, 1, 0, 0, tzinfo=UTC)) == "the end of Sunday 31 January 2027"
    assert end(datetime(2026, 6, 30, 23, 0, tzinfo=UTC)) == "the end of Tuesday 30 June 2026"
    assert end(datetime(2027, 2, 1, 0, 1, tzinfo=UTC)) == "12:01am on Monday 1 February 2027"


def test_midnight_starts_its_own_day() -> None:
    assert start(datetime(2027, 2, 1, 0, 0, tzinfo=UTC)) == "the start of Monday 1 February 2027"
    assert start(datetime(2027, 2, 1, 9, 0, tzinfo=UTC)) == "9am on Monday 1 February 2027"


def test_what_takes_longer_than_an_hour_and_a_half_is_told_in_hours() -> None:
    assert [length(minutes) for minutes in (1, 89, 90, 149, 150, 198)] == [
        "about 1 minute",
        "about 89 minutes",
        "about 2 hours",
        "about 2 hours",
        "about 3 hours",
        "about 3 hours",
    ]
