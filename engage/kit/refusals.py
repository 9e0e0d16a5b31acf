"""The database has the last word, and says it in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from engage.kit.decisions import Denied, Refused, Words

# Constraint → the sentence people read, the HTTP status, and the form's field to blame.
type Refusals = Mapping[str, tuple[Words, int, str | None]]


@contextmanager
def writing(refusals: Refusals) -> Iterator[None]:
    """One transaction; a constraint that refuses what was written becomes its sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        if constraint not in refusals:
            raise
        reason, status, field = refusals[constraint]
        raise Refused(Denied(reason, status=status, field=field)) from error
