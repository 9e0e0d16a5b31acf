"""A process that dies between a commit and what follows it loses nothing."""

from datetime import timedelta

import pytest

from engage.audit.actions import record
from engage.notifications import hearing
from engage.notifications.actions import hear_again
from engage.notifications.hearing import hears
from engage.notifications.models import Heard
from tests.notifications.conftest import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def heard(monkeypatch) -> list[int]:
    monkeypatch.setattr(hearing, "_hearers", {})
    monkeypatch.setattr("engage.kit.happenings._followers", {})
    numbers: list[int] = []
    hears("BENCH_PAINTED")(lambda happening: numbers.append(happening.data["number"]))
    return numbers


def painted(subject, number, *, at) -> None:
    """Recorded, and the process dies before anybody hears: callbacks on commit do not run in these tests."""
    record("BENCH_PAINTED", subject=subject, actor=None, at=at, number=number)


def test_it_hears_at_once_as_any_reaction_does(heard, follower, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        painted(follower, 1, at=NOW)
    assert heard == [1]


def test_what_was_heard_at_once_is_not_heard_again(
    heard, follower, django_capture_on_commit_callbacks
) -> None:
    """Else somebody who stops following what they support would follow it again."""
    hear_again(at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        painted(follower, 1, at=NOW + MINUTE)
    hear_again(at=NOW + 5 * MINUTE)
    assert heard == [1]


def test_a_reaction_that_failed_is_tried_once_more(
    heard, follower, django_capture_on_commit_callbacks
) -> None:
    tries: list[int] = []

    def fails_at_first(happening) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise ConnectionError("the database is being started again")

    hears("BENCH_MOVED")(fails_at_first)
    hear_again(at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        record("BENCH_MOVED", subject=follower, actor=None, at=NOW + MINUTE)
    hear_again(at=NOW + 5 * MINUTE)
    hear_again(at=NOW + 10 * MINUTE)
    assert len(tries) == 2


def test_what_was_missed_is_heard_later_once(heard, follower) -> None:
    hear_again(at=NOW)
    painted(follower, 1, at=NOW + MINUTE)
    hear_again(at=NOW + 5 * MINUTE)
    hear_again(at=NOW + 10 * MINUTE)
    assert heard == [1]


def test_a_transaction_that_may_still_be_open_is_waited_for(heard, follower) -> None:
    hear_again(at=NOW)
    painted(follower, 1, at=NOW + MINUTE)
    assert hear_again(at=NOW + 2 * MINUTE) == 0
    assert hear_again(at=NOW + 5 * MINUTE) == 1


def test_the_past_is_not_heard_when_listening_begins(heard, follower) -> None:
    painted(follower, 1, at=NOW - 60 * MINUTE)
    assert hear_again(at=NOW) == 0
    assert hear_again(at=NOW + 5 * MINUTE) == 0
    assert heard == []


def test_history_that_is_loaded_meanwhile_is_not_heard(heard, follower) -> None:
    hear_again(at=NOW)
    painted(follower, 1, at=NOW - timedelta(days=400))
    painted(follower, 2, at=NOW + MINUTE)
    hear_again(at=NOW + 5 * MINUTE)
    assert heard == [2]


def test_after_days_of_standing_still_it_hears_what_the_crash_left(heard, follower) -> None:
    hear_again(at=NOW)
    painted(follower, 1, at=NOW + MINUTE)
    hear_again(at=NOW + timedelta(days=3))
    assert heard == [1]


def test_one_reaction_that_fails_does_not_stop_the_others(heard, follower) -> None:
    hears("BENCH_BROKEN")(lambda happening: 1 / 0)
    hear_again(at=NOW)
    record("BENCH_BROKEN", subject=follower, actor=None, at=NOW + MINUTE)
    painted(follower, 2, at=NOW + MINUTE)
    hear_again(at=NOW + 5 * MINUTE)
    assert heard == [2]
    assert Heard.objects.count() == 1
