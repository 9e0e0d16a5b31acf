"""The check that every balance adds up."""

from collections.abc import Sequence
from datetime import datetime

from budgets import events
from budgets.actions.common import REFUSALS
from budgets.models import Entry
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.refusals import writing


def record_books_check(
    *, entries: int, budgets: int, problems: Sequence[str], by: Account | None, at: datetime | None = None
) -> None:
    """Write down that every balance was added up again, up to the last entry, and what did not add up."""
    with writing(REFUSALS):
        last = Entry.objects.order_by("pk").last()
        if last is not None:
            record(
                events.LEDGER_CHECKED,
                subject=last,
                actor=by,
                at=at,
                entries=entries,
                budgets=budgets,
                problems=list(problems),
            )
