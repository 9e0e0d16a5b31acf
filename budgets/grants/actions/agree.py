"""What follows an approval: the group signs what it promises, or the money goes back to its budgets."""

from __future__ import annotations

from datetime import date, datetime

from budgets.actions import release_award
from budgets.grants import events
from budgets.grants.actions.common import GRANT_REFUSALS, hold, move_application
from budgets.grants.enums import Status
from budgets.grants.models import Agreement, Application
from budgets.grants.permissions import may_ask_to_sign, may_sign, signatory_of
from budgets.grants.queries import agreement_of, promise_of
from budgets.grants.rules.flow import Who
from budgets.grants.rules.terms import agreement
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import require
from engage.kit.refusals import writing


def sign_agreement(*, application: Application, by: Account, at: datetime) -> Agreement:
    """One of the group's people signs, as the person whose address is their account's; the second ends it.

    The terms are kept for good as they were for the first, so both sign the same.
    """
    with writing(GRANT_REFUSALS):
        held = hold(application)
        signed = agreement_of(held)
        require(may_sign(by, held, signed))
        signer = signatory_of(by, held.organisation)
        assert signer is not None
        if signed is None:
            terms = agreement(promise_of(held))
            signed = Agreement.objects.create(
                application=held, terms=terms, first_name=signer.name, first_by=by, first_at=at
            )
        else:
            signed.second_name, signed.second_by, signed.signed_at = signer.name, by, at
            signed.save(update_fields=["second_name", "second_by", "signed_at"])
            move_application(held, Status.AGREEMENT, who=Who.GROUP, by=by, at=at)
        record(events.AGREEMENT_SIGNED, subject=held, actor=by, at=at, both=signed.signed_at is not None)
    return signed


def ask_to_sign(*, application: Application, by: Account, at: datetime) -> None:
    """Write once more to everybody who may still sign."""
    with writing(GRANT_REFUSALS):
        held = hold(application)
        require(may_ask_to_sign(by, held))
        record(events.ASKED_TO_SIGN, subject=held, actor=by, at=at)


def release_commitments(*, held: Application, by: Account | None, at: datetime, on: date) -> int:
    """Free what is still promised and unpaid on every award of a held application; answers the pence released.

    The caller holds the application and moves it in the same transaction, so money and status cannot part. Budgets
    are taken by number, as everywhere, so that two joint grants cannot wait for each other.
    """
    promised = held.asks.filter(award__committed_pence__gt=0).select_related("award__budget")
    released = 0
    for ask in promised.order_by("budget_id"):
        if ask.award is not None:
            amount = ask.award.committed_pence
            release_award(award=ask.award, amount_pence=amount, on=on, by=by, at=at)
            released += amount
    return released
