"""Who may write a report, send it, accept it, and ask for money back."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from budgets.grants.enums import Status
from budgets.grants.models import Recovery, Report
from budgets.grants.permissions.common import Someone, acts_for, leads, someone
from engage.kit.decisions import Allowed, Decision, Denied

type Asker = Callable[[Report], str]

_askers: list[Asker] = []

OPEN_FOR_REPORTS = frozenset({Status.PAID, Status.REPORT_DUE, Status.REPORTED, Status.RECOVERING})


def may_write_report(account: Someone, report: Report) -> Decision:
    """Everybody who acts for the group, until it is sent; again when it was sent back."""
    if not (decision := acts_for(account, report.application.organisation)):
        return decision
    if report.application.status not in OPEN_FOR_REPORTS:
        return Denied(_("This grant is finished, so nothing more is reported. Thank you."), status=409)
    if report.sent_at is not None:
        return Denied(
            _(
                "This report is sent, so its words stay as they are. If something is missing, we send it back."
            ),
            status=409,
        )
    return Allowed()


def may_send_report(account: Someone, report: Report) -> Decision:
    """Only who leads the group answers for it."""
    decision = may_write_report(account, report)
    return leads(account, report.application.organisation) if decision else decision


def may_accept_reports(account: Someone) -> Decision:
    return someone(
        account, "grants.accept_report", _("Only grants officers accept reports or send them back.")
    )


def may_recover(account: Someone) -> Decision:
    return someone(
        account, "grants.recover_money", _("Only grants officers ask for money back, and book what comes.")
    )


def may_end_recovery(account: Someone, recovery: Recovery) -> Decision:
    """Let money go: somebody other than who asked for it, so that nobody gives up money of the council alone."""
    if not (allowed := may_recover(account)):
        return allowed
    if recovery.asked_by_id is not None and recovery.asked_by_id == account.pk:
        return Denied(
            _("You asked for this money, so a colleague has to let the rest go. Ask one of them."), status=409
        )
    return Allowed()


def asks_of_reports(asker: Asker) -> Asker:
    """Decorator: a higher app says here, in a sentence, what a report lacks of what it asks, if anything."""
    _askers.append(asker)
    return asker


def lacking(report: Report) -> list[str]:
    """What the report lacks of what was asked of its group, a sentence each."""
    return [sentence for sentence in (asker(report) for asker in _askers) if sentence]
