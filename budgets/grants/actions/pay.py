"""Payment runs: made up, approved, taken to the bank and recorded as paid by three people; undone by refunds alone.

Locks in this order: the run, its applications by number, then budget and award in the order of budgets.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.actions import pay_award, refund_award
from budgets.grants import events
from budgets.grants.actions.common import GRANT_REFUSALS, hold, move_application
from budgets.grants.enums import RunStatus, Status
from budgets.grants.models import Application, Ask, Payment, PaymentRun, Recovery
from budgets.grants.permissions import (
    groups_of,
    may_approve_run,
    may_book_refunds,
    may_cancel_run,
    may_make_runs,
    may_pay_run,
    not_for_the_group,
)
from budgets.grants.queries import Payable, as_made, payables, payments_of
from budgets.grants.rules.bacs import Line, bank_file
from budgets.grants.rules.flow import Who
from budgets.grants.rules.pay import not_for_ones_own_group, still_as_made
from budgets.models import Award, Entry
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Decision, Denied, Refused, require
from engage.kit.money import pounds
from engage.kit.refusals import writing

# What is left to do once all the money of an application has come back.
_STILL_RUNNING = frozenset({Status.PAID, Status.REPORT_DUE, Status.REPORTED})
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody had before their eyes when they pressed the button."""

    payments: int
    total_pence: int


def make_run(*, awards: Collection[Award], by: Account, at: datetime) -> PaymentRun:
    """A run that pays each award what is left of it. Refused as a whole, naming each that cannot be paid."""
    with writing(GRANT_REFUSALS):
        require(may_make_runs(by))
        _hold_applications(award.pk for award in awards)
        found = payables(Ask.objects.filter(award__in=[award.pk for award in awards]))
        if not found or len(found) != len({award.pk for award in awards}):
            raise Refused(
                Denied(_("Choose at least one award, each with an application."), status=422, field="awards")
            )
        groups = {each.ask.application.organisation_id for each in found}
        require(not_for_ones_own_group(groups & groups_of(by)))
        _require_each([(each.ask.application, each.decision) for each in found])
        run = PaymentRun.objects.create(
            created_by=by, created_at=at, total_pence=sum(each.facts.committed_pence for each in found)
        )
        Payment.objects.bulk_create(_payment(run, n, each) for n, each in enumerate(found, start=1))
        record(events.RUN_MADE, subject=run, actor=by, at=at, **_size(run, len(found)))
    return run


def take_out(*, payment: Payment, by: Account, at: datetime) -> PaymentRun:
    """Leave one payment out of a run that nobody has approved yet."""
    with writing(GRANT_REFUSALS):
        require(may_make_runs(by))
        run = _hold_run(payment.run_id)
        if run.status != RunStatus.DRAFT:
            raise Refused(
                Denied(_("This run was approved as it is. Cancel it, and make up another."), status=409)
            )
        count = run.payments.count()
        if count == 1:
            raise Refused(Denied(_("This is its only payment. Cancel the run instead."), status=409))
        if run.payments.filter(pk=payment.pk).delete()[0]:
            run.total_pence -= payment.amount_pence
            run.save(update_fields=["total_pence"])
            record(events.RUN_CHANGED, subject=run, actor=by, at=at, **_size(run, count - 1))
    return run


def approve_run(*, run: PaymentRun, seen: Seen, by: Account, at: datetime) -> PaymentRun:
    """The second person says that what they saw is right to pay. Refused when the run, or what it pays, has changed."""
    with writing(GRANT_REFUSALS):
        held = _hold_run(run.pk)
        require(may_approve_run(by, held))
        payments = payments_of(held)
        _hold_applications(payment.award_id for payment in payments)
        if Seen(len(payments), held.total_pence) != seen:
            raise Refused(
                Denied(_("This run has changed since you opened it. Look at it again."), status=409)
            )
        _require_unchanged(payments)
        held.status, held.approved_by, held.approved_at = RunStatus.APPROVED, by, at
        held.save(update_fields=["status", "approved_by", "approved_at"])
        record(events.RUN_APPROVED, subject=held, actor=by, at=at, **_size(held, len(payments)))
    return held


