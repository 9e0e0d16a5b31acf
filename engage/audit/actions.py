"""The one verb of the record, and how to let it write many at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from engage.audit.models import Record
from engage.kit.happenings import Happening, publish

_waiting: ContextVar[list[Record] | None] = ContextVar("waiting", default=None)


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
    entry = Record(
        at=at,
        event=event,
        actor_id=actor_id,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        data=data,
    )
    if (waiting := _waiting.get()) is None:
        entry.save(force_insert=True)
    else:
        waiting.append(entry)
    transaction.on_commit(
        lambda: publish(Happening(event, entry.subject_id, actor_id, at, data, record_id=entry.pk)),
        robust=True,
    )
    return entry


@contextmanager
def recorded_together() -> Iterator[None]:
    """What is recorded within is written at the end, all at once and in its order: for loading much.

    One transaction, and only around verbs that do not read the record.
    """
    waiting: list[Record] = []
    with transaction.atomic():
        mark = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(mark)
        Record.objects.bulk_create(waiting, batch_size=1000)
