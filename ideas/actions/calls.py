"""Inviting ideas."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from ideas.events import (
    CALL_SAVED,
)
from ideas.models import Call
from ideas.permissions import (
    may_keep_calls,
)


@transaction.atomic
def save_call(
    *,
    title: str,
    explanation: str,
    opens_at: datetime,
    closes_at: datetime,
    by: Account,
    at: datetime,
    call: Call | None = None,
) -> Call:
    """Add a call for ideas, or make `call` be as said. Its address stays what it was when it was added."""
    require(may_keep_calls(by))
    if closes_at <= opens_at:
        sentence = _("The call must close after it opens. Choose a later date for closing.")
        raise Refused(Denied(sentence, status=422, field="closes_at"))
    call = Call.objects.select_for_update().get(pk=call.pk) if call else Call(slug=_free_slug(title))
    call.title, call.explanation, call.opens_at, call.closes_at = title, explanation, opens_at, closes_at
    call.save()
    record(CALL_SAVED, subject=call, actor=by, at=at)
    return call


def _free_slug(title: str) -> str:
    """`parks`, else `parks-2` and so on: the first that no call has."""
    stem = slugify(title)[:100] or "call"
    taken = set(Call.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for n in count(1) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)
