"""What is to be paid, and payment runs: what officers see before money moves, and what the verbs ask once more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from budgets.grants import events
from budgets.grants.enums import DocumentKind, RunStatus, Status, Verdict
from budgets.grants.models import Application, Ask, BankAccount, Document, Payment, PaymentRun, Signatory
from budgets.grants.rules.bacs import printed
from budgets.grants.rules.pay import Bank, Facts, may_be_paid, still_as_made
from budgets.models import Organisation
from engage.audit.models import Record
from engage.kit.decisions import Decision

LISTED = 500


@dataclass(frozen=True, slots=True)
class Payable:
    """One award with an application, and whether it may be paid now. `details` are those that count, if any."""

    ask: Ask
    facts: Facts
    details: BankAccount | None

    @property
    def decision(self) -> Decision:
        return may_be_paid(self.facts)


@dataclass(frozen=True, slots=True)
class ToPay:
    """What is signed for and unpaid: what may be paid now, and what has to wait, with its reason."""

    ready: list[Payable]
    waiting: list[Payable]


def accounts() -> QuerySet[BankAccount]:
    """Bank details without the numbers in them, which nothing but the comparison and the bank file needs."""
    return BankAccount.objects.defer("sort_code", "number")


def details_of(organisations: Iterable[int]) -> dict[int, BankAccount]:
    """The details that count: by organisation, the newest that were not refused."""
    newest = accounts().filter(organisation__in=organisations, refused_at=None)
    in_order = newest.order_by("organisation_id", "-entered_at", "-id").distinct("organisation_id")
    return {each.organisation_id: each for each in in_order}


def current_details(organisation: Organisation) -> BankAccount | None:
    """The details that count for one group, or None when it gave none, or all were refused."""
    return details_of([organisation.pk]).get(organisation.pk)


def details_before(details: BankAccount) -> BankAccount | None:
    """What the group was paid into until these were entered, if it was."""
    earlier = accounts().filter(organisation=details.organisation_id, confirmed_at__isnull=False)
    in_time = earlier.filter(entered_at__lt=details.entered_at).select_related("confirmed_by")
    return in_time.order_by("-entered_at", "-id").first()


def statements_of(organisation_id: int) -> list[Document]:
    """The newest bank statements that a group sent with its applications, to read the numbers from."""
    sent = Document.objects.filter(
        application__organisation=organisation_id, kind=DocumentKind.BANK_STATEMENT
    )
    return list(sent.select_related("application").order_by("-added_at", "-pk")[:5])


@dataclass(frozen=True, slots=True)
class PaymentsToDo:
    """How many bank details and people who sign wait for a second person, and the open runs, the oldest first."""

    details: int
    signatories: int
    runs: list[PaymentRun]


def payments_to_do() -> PaymentsToDo:
    """Three queries."""
    signing = Signatory.objects.filter(waits=True)
    waiting = BankAccount.objects.filter(confirmed_at=None, refused_at=None)
    open_runs = PaymentRun.objects.filter(status__in=[RunStatus.DRAFT, RunStatus.APPROVED])
    return PaymentsToDo(waiting.count(), signing.count(), list(open_runs.order_by("created_at")))


def payables(asks: QuerySet[Ask]) -> list[Payable]:
    """Three queries, however many asks. Each ask has its award and application."""
    found = list(
        asks.filter(award__isnull=False)
        .select_related(
            "award__budget__place", "award__budget__councillor", "award__organisation", "application"
        )
        .annotate(
            blocks=Count(
                "application__checks",
                filter=Q(application__checks__verdict=Verdict.BLOCK, application__checks__overridden_at=None),
            ),
            signers_wait=Exists(
                Signatory.objects.filter(organisation=OuterRef("application__organisation"), waits=True)
            ),
        )
        .order_by("application__status_since", "pk")
    )
    details = details_of({ask.application.organisation_id for ask in found})
    runs = dict(
        Payment.objects.filter(open=True, award__in=[ask.award_id for ask in found]).values_list(
            "award", "run"
        )
    )
    return [_payable(ask, details.get(ask.application.organisation_id), runs) for ask in found]


def _payable(ask: Ask, details: BankAccount | None, runs: dict[int, int]) -> Payable:
    assert ask.award is not None
    facts = Facts(
        status=Status(ask.application.status),
        committed_pence=ask.award.committed_pence,
        bank=_bank(details),
        printable=details is None or bool(printed(details.holder)),
        blocks=ask.blocks,  # type: ignore[attr-defined]  # annotated above
        run=runs.get(ask.award.pk),
        signers_wait=ask.signers_wait,  # type: ignore[attr-defined]
    )
    return Payable(ask, facts, details)


def _bank(details: BankAccount | None) -> Bank:
    if details is None:
        return Bank.NONE
    return Bank.CONFIRMED if details.confirmed_at else Bank.WAITING


def to_pay() -> ToPay:
    """What officers choose a run from: the longest waiting first, at most 500 at a time."""
    signed = Ask.objects.filter(application__status=Status.AGREEMENT, award__committed_pence__gt=0)
    found = payables(signed)[:LISTED]
    return ToPay(
        ready=[each for each in found if each.decision],
        waiting=[each for each in found if not each.decision],
    )


# --- one run ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment of a run. `decision` says of an open one whether it may still go on as it was made up.

    `changed_after_file`: the group has given other details since the bank file was last taken out.
    """

    payment: Payment
    application: Application
    decision: Decision
    changed_after_file: bool


