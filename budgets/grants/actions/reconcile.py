"""The council's published spending: read all or nothing, once, and compared with what we recorded as paid."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from budgets.grants import events
from budgets.grants.actions.common import GRANT_REFUSALS
from budgets.grants.models import SpendFile, SpendLine
from budgets.grants.permissions import may_reconcile
from budgets.grants.queries import as_ours, unmatched_payments
from budgets.grants.rules.reconcile import Found, Theirs, reconcile
from budgets.grants.rules.spend_file import decoded, read_spending
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import require
from engage.kit.refusals import writing


def read_spend_file(*, name: str, content: bytes, by: Account, at: datetime) -> SpendFile:
    """Keep every payment that the file names, each with what it is to us. The file is about its first to last day.

    Raises BadFile with a sentence for each cell that cannot be read, and then nothing is kept. Refused (409) when this
    very file was read before.
    """
    require(may_reconcile(by))
    lines = read_spending(decoded(content))
    digest = hashlib.sha256(content).hexdigest()
    with writing(GRANT_REFUSALS):
        file = SpendFile.objects.create(
            name=name[-150:],
            sha256=digest,
            from_on=min(line.paid_on for line in lines),
            to_on=max(line.paid_on for line in lines),
            read_by=by,
            read_at=at,
        )
        ours = [as_ours(payment) for payment in unmatched_payments(file.from_on, file.to_on)]
        found = reconcile(ours, lines, start=file.from_on, end=file.to_on)
        SpendLine.objects.bulk_create((_line(file, line, found) for line in lines), batch_size=2000)
        record(
            events.SPENDING_RECONCILED,
            subject=file,
            actor=by,
            at=at,
            lines=len(lines),
            ours=sum(key is not None for _match, key in found.lines.values()),
            missing=len(found.missing),
        )
    return file


@transaction.atomic
def forget_spend_file(*, file: SpendFile, by: Account, at: datetime) -> None:
    """Take a file out again, for example because the council has published a corrected one for the same days."""
    require(may_reconcile(by))
    record(events.SPENDING_FORGOTTEN, subject=file, actor=by, at=at)
    file.delete()


def _line(file: SpendFile, line: Theirs, found: Found) -> SpendLine:
    match, payment = found.lines[line.line]
    return SpendLine(
        file=file,
        line=line.line,
        paid_on=line.paid_on,
        supplier=line.supplier,
        amount_pence=line.amount_pence,
        reference=line.reference,
        payment_id=payment,
        match=match,
    )
