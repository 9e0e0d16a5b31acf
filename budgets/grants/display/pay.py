"""Payment runs, bank details and reconciled spending, in words and rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.grants.enums import Match
from budgets.grants.models import BankAccount, SpendLine
from budgets.grants.queries import Compared, RunPage, Tally
from engage.accounts.models import Account
from engage.kit.money import pounds
from engage.kit.twins import Pence, Value


@dataclass(frozen=True, slots=True)
class RunStep:
    """One thing that happened to a run: who, and when (a moment, or the day of a payment)."""

    title: str
    who: str
    at: datetime | date | None


def person(account: Account | None) -> str:
    return (account.get_full_name() or account.email) if account else _("somebody who has left")


def run_steps(page: RunPage) -> list[RunStep]:
    """What happened so far, in order. The payer's reference and a canceller's reason are part of it."""
    run = page.run
    steps = [RunStep(_("Made up"), person(run.created_by), run.created_at)]
    if run.approved_at:
        steps.append(RunStep(_("Approved"), person(run.approved_by), run.approved_at))
    steps += [RunStep(_("Bank file taken out"), person(each.actor), each.at) for each in page.exports]
    if run.paid_on:
        words = _("Recorded as paid, bank reference %(reference)s") % {"reference": run.bank_reference}
        steps.append(RunStep(words, person(run.paid_by), run.paid_on))
    if run.cancelled_at:
        words = _("Cancelled: %(reason)s") % {"reason": run.cancel_reason}
        steps.append(RunStep(words, person(run.cancelled_by), run.cancelled_at))
    return steps


def bank_state(details: BankAccount) -> str:
    if details.refused_at:
        return _("Refused")
    return _("Confirmed") if details.confirmed_at else _("Waiting for a second person")


@dataclass(frozen=True, slots=True)
class MatchTile:
    """One figure above the report, which leads to its rows."""

    label: str
    count: int
    match: str


def match_tiles(tally: Tally) -> list[MatchTile]:
    return [
        MatchTile(str(Match.MATCHED.label), tally.matched, Match.MATCHED),
        MatchTile(str(Match.DIFFERENT.label), tally.different, Match.DIFFERENT),
        MatchTile(str(Match.MISSING.label), tally.missing, Match.MISSING),
        MatchTile(str(Match.UNKNOWN.label), tally.unknown, Match.UNKNOWN),
    ]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One row of the report, both sides in words; empty where a side has nothing."""

    match: str
    result: str
    run_url: str
    reference: str
    group: str
    paid_on: date | None
    amount: str
    theirs: str
    their_reference: str
    their_day: date | None
    their_amount: str
    where: str
    apart: str


def compared_rows(rows: Iterable[Compared]) -> list[ComparedRow]:
    return [_row(row) for row in rows]


def _row(row: Compared) -> ComparedRow:
    payment, line = row.payment, row.line
    return ComparedRow(
        match=row.match,
        result=str(row.match.label),
        run_url=reverse("staff_paymentruns:inspect", args=[payment.run_id]) if payment else "",
        reference=payment.reference if payment else "",
        group=payment.award.organisation.name if payment else "",
        paid_on=payment.run.paid_on if payment else None,
        amount=pounds(payment.amount_pence) if payment else "",
        theirs=line.supplier if line else "",
        their_reference=line.reference if line else "",
        their_day=line.paid_on if line else None,
        their_amount=pounds(line.amount_pence) if line else "",
        where=_where(line),
        apart=_apart(row.apart_pence),
    )


def _where(line: SpendLine | None) -> str:
    return _("%(file)s, line %(line)s") % {"file": line.file, "line": line.line} if line else ""


def _apart(pence: int) -> str:
    if not pence:
        return ""
    words = _("%(amount)s more than we recorded") if pence > 0 else _("%(amount)s less than we recorded")
    return words % {"amount": pounds(abs(pence))}


def compared_cells(rows: Sequence[Compared]) -> Iterator[list[Value]]:
    """The same for a spreadsheet: a line of headings, then a line for each row."""
    yield ["result", "group", "reference", "paid_on", "amount", "supplier", "their_reference", "their_date",
           "their_amount", "file", "line"]  # fmt: skip
    for row in rows:
        payment, line = row.payment, row.line
        yield [
            row.match.value,
            payment.award.organisation.name if payment else None,
            payment.reference if payment else None,
            payment.run.paid_on if payment else None,
            Pence(payment.amount_pence) if payment else None,
            line.supplier if line else None,
            line.reference if line else None,
            line.paid_on if line else None,
            Pence(line.amount_pence) if line else None,
            line.file.name if line else None,
            line.line if line else None,
        ]