def export_run(*, run: PaymentRun, by: Account, at: datetime) -> str:
    """The bank file of an approved run, for the third person. Each time is recorded and everything is asked again."""
    with writing(GRANT_REFUSALS):
        held = _hold_run(run.pk)
        require(may_pay_run(by, held))
        payments = payments_of(held)
        _hold_applications(payment.award_id for payment in payments)
        _require_unchanged(payments)
        held.exported_at = at
        held.save(update_fields=["exported_at"])
        record(events.RUN_EXPORTED, subject=held, actor=by, at=at, **_size(held, len(payments)))
        whole = held.payments.select_related("bank_account").order_by("pk")
        return bank_file([_line(payment) for payment in whole])


def pay_run(*, run: PaymentRun, on: date, bank_reference: str, by: Account, at: datetime) -> PaymentRun:
    """The bank has paid: every award of the run is paid in the journal and its application moved, or nothing is.

    `on` is the day on which the money left. The same said twice by the same person changes nothing.
    """
    with writing(GRANT_REFUSALS):
        held = _hold_run(run.pk)
        said = (held.status, held.paid_by_id, held.paid_on, held.bank_reference)
        if said == (RunStatus.PAID, by.pk, on, bank_reference):
            return held
        require(may_pay_run(by, held))
        _require_possible_day(held, on, at)
        payments = payments_of(held)
        applications = _hold_applications(payment.award_id for payment in payments)
        _require_as_the_file_says(payments)
        for payment in payments:
            payment.entry = _pay(held, payment, on=on, by=by, at=at)
            payment.open = False
            payment.save(update_fields=["entry", "open"])
        _move_paid(applications, by=by, at=at)
        held.status, held.paid_by, held.paid_on = RunStatus.PAID, by, on
        held.bank_reference = bank_reference
        held.save(update_fields=["status", "paid_by", "paid_on", "bank_reference"])
        record(events.RUN_PAID, subject=held, actor=by, at=at, **_size(held, len(payments)))
    return held


def cancel_run(
    *, run: PaymentRun, reason: str, not_sent: bool = False, by: Account, at: datetime
) -> PaymentRun:
    """Nothing of the run is paid, and its awards may go into another. `not_sent` once its bank file was taken out."""
    with writing(GRANT_REFUSALS):
        held = _hold_run(run.pk)
        require(may_cancel_run(by, held))
        if not reason.strip():
            raise Refused(Denied(_("Say why the run is cancelled."), status=422, field="reason"))
        if held.exported_at and not not_sent:
            raise Refused(
                Denied(
                    _(
                        "The bank file of this run was taken out. Make sure that it was not sent to the bank, and say"
                        " so here. If it was sent, record the run as paid."
                    ),
                    status=422,
                    field="not_sent",
                )
            )
        held.payments.update(open=False)
        held.status, held.cancelled_by, held.cancelled_at = RunStatus.CANCELLED, by, at
        held.cancel_reason = reason.strip()
        held.save(update_fields=["status", "cancelled_by", "cancelled_at", "cancel_reason"])
        record(events.RUN_CANCELLED, subject=held, actor=by, at=at)
    return held


def refund_payment(
    *, payment: Payment, amount_pence: int, on: date, note: str, key: str | None, by: Account, at: datetime
) -> Entry:
    """Money of a payment came back, for example from a closed account. Once all of an application is back, it ends.

    Refused (409) while money is asked back: there it counts towards what is still to come, and only once.
    """
    with writing(GRANT_REFUSALS):
        require(may_book_refunds(by))
        if payment.entry_id is None:
            raise Refused(
                Denied(_("This was not paid, so nothing can come back. Cancel its run."), status=409)
            )
        award = payment.award
        held = hold(Application.objects.get(asks__award=award))
        require(not_for_the_group(by, held))
        _require_nothing_asked_back(held)
        entry = refund_award(award=award, amount_pence=amount_pence, on=on, note=note, key=key, by=by, at=at)
        money_out = held.asks.filter(award__spent_pence__gt=0) | held.asks.filter(
            award__committed_pence__gt=0
        )
        if held.status in _STILL_RUNNING and not money_out.exists():
            for status in (Status.RECOVERING, Status.CLOSED):
                move_application(held, status, who=Who.OFFICER, by=by, at=at, note=note)
    return entry


# --- steps ------------------------------------------------------------------------------------------------


def _hold_run(pk: int) -> PaymentRun:
    return PaymentRun.objects.select_for_update(no_key=True).get(pk=pk)


