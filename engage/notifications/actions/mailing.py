"""Emails: made, claimed, sent. The rule for sending once is in docs/guide/notifications.md and at `send_next`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import mailers
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.timezone import localtime

from engage.notifications.letters import letters
from engage.notifications.models import Mail, Notification, Preference
from engage.notifications.models.preference import quiet

log = logging.getLogger(__name__)

MAKE = 500
SEND = 50
LEASE = timedelta(minutes=10)
# After a failure; the last one ends it.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 120, 360, 720, 1440))


@transaction.atomic
def make_mails(*, at: datetime, after: int = 0, batch: int = MAKE) -> int | None:
    """One email for each of the next `batch` residents (by number, from `after`) for whom something is due.

    The answer is the last of them, or None when there is nobody left. What is due in somebody's quiet hours
    waits, because they are passed over until the hours end. The emails and what they took commit together, so a
    run that was killed goes on where it stood, and a notification is in one email only.
    """
    silent = Preference.objects.filter(Q(mail_on=False) | quiet(localtime(at).time()))
    due = Notification.objects.due(at).exclude(resident__in=silent.values("resident"))
    waiting = due.filter(resident__gt=after, resident__account__is_active=True)
    residents = list(waiting.order_by("resident").values_list("resident", flat=True).distinct()[:batch])
    if not residents:
        return None
    taken = list(
        due.filter(resident__in=residents)
        .select_for_update(of=("self",), skip_locked=True, no_key=True)
        .values_list("pk", "resident")
    )
    made = Mail.objects.bulk_create(
        Mail(resident_id=resident, made_at=at) for resident in sorted({resident for _pk, resident in taken})
    )
    _put_in(made, [pk for pk, _resident in taken])
    return residents[-1]


def send_next(*, clock: Callable[[], datetime], batch: int = SEND) -> int:
    """Send the next emails that wait. The answer is how many were claimed, sent or not.

    Claim → send → done. Each claim is committed before anything is sent, so no two workers send the same; each
    email is marked as sent right after the mail server took it. A worker that dies between the two leaves at
    most one email in doubt: after LEASE it is sent again with the same Message-ID, so that a receiver can drop the
    twin. Never lost, once in the ordinary case, and at worst one email of one worker twice.
    """
    until = clock() + LEASE
    claimed = _claim(clock(), until, batch)
    mailer = mailers.default
    try:
        for mail, write in letters(claimed):
            if clock() > until:
                break  # somebody else may have claimed them by now
            try:
                letter = write()
                if letter is not None:
                    mailer.send_messages([letter])
            except (SMTPException, OSError) as reason:
                log.warning("Email %s was not sent: %s", mail.pk, type(reason).__name__)
                _put_off(mail, clock())
            except Exception:
                # One that cannot be written must not hold up those behind it.
                log.exception("Email %s could not be written", mail.pk)
                _put_off(mail, clock())
            else:
                _end(mail, **({"sent_at": clock()} if letter is not None else {"given_up_at": clock()}))
    finally:
        mailer.close()
    return len(claimed)


@transaction.atomic
def _claim(at: datetime, until: datetime, batch: int) -> list[int]:
    free = Q(claimed_until=None) | Q(claimed_until__lt=at)
    waiting = Mail.objects.filter(free, sent_at=None, given_up_at=None).order_by("pk")
    numbers = list(
        waiting.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True)[:batch]
    )
    Mail.objects.filter(pk__in=numbers).update(claimed_until=until, attempts=F("attempts") + 1)
    return numbers


def _put_off(mail: Mail, at: datetime) -> None:
    """Try again later, longer each time, and not for ever."""
    if mail.attempts > len(WAITS):
        _end(mail, given_up_at=at)
    else:
        _end(mail, claimed_until=at + WAITS[mail.attempts - 1])


def _end(mail: Mail, **moments: datetime) -> None:
    Mail.objects.filter(pk=mail.pk).update(**moments)


def _put_in(mails: list[Mail], notifications: list[int]) -> None:
    """Each notification into its resident's email, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notifications_notification n SET mail_id = m.id FROM notifications_mail m"
            " WHERE n.id = ANY (%s) AND m.id = ANY (%s) AND n.resident_id = m.resident_id",
            [notifications, [mail.pk for mail in mails]],
        )
