"""Who confirms bank details, makes up, approves and pays runs, and reconciles: one role may, one person not all."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from budgets.grants.enums import RunStatus
from budgets.grants.models import Ask, BankAccount, PaymentRun
from budgets.grants.permissions.common import Someone, groups_of, someone
from budgets.grants.rules import pay
from budgets.models import Award
from budgets.permissions import keeps_awards
from engage.kit.decisions import Allowed, Decision, Denied


def may_confirm_accounts(account: Someone) -> Decision:
    return someone(
        account,
        "grants.confirm_bank",
        _(
            "Only grants officers confirm bank details. Ask an administrator of this site for the officer role."
        ),
    )


def may_confirm_bank(account: Someone, details: BankAccount) -> Decision:
    """Somebody other than who entered them, and nobody of the group."""
    allowed = may_confirm_accounts(account)
    if not allowed:
        return allowed
    if details.confirmed_at or details.refused_at:
        return Denied(_("These bank details were dealt with already. Reload the list."), status=409)
    if details.entered_by_id == account.pk:
        return Denied(
            _("You entered these bank details, so somebody else must confirm them. Ask a colleague."),
            status=409,
        )
    return pay.not_for_ones_own_group(groups_of(account) & {details.organisation_id})


@keeps_awards
def paid_in_runs(award: Award) -> Decision:
    """The money of an application moves by its own steps alone, each by somebody else; see docs/rules/payments.md."""
    if not Ask.objects.filter(award=award).exists():
        return Allowed()
    return Denied(
        _(
            "This award comes from an application, so it is paid in a payment run, and what is not needed or comes"
            " back is booked from there. Open it under Grants."
        ),
        status=409,
    )


def may_see_runs(account: Someone) -> Decision:
    return someone(
        account,
        "grants.view_paymentrun",
        _("Only officers and auditors see payment runs. Ask an administrator of this site."),
    )


def may_make_runs(account: Someone) -> Decision:
    return someone(
        account,
        "grants.make_run",
        _(
            "Only grants officers make up payment runs. Ask an administrator of this site for the officer role."
        ),
    )


def may_approve_run(account: Someone, run: PaymentRun) -> Decision:
    allowed = someone(
        account,
        "grants.approve_run",
        _("Only officers and administrators approve payment runs. Ask one of them."),
    )
    return allowed and pay.may_approve(account.pk or 0, RunStatus(run.status), people_of(account, run))


def may_pay_run(account: Someone, run: PaymentRun) -> Decision:
    """The bank file and the record that it was paid, both by the third person."""
    allowed = someone(account, "grants.pay_run", _("Only grants officers pay runs. Ask one of them."))
    return allowed and pay.may_pay(account.pk or 0, RunStatus(run.status), people_of(account, run))


def may_cancel_run(account: Someone, run: PaymentRun) -> Decision:
    """Once the bank file was taken out, its maker cannot: paying twice would take one person and one untrue word."""
    if not account.has_perm("grants.approve_run"):
        return may_make_runs(account)
    if run.status not in {RunStatus.DRAFT, RunStatus.APPROVED}:
        return Denied(
            _("This run is “%(status)s” now. What was paid is undone by a refund alone.")
            % {"status": run.get_status_display()},
            status=409,
        )
    if run.exported_at and account.pk != run.approved_by_id and not may_pay_run(account, run):
        return Denied(
            _(
                "The bank file of this run was taken out. Now it is cancelled by who approved it, or by a third person"
                " who may pay it. Ask one of them."
            ),
            status=409,
        )
    return Allowed()


def may_book_refunds(account: Someone) -> Decision:
    return someone(
        account, "grants.recover_money", _("Only grants officers book what came back. Ask one of them.")
    )


def may_reconcile(account: Someone) -> Decision:
    return someone(
        account,
        "grants.reconcile_spending",
        _("Only officers and auditors reconcile payments. Ask an administrator of this site."),
    )


def people_of(account: Someone, run: PaymentRun) -> pay.People:
    """Who did what with the run so far; two queries."""
    groups = run.payments.values_list("award__organisation_id", flat=True)
    return pay.People(
        made_by=run.created_by_id,
        approved_by=run.approved_by_id,
        groups=frozenset(groups),
        mine=groups_of(account),
    )
