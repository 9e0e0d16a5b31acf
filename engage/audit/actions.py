"""The one verb of the record."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from engage.audit.models import Record
from engage.kit.happenings import Happening, publish


def record(
    event: str,
    *,
    subject: Model,
    actor: AbstractBaseUser | None,
    at: datetime | None = None,
    **data: Any,
) -> Record:
    """Write down that `event` happened to `subject`, and tell the reactions once the transaction commits.

    Called inside a verb's transaction, so the record exists exactly when the change does.
    `data` must be JSON; keep personal data out of it.
    """
    at = at or timezone.now()
    actor_id = actor.pk if actor is not None else None
    entry = Record.objects.create(
        at=at,
        event=event,
        actor_id=actor_id,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        data=data,
    )
    happening = Happening(event, subject.pk, actor_id, at, data, record_id=entry.pk)
    transaction.on_commit(lambda: publish(happening), robust=True)
    return entry
