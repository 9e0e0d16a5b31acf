"""Who reads and signs the agreement of a group that was given money."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from budgets.grants.enums import Status
from budgets.grants.models import Agreement, Application
from budgets.grants.permissions.common import Someone, acts_for, leads, signatory_of
from budgets.grants.rules.flow import Who, may_move
from engage.kit.decisions import Allowed, Decision, Denied


def may_read_agreement(account: Someone, application: Application) -> Decision:
    """Whoever acts for the group, and the people who sign for it."""
    if signatory_of(account, application.organisation):
        return Allowed()
    return acts_for(account, application.organisation)


def may_sign(account: Someone, application: Application, signed: Agreement | None) -> Decision:
    """One of the people named, with their own address: once, and not in place of somebody else. Three queries."""
    signer = signatory_of(account, application.organisation)
    if signer is None:
        return Denied(
            _(
                "Only the people who are named as signing for the group sign, each from an account with their own"
                " email address. Ask them to open this page."
            )
        )
    if not (decision := may_move(Status(application.status), Status.AGREEMENT, Who.GROUP)):
        return decision
    if signer.waits:
        return Denied(
            _(
                "The group named you after it had applied, so the grants team asks the group first whether you sign"
                " for it. We write to you then."
            ),
            status=409,
        )
    if signed and (signed.first_by_id == account.pk or signed.first_name == signer.name):
        return Denied(
            _(
                "You have signed. Now somebody else who signs for the group signs, from an account of their own."
            ),
            status=409,
        )
    return Allowed()


def may_ask_to_sign(account: Someone, application: Application) -> Decision:
    """Whoever leads the group, while somebody still has to sign."""
    if not (decision := leads(account, application.organisation)):
        return decision
    return may_move(Status(application.status), Status.AGREEMENT, Who.GROUP)
