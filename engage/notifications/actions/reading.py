"""What was read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from engage.notifications.models import Notification
from engage.notifications.queries import forget_standing
from engage.residents.models import Resident


@transaction.atomic
def mark_read(*, resident: Resident, at: datetime, notification_id: int | None = None) -> int:
    """Mark one of the resident's notifications as read, or all of them. The answer is how many were not.

    What was read here is no news any more, so no email brings it again.
    """
    found = Notification.objects.unread().filter(resident=resident)
    if notification_id is not None:
        found = found.filter(pk=notification_id)
    unmailed = found.filter(mail=None).update(read_at=at, mail_due_at=None)
    count = unmailed + found.update(read_at=at)
    forget_standing(resident)
    return count
