"""Our payments beside the council's published spending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from budgets.grants.enums import Match, RunStatus
from budgets.grants.models import Payment, SpendFile, SpendLine
from budgets.grants.rules.reconcile import EARLIEST, LATEST, THRESHOLD_PENCE, Ours

OURS = (Match.MATCHED, Match.DIFFERENT)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many payments, or lines of the files, came out how."""

    matched: int = 0
    different: int = 0
    missing: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """One row of the report: a payment of ours, a line of theirs, or both."""

    match: Match
    payment: Payment | None = None
    line: SpendLine | None = None

    @property
    def apart_pence(self) -> int:
        """How much more the council published than we recorded; only where both are there."""
        if self.payment is None or self.line is None:
            return 0
        return self.line.amount_pence - self.payment.amount_pence


def spend_files() -> QuerySet[SpendFile]:
    """The newest first, each with how many payments it names and how many of them are ours."""
    return SpendFile.objects.select_related("read_by").annotate(
        payments_named=Count("lines"), of_ours=Count("lines__payment")
    )


def unmatched_payments(start: date, end: date) -> list[Payment]:
    """What was paid near these days and has no line in any file yet."""
    near = _paid().filter(run__paid_on__range=(start - LATEST, end + EARLIEST))
    return list(near.filter(spend_lines=None))


def as_ours(payment: Payment) -> Ours:
    """A paid payment in the words of the rule."""
    assert payment.run.paid_on is not None
    return Ours(
        key=payment.pk,
        paid_on=payment.run.paid_on,
        payee=payment.award.organisation.name,
        holder=payment.bank_account.holder,
        amount_pence=payment.amount_pence,
        reference=payment.reference,
    )


def missing_payments(file: SpendFile | None = None) -> QuerySet[Payment]:
    """Payments above £500 of a time that some file is about, or this one, which no file names."""
    about = SpendFile.objects.filter(
        from_on__lte=OuterRef("run__paid_on"), to_on__gte=OuterRef("run__paid_on")
    )
    if file is not None:
        about = about.filter(pk=file.pk)
    expected = _paid().filter(amount_pence__gt=THRESHOLD_PENCE, spend_lines=None)
    return expected.filter(Exists(about)).order_by("run__paid_on", "pk")


def compared_lines(file: SpendFile | None = None, match: Match | None = None) -> QuerySet[SpendLine]:
    """Lines of one file or of all: those that are ours, unless another match is asked for."""
    lines = SpendLine.objects.filter(match__in=OURS if match is None else [match])
    if file is not None:
        lines = lines.filter(file=file)
    whole = lines.select_related(
        "file", "payment__run", "payment__award__organisation", "payment__award__ask__application"
    )
    return whole.order_by("paid_on", "file", "line")


def tally(file: SpendFile | None = None) -> Tally:
    """Two queries."""
    lines = SpendLine.objects.all() if file is None else file.lines.all()
    counts = dict(lines.order_by().values_list("match").annotate(Count("pk")))
    return Tally(
        matched=counts.get(Match.MATCHED, 0),
        different=counts.get(Match.DIFFERENT, 0),
        missing=missing_payments(file).count(),
        unknown=counts.get(Match.UNKNOWN, 0),
    )


def comparison(file: SpendFile | None, match: Match | None, *, most: int) -> Sequence[Compared]:
    """The rows of the report: what is missing first, then the lines by their day. Two queries."""
    rows: list[Compared] = []
    if match in {None, Match.MISSING}:
        rows += [Compared(Match.MISSING, payment=each) for each in missing_payments(file)[:most]]
    if match != Match.MISSING:
        lines = compared_lines(file, match)[: most - len(rows)]
        rows += [Compared(Match(each.match), payment=each.payment, line=each) for each in lines]
    return rows


def _paid() -> QuerySet[Payment]:
    whole = Payment.objects.filter(run__status=RunStatus.PAID).select_related(
        "run", "award__organisation", "award__ask__application", "bank_account"
    )
    return whole.defer("bank_account__sort_code", "bank_account__number")
