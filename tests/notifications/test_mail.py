"""Emails: what is in them, when they go out, and that each goes out once."""

import email
from datetime import timedelta
from email import policy
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engage.accounts.models import Account
from engage.notifications import letters
from engage.notifications.actions import (
    follow,
    make_mails,
    mark_read,
    save_preferences,
    send_next,
    stop_mail,
    withdraw_copies,
)
from engage.notifications.actions.mailing import LEASE, WAITS
from engage.notifications.models import Mail, Notification
from engage.notifications.queries import inbox
from tests.factories import ResidentFactory
from tests.notifications.conftest import BENCH, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TOMORROW = NOW.replace(day=4, hour=6)  # seven in the morning on the council's clock


def post(at=NOW) -> list:
    """What the worker does every minute. The answer is what was sent."""
    outbox.outbox.clear()
    after = 0
    while after is not None:
        after = make_mails(at=at, after=after)
    while send_next(clock=lambda: at):
        assert Mail.objects.exists()
    return list(outbox.outbox)


class TestWhatIsInIt:
    def test_one_thing_is_its_own_subject(self, follower, tell) -> None:
        tell()
        (letter,) = post()
        assert letter.subject == "“Bench by the pond” was painted"
        assert letter.to == [follower.account.email]
        assert "http://localhost:8000/benches/7/" in letter.body
        (html,) = letter.alternatives
        assert html.mimetype == "text/html"
        assert 'href="http://localhost:8000/benches/7/"' in html.content

    def test_several_things_are_counted_and_those_of_one_kind_share_a_line(self, follower, tell) -> None:
        for seat in (1, 2, 3):
            tell("bench_sat", data={"seat": seat}, key=str(seat))
        follow(resident=follower, topic=("bench", 8), at=NOW)
        tell("bench_sat", topic=("bench", 8), data={"seat": 4})
        (letter,) = post(TOMORROW)
        assert letter.subject == "2 things are new on Engage"
        assert "3 people sat on “Bench by the pond”" in letter.body
        assert "Somebody sat on “Bench on the hill”" in letter.body
        assert "/benches/8/#seat-4" in letter.body
        assert "&quot;" not in letter.body

    def test_every_mail_program_can_stop_it(self, follower, tell) -> None:
        tell()
        (letter,) = post()
        sent = email.message_from_bytes(letter.message().as_bytes(), policy=policy.default)
        raw = letter.message().as_bytes().decode()
        stop = next(line for line in raw.splitlines() if line.startswith("List-Unsubscribe: "))
        assert stop.startswith("List-Unsubscribe: <http://localhost:8000/notifications/stop/")
        assert stop.endswith("/>")  # on one line, whole, as RFC 8058 wants it
        assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert sent["Auto-Submitted"] == "auto-generated"
        assert stop.removeprefix("List-Unsubscribe: <").removesuffix(">") in letter.body

    def test_what_was_hidden_meanwhile_is_not_sent(self, follower, tell, of_benches) -> None:
        tell()
        make_mails(at=NOW)
        del of_benches[7]
        assert post() == []
        assert Mail.objects.get().given_up_at == NOW

    def test_markup_in_a_name_is_shown_not_run(self, follower, tell, of_benches) -> None:
        of_benches[7] = "<script>alert(1)</script>"
        tell()
        (letter,) = post()
        assert "<script>" not in letter.alternatives[0].content
        assert "<script>alert(1)</script>" in letter.body

    def test_a_name_cannot_write_headers(self, follower, tell, of_benches) -> None:
        of_benches[7] = "Bench\nBcc: everybody@example.org"
        tell()
        (letter,) = post()
        assert letter.message()["Bcc"] is None


class TestWhen:
    def test_without_news_there_is_no_email(self, follower) -> None:
        assert post() == []
        assert not Mail.objects.exists()

    def test_a_digest_waits_for_its_hour(self, follower, tell) -> None:
        tell("bench_sat", data={"seat": 1})
        assert post(TOMORROW - timedelta(minutes=1)) == []
        assert len(post(TOMORROW)) == 1
        assert post(TOMORROW + timedelta(days=1)) == []

    def test_a_weekly_digest_comes_on_monday(self, follower, tell) -> None:
        tell("bench_moved")
        assert post(TOMORROW) == []
        assert len(post(TOMORROW + timedelta(days=4))) == 1

    @pytest.mark.parametrize(
        ("start", "end", "hour", "is_quiet"),
        [
            ("21:00", "08:00", 23, True),
            ("21:00", "08:00", 7, True),
            ("21:00", "08:00", 8, False),
            ("21:00", "08:00", 12, False),
            ("21:00", "08:00", 21, True),
            ("12:00", "14:00", 12, True),
            ("12:00", "14:00", 14, False),
            ("12:00", "14:00", 11, False),
        ],
    )
    def test_quiet_hours_are_on_the_councils_clock(self, follower, tell, start, end, hour, is_quiet) -> None:
        save_preferences(resident=follower, channels={}, mail_on=True, quiet_from=start, quiet_until=end)
        at = NOW.replace(hour=hour - 1)  # summer time
        tell(at=at)
        assert (post(at) == []) == is_quiet
        if is_quiet:
            assert len(post(at + timedelta(hours=12))) == 1

    def test_what_was_read_on_the_site_is_no_news(self, follower, tell) -> None:
        tell()
        mark_read(resident=follower, at=NOW)
        assert post() == []

    def test_what_waits_is_dropped_when_emails_are_stopped(self, follower, tell) -> None:
        tell("bench_sat", data={"seat": 1})
        stop_mail(resident=follower)
        assert post(TOMORROW) == []

    def test_an_email_that_was_made_but_not_sent_stops_too(self, follower, tell) -> None:
        tell()
        make_mails(at=NOW)
        stop_mail(resident=follower)
        assert post() == []

    def test_a_closed_account_gets_none(self, follower, tell) -> None:
        tell()
        Account.objects.update(is_active=False)
        assert post() == []


