"""Bank details: compared with a statement by a second person, or refused with a reason. Nobody is shown a number."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from budgets.grants import events
from budgets.grants.actions.common import GRANT_REFUSALS
from budgets.grants.models import BankAccount
from budgets.grants.permissions import may_confirm_bank
from budgets.grants.rules import numbers
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import writing


@sensitive_variables("sort_code", "number", "typed", "stored")
def confirm_bank(
    *, details: BankAccount, sort_code: str, number: str, how: str, by: Account, at: datetime
) -> BankAccount:
    """Say that the details are the group's: what is typed here, from a bank statement, must be what was entered.

    `how` says where it was read: "bank statement of May 2026". Which of the two numbers differs is not told.
    """
    with writing(GRANT_REFUSALS):
        held = _hold(details)
        require(may_confirm_bank(by, held))
        typed = (_read(numbers.sort_code(sort_code)), _read(numbers.account_number(number)))
        stored = (held.sort_code, held.number)
        if not all(map(secrets.compare_digest, typed, stored)):
            raise Refused(
                Denied(
                    _(
                        "These are not the numbers that the group entered. Read them from the statement again. If they"
                        " are still not the same, refuse the details and say so."
                    ),
                    status=422,
                )
            )
        if not how.strip():
            raise Refused(
                Denied(_("Say where you read the numbers, and from when it is."), status=422, field="how")
            )
        held.confirmed_by, held.confirmed_at, held.how = by, at, how.strip()
        held.save(update_fields=["confirmed_by", "confirmed_at", "how"])
        record(events.BANK_CONFIRMED, subject=held.organisation, actor=by, at=at, account=held.pk)
    return held


def refuse_bank(*, details: BankAccount, reason: str, by: Account, at: datetime) -> BankAccount:
    """The details are not used; the group reads why, and those before count again, if there were any."""
    with writing(GRANT_REFUSALS):
        held = _hold(details)
        require(may_confirm_bank(by, held))
        if not reason.strip():
            raise Refused(Denied(_("Say what is wrong. The group reads it."), status=422, field="reason"))
        held.refused_at, held.refused_by, held.refused_reason = at, by, reason.strip()
        held.save(update_fields=["refused_at", "refused_by", "refused_reason"])
        record(events.BANK_REFUSED, subject=held.organisation, actor=by, at=at, account=held.pk)
    return held


def _hold(details: BankAccount) -> BankAccount:
    held = BankAccount.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("organisation").get(pk=details.pk)


@sensitive_variables("answer")
def _read(answer: str | Denied) -> str:
    if isinstance(answer, Denied):
        raise Refused(answer)
    return answer