def _hold_applications(awards: Iterable[int]) -> list[Application]:
    """Those of the awards, by their number."""
    asked = Ask.objects.filter(award__in=list(awards)).values("application")
    held = Application.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=asked)
    return list(held.order_by("pk"))


def _payment(run: PaymentRun, number: int, each: Payable) -> Payment:
    assert each.details is not None
    assert each.ask.award is not None
    return Payment(
        run=run,
        award=each.ask.award,
        bank_account=each.details,
        amount_pence=each.facts.committed_pence,
        reference=f"GRANT {run.pk}-{number}",
    )


def _line(payment: Payment) -> Line:
    details = payment.bank_account
    return Line(details.sort_code, details.number, details.holder, payment.amount_pence, payment.reference)


def _size(run: PaymentRun, payments: int) -> dict[str, int]:
    return {"payments": payments, "total_pence": run.total_pence}


def _now(payments: Sequence[Payment]) -> dict[int | None, Payable]:
    found = payables(Ask.objects.filter(award__in=[payment.award_id for payment in payments]))
    return {each.ask.award_id: each for each in found}


def _require_unchanged(payments: Sequence[Payment]) -> None:
    now = _now(payments)
    _require_each(
        [(now[each.award_id].ask.application, as_made(each, now[each.award_id])) for each in payments]
    )


def _require_as_the_file_says(payments: Sequence[Payment]) -> None:
    """The bank details were right when the file was taken out; what was entered since does not undo what was sent."""
    now = _now(payments)
    _require_each(
        [
            (
                now[each.award_id].ask.application,
                still_as_made(
                    amount_pence=each.amount_pence,
                    facts=now[each.award_id].facts.as_the_file_says(),
                    same_bank=True,
                ),
            )
            for each in payments
        ]
    )


def _require_each(decided: Sequence[tuple[Application, Decision]]) -> None:
    """Every one, or a refusal that names those that stand against it."""
    against = [
        _("“%(title)s”: %(reason)s") % {"title": application.title, "reason": decision.reason}
        for application, decision in decided
        if isinstance(decision, Denied)
    ]
    if against:
        more = len(against) - _NAMED
        if more > 0:
            words = ngettext("And %(count)d more.", "And %(count)d more.", more)
            against = [*against[:_NAMED], words % {"count": more}]
        raise Refused(Denied(" ".join([_("Nothing was done."), *against]), status=409))


def _require_possible_day(run: PaymentRun, on: date, at: datetime) -> None:
    if run.exported_at is None:
        raise Refused(
            Denied(
                _(
                    "Nobody has taken out the bank file of this run yet, so nothing was paid. Take it out first."
                ),
                status=409,
            )
        )
    first = timezone.localdate(run.exported_at if run.approved_at is None else run.approved_at)
    if not first <= on <= timezone.localdate(at):
        raise Refused(
            Denied(
                _(
                    "Enter the day on which the money left: from %(first)s, when the run was approved, to today."
                )
                % {"first": date_format(first, "j F Y")},
                status=422,
                field="on",
            )
        )


def _require_nothing_asked_back(held: Application) -> None:
    if Recovery.objects.filter(award__ask__application=held, ended_at=None).exists():
        raise Refused(
            Denied(
                _(
                    "The group was asked for money back, and this may be that money. Record it under “Money asked"
                    " back”, so that it counts once."
                ),
                status=409,
            )
        )


def _pay(run: PaymentRun, payment: Payment, *, on: date, by: Account, at: datetime) -> Entry:
    return pay_award(
        award=payment.award,
        amount_pence=payment.amount_pence,
        on=on,
        note=_("%(run)s, %(reference)s") % {"run": run, "reference": payment.reference},
        key=f"payment:{payment.pk}",
        by=by,
        at=at,
    )


def _move_paid(applications: Sequence[Application], *, by: Account, at: datetime) -> None:
    """Those of which nothing is left to pay: of a joint grant, every part has to be paid first."""
    for held in applications:
        if not held.asks.filter(award__committed_pence__gt=0).exists():
            paid = sum(held.asks.filter(award__isnull=False).values_list("award__spent_pence", flat=True))
            note = _("%(amount)s was paid.") % {"amount": pounds(paid)}
            move_application(held, Status.PAID, who=Who.PAYER, by=by, at=at, note=note, public_note=note)