class TestOnce:
    def test_two_runs_one_after_the_other_send_one_email(self, follower, tell) -> None:
        tell()
        assert len(post()) == 1
        assert post() == []

    def test_killed_between_making_and_sending(self, follower, tell) -> None:
        tell()
        make_mails(at=NOW)  # and the worker is killed
        assert len(post()) == 1

    def test_killed_after_claiming_it_waits_for_the_lease_and_is_sent_then(
        self, follower, tell, monkeypatch
    ) -> None:
        tell()
        make_mails(at=NOW)
        with monkeypatch.context() as patched:
            patched.setattr(EmailBackend, "send_messages", killed)
            with pytest.raises(Killed):
                send_next(clock=lambda: NOW)
        assert post(NOW + LEASE) == []
        assert len(post(NOW + LEASE + timedelta(seconds=1))) == 1

    def test_killed_after_sending_the_twin_has_the_same_message_id(self, follower, tell, monkeypatch) -> None:
        """The one case in which somebody may get two; a receiver that compares Message-IDs shows one."""
        tell()
        make_mails(at=NOW)
        with monkeypatch.context() as patched:
            patched.setattr("engage.notifications.actions.mailing._end", killed)
            with pytest.raises(Killed):
                send_next(clock=lambda: NOW)
        (first,) = outbox.outbox
        (second,) = post(NOW + LEASE + timedelta(seconds=1))
        assert first.message()["Message-ID"] == second.message()["Message-ID"]
        assert post(NOW + timedelta(days=2)) == []

    def test_a_mail_server_that_is_away_is_tried_again_and_not_for_ever(
        self, follower, tell, monkeypatch
    ) -> None:
        tell()
        at = NOW
        with monkeypatch.context() as patched:
            patched.setattr(EmailBackend, "send_messages", away)
            for wait in WAITS:
                post(at)
                assert Mail.objects.get().claimed_until == at + wait
                at += wait + timedelta(seconds=1)
            post(at)
        assert Mail.objects.get().given_up_at == at
        assert post(at + timedelta(days=9)) == []

    def test_one_that_fails_does_not_hold_up_the_others(self, follower, tell, monkeypatch) -> None:
        other = ResidentFactory()
        follow(resident=other, topic=BENCH, at=NOW)
        tell()
        real = EmailBackend.send_messages

        def choosy(backend, messages):
            return away() if messages[0].to == [follower.account.email] else real(backend, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", choosy)
        assert [letter.to for letter in post()] == [[other.account.email]]

    def test_one_that_cannot_be_written_does_not_either(self, follower, tell, monkeypatch) -> None:
        other = ResidentFactory()
        follow(resident=other, topic=BENCH, at=NOW)
        tell()
        real = letters._letter

        def stumbles(parcel, *more):
            return 1 / 0 if parcel.address == follower.account.email else real(parcel, *more)

        monkeypatch.setattr(letters, "_letter", stumbles)
        assert [letter.to for letter in post()] == [[other.account.email]]
        assert Mail.objects.get(resident=follower).claimed_until == NOW + WAITS[0]


def test_a_code_that_is_no_longer_known_is_no_news(follower, tell) -> None:
    tell("bench_sat", data={"chair": 1})  # its kind asks for a seat
    assert [item.told.title for item in inbox(follower, page=None).items] == [
        "A bench that is no longer there"
    ]
    assert post(TOMORROW) == []


class Killed(BaseException):
    """The process is gone."""


def killed(*args, **kwargs):
    raise Killed


def away(*args, **kwargs):
    raise SMTPServerDisconnected("gone")


def test_a_batch_takes_as_many_statements_for_one_as_for_thirty_and_one_for_each_email(tell) -> None:
    def statements(count: int) -> int:
        residents = ResidentFactory.create_batch(count)
        for resident in residents:
            follow(resident=resident, topic=("bench", 8), at=NOW, through="once")
        tell(topic=("bench", 8), key=str(count))
        with CaptureQueriesContext(connection) as asked:
            make_mails(at=NOW)
            assert send_next(clock=lambda: NOW) == count
        withdraw_copies(through="once")
        return len(asked) - count

    assert statements(1) == statements(30)


def test_a_notification_is_in_one_email_only(follower, tell) -> None:
    tell()
    make_mails(at=NOW)
    assert make_mails(at=NOW) is None
    assert Notification.objects.get().mail == Mail.objects.get()
