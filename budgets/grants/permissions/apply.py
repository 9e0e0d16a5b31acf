"""Who may write an application, send it, take it back, and read what is attached to it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from budgets.grants.enums import DocumentKind, Status
from budgets.grants.models import Application, Document
from budgets.grants.permissions.common import Someone, acts_for, leads, may_read
from budgets.grants.rules.flow import OPEN_TO_CHANGE, Who, may_move
from engage.kit.decisions import Allowed, Decision, Denied


def may_write(account: Someone, application: Application) -> Decision:
    """Everybody who acts for the group, while it is a draft or waits for more information."""
    decision = acts_for(account, application.organisation)
    if not decision:
        return decision
    if application.status in OPEN_TO_CHANGE:
        return Allowed()
    return Denied(
        _(
            "This application is with the council now, so its words stay as they are."
            " If something must change, withdraw it and start a new one, or write to the grants team."
        ),
        status=409,
    )


def may_change_amounts(application: Application) -> Decision:
    """What was asked of each councillor stays once it is sent: they have read it."""
    if application.status == Status.DRAFT:
        return Allowed()
    return Denied(
        _(
            "What you ask of each councillor stays as it was when you sent it."
            " If it must change, withdraw the application and start a new one."
        ),
        status=409,
    )


def may_send(account: Someone, application: Application) -> Decision:
    """Only who leads the group signs for it."""
    decision = acts_for(account, application.organisation)
    return leads(account, application.organisation) if decision else decision


def may_withdraw(account: Someone, application: Application) -> Decision:
    decision = may_send(account, application)
    decision = decision and may_move(Status(application.status), Status.WITHDRAWN, Who.GROUP)
    return decision and nothing_paid(application)


def nothing_paid(application: Application) -> Decision:
    """Of a joint grant one part may be paid before the others. What the group has is asked back, not forgotten."""
    if (
        application.status != Status.AGREEMENT
        or not application.asks.filter(award__spent_pence__gt=0).exists()
    ):
        return Allowed()
    return Denied(
        _(
            "Part of this grant is paid, so it cannot be taken back. Ask the grants team: they ask for the money"
            " back, and then the rest is freed too."
        ),
        status=409,
    )


def may_remove_document(account: Someone, document: Document) -> Decision:
    decision = may_write(account, document.application)
    return may_be_taken_away(document.application, document) if decision else decision


def may_be_taken_away(application: Application, document: Document) -> Decision:
    """What the council may have read stays; only what was added since it asked for more may be taken away."""
    if application.status == Status.DRAFT or document.added_at >= application.status_since:
        return Allowed()
    return Denied(
        _("The council may have read this document already, so it stays. Add the right one beside it."),
        status=409,
    )


def may_read_document(account: Someone, document: Document) -> Decision:
    """Whoever may read the application. A bank statement shows more than councillors need to decide."""
    decision = may_read(account, document.application)
    if not decision or document.kind != DocumentKind.BANK_STATEMENT:
        return decision
    return may_read_statements(account, document.application)


def may_read_statements(account: Someone, application: Application) -> Decision:
    """Bank statements: the group, and the people of the council who look after applications."""
    if application.submitted_at is not None and account.has_perm("grants.view_application"):
        return Allowed()
    return acts_for(account, application.organisation)
