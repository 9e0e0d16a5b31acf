"""Nothing about people is kept for ever, and nothing at all once they leave."""

from datetime import timedelta

import pytest

from engage.notifications.actions import (
    forget_old,
    make_mails,
    mark_read,
    save_preferences,
    send_next,
)
from engage.notifications.models import Following, Mail, News, Notification, Preference
from engage.residents.actions import leave
from tests.notifications.conftest import NOW

pytestmark = pytest.mark.django_db
HALF_A_YEAR, A_YEAR_AND_A_HALF = timedelta(days=184), timedelta(days=549)


def test_who_leaves_takes_everything_along(follower, tell, django_capture_on_commit_callbacks) -> None:
    save_preferences(resident=follower, channels={}, mail_on=True, quiet_from=None, quiet_until=None)
    tell()
    make_mails(at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        leave(account=follower.account, at=NOW)
    for model in (Following, Notification, Preference, Mail):
        assert not model.objects.exists(), model


def test_what_was_read_goes_after_half_a_year_and_its_email_with_it(follower, tell) -> None:
    tell()
    make_mails(at=NOW)
    send_next(clock=lambda: NOW)
    mark_read(resident=follower, at=NOW)
    assert forget_old(at=NOW + timedelta(days=180)) == 0
    forget_old(at=NOW + HALF_A_YEAR)
    assert not Notification.objects.exists()
    assert not Mail.objects.exists()
    assert not News.objects.exists()


def test_what_was_not_read_goes_a_year_later(follower, tell) -> None:
    tell()
    forget_old(at=NOW + HALF_A_YEAR)
    assert Notification.objects.exists()
    forget_old(at=NOW + A_YEAR_AND_A_HALF)
    assert not Notification.objects.exists()
