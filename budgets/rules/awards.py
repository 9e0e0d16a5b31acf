"""What an award may be paid, give back and be called: from its balances alone."""

from django.utils.translation import gettext as _

from budgets.enums import AwardStatus
from budgets.rules.balances import AwardBalance, Balance
from engage.kit.decisions import Allowed, Decision, Denied
from engage.kit.money import pounds


def status_of(award: AwardBalance, *, reported: bool) -> AwardStatus:
    """`reported`: whether an outcome has been published. It only counts once nothing is left to pay."""
    if award.committed == 0 and award.spent == 0:
        return AwardStatus.CANCELLED
    if award.spent == 0:
        return AwardStatus.APPROVED
    if award.committed > 0:
        return AwardStatus.PART_PAID
    return AwardStatus.REPORTED if reported else AwardStatus.PAID


def may_commit(budget: Balance, amount: int) -> Decision:
    if amount <= 0:
        return _not_positive()
    if amount > budget.remaining:
        return Denied(
            _(
                "You cannot award %(amount)s: that is %(over)s more than is left (%(left)s)."
                " Award %(left)s or less, or first allocate or transfer more money to this budget."
            )
            % _amounts(amount, budget.remaining),
            status=422,
            field="amount",
        )
    return Allowed()


def may_pay(award: AwardBalance, amount: int) -> Decision:
    if amount <= 0:
        return _not_positive()
    if award.committed == 0:
        return Denied(
            _("Nothing is left to pay on this award: %(paid)s of %(awarded)s was paid.")
            % {"paid": pounds(award.spent), "awarded": pounds(award.awarded)},
            status=409,
            field="amount",
        )
    if amount > award.committed:
        return Denied(
            _(
                "You cannot pay %(amount)s: that is %(over)s more than is left to pay (%(left)s)."
                " Pay %(left)s or less."
            )
            % _amounts(amount, award.committed),
            status=422,
            field="amount",
        )
    return Allowed()


def may_release(award: AwardBalance, amount: int) -> Decision:
    if amount <= 0:
        return _not_positive()
    if amount > award.committed:
        return Denied(
            _(
                "You cannot release %(amount)s: that is %(over)s more than is promised and unpaid (%(left)s)."
                " Money that was already paid comes back as a refund."
            )
            % _amounts(amount, award.committed),
            status=422,
            field="amount",
        )
    return Allowed()


def may_raise(award: AwardBalance, amount: int) -> Decision:
    """Whether the budget has the money is for the database to say."""
    if amount <= 0:
        return _not_positive()
    if award.awarded > 0 and award.committed == 0 and award.spent == 0:
        return Denied(_("This award was cancelled. Record a new award instead."), status=409)
    return Allowed()


def may_refund(award: AwardBalance, amount: int) -> Decision:
    if amount <= 0:
        return _not_positive()
    if amount > award.spent:
        return Denied(
            _(
                "You cannot book a refund of %(amount)s: that is %(over)s more than was paid (%(left)s)."
                " Money that was not paid yet is released instead."
            )
            % _amounts(amount, award.spent),
            status=422,
            field="amount",
        )
    return Allowed()


def _not_positive() -> Denied:
    return Denied(_("Enter an amount above £0."), status=422, field="amount")


def _amounts(amount: int, left: int) -> dict[str, str]:
    return {"amount": pounds(amount), "over": pounds(amount - left), "left": pounds(left)}
