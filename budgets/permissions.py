"""Who may see and move money in the back office. Everything published needs no permission."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.kit.decisions import Allowed, Decision, Denied

# Permission → the roles that carry it. Councillors decide; officers record what was decided and paid.
GRANTS: dict[str, set[str]] = {
    "budgets.allocate_budget": {"officer"},
    "budgets.record_award": {"officer"},
    "budgets.report_outcome": {"officer"},
    "budgets.add_organisation": {"officer"},
    "budgets.change_organisation": {"officer"},
    "budgets.add_callmoney": {"officer"},
    "budgets.view_callmoney": {"officer", "councillor", "auditor", "administrator"},
    "budgets.view_budget": {"officer", "councillor", "auditor", "administrator"},
    "budgets.view_award": {"officer", "councillor", "auditor", "administrator"},
    "budgets.view_entry": {"officer", "councillor", "auditor", "administrator"},
    "budgets.view_organisation": {"officer", "councillor", "auditor", "administrator"},
}

type Someone = Account | AnonymousUser


def may_allocate(account: Someone) -> Decision:
    """Open budgets, allocate to them and transfer between them."""
    return _has(account, "budgets.allocate_budget", _("Only officers can open budgets or move money."))


def may_record_award(account: Someone) -> Decision:
    """Commit, pay, release and refund."""
    return _has(
        account,
        "budgets.record_award",
        _("Only officers can record awards and payments. Ask the grants team to record this one."),
    )


def may_feed_calls(account: Someone) -> Decision:
    """Say which budgets the ideas of a call may be paid from."""
    return _has(
        account,
        "budgets.add_callmoney",
        _("Only officers can say which budgets pay for a call. Ask the grants team."),
    )


def may_report_outcome(account: Someone) -> Decision:
    return _has(
        account,
        "budgets.report_outcome",
        _("Only officers can publish results and photos. Send them to the grants team."),
    )


def _has(account: Someone, permission: str, otherwise: object) -> Decision:
    return Allowed() if account.has_perm(permission) else Denied(otherwise)  # type: ignore[arg-type]