@dataclass(frozen=True, slots=True)
class RunPage:
    """A run with its payments, and who took its bank file out when."""

    run: PaymentRun
    rows: Sequence[PaymentRow]
    exports: Sequence[Record]

    @property
    def sound(self) -> bool:
        return all(row.decision for row in self.rows)


def runs() -> QuerySet[PaymentRun]:
    return PaymentRun.objects.select_related("created_by", "approved_by", "paid_by", "cancelled_by")


def payments_of(run: PaymentRun) -> list[Payment]:
    """In the order of their budgets, in which budgets are locked, so that two runs cannot wait for each other."""
    found = run.payments.select_related("award__budget", "award__organisation", "award__ask__application")
    return list(found.order_by("award__budget_id", "pk"))


def run_page(run_id: int) -> RunPage | None:
    """Six queries, however many payments."""
    run = runs().filter(pk=run_id).first()
    if run is None:
        return None
    exports = Record.objects.filter(
        event=events.RUN_EXPORTED, subject_type=PaymentRun._meta.label_lower, subject_id=run.pk
    )
    return RunPage(run, rows_of(run), list(exports.select_related("actor").order_by("at")))


def rows_of(run: PaymentRun) -> list[PaymentRow]:
    """Each payment with what is known of its award now."""
    found = (
        run.payments.select_related(
            "award__organisation",
            "award__budget__councillor",
            "award__budget__place",
            "award__ask__application",
            "bank_account",
        )
        .defer("bank_account__sort_code", "bank_account__number")
        .order_by("pk")
    )
    payments = list(found)
    now = {each.ask.award_id: each for each in payables(_asks_of(payments))}
    return [_row(run, payment, now[payment.award_id]) for payment in payments]


def _asks_of(payments: Collection[Payment]) -> QuerySet[Ask]:
    return Ask.objects.filter(award__in=[payment.award_id for payment in payments])


def _row(run: PaymentRun, payment: Payment, now: Payable) -> PaymentRow:
    return PaymentRow(
        payment,
        now.ask.application,
        as_made(payment, now),
        changed_after_file=bool(
            payment.open and run.exported_at and now.details and now.details.entered_at > run.exported_at
        ),
    )


def as_made(payment: Payment, now: Payable) -> Decision:
    """Whether the payment may go on; that it is in this very run stands against nothing."""
    return still_as_made(
        amount_pence=payment.amount_pence,
        facts=now.facts.outside_a_run(),
        same_bank=now.details is not None and now.details.pk == payment.bank_account_id,
    )


def being_paid(application: Application) -> Payment | None:
    """A payment of the application whose run is approved, so that the money may be on its way."""
    on_the_way = Payment.objects.filter(open=True, award__ask__application=application)
    return on_the_way.filter(run__approved_at__isnull=False).select_related("run").first()
