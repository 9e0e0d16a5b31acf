"""The end of what is kept about people."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from engage.notifications.models import Following, Mail, News, Notification, Preference

READ_KEPT = timedelta(days=183)
KEPT = timedelta(days=548)
BATCH = 5_000


@transaction.atomic
def forget_resident(resident_id: int) -> None:
    """Everything of this app about somebody who left."""
    for model in (Following, Notification, Preference, Mail):
        model._default_manager.filter(resident=resident_id).delete()


def forget_old(*, at: datetime) -> int:
    """Read notifications after half a year, all after a year and a half, then what nothing points at any more.

    In batches, so that no lock is held for long. The answer is how many rows went.
    """
    old = Q(happened_at__lt=at - READ_KEPT, read_at__isnull=False) | Q(happened_at__lt=at - KEPT)
    gone = _in_batches(Notification, old)
    gone += _in_batches(Mail, Q(made_at__lt=at - READ_KEPT, notifications=None))
    return gone + _in_batches(
        News, Q(happened_at__lt=at - READ_KEPT, told_at__isnull=False, notifications=None)
    )


def _in_batches(model: type[Notification] | type[Mail] | type[News], which: Q) -> int:
    gone = 0
    while numbers := list(model._default_manager.filter(which).values_list("pk", flat=True)[:BATCH]):
        gone += model._default_manager.filter(pk__in=numbers).delete()[0]
    return gone
