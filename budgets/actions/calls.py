"""Calls for ideas: which budgets their ideas may be paid from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from budgets import events
from budgets.models import Budget, CallMoney
from budgets.permissions import may_feed_calls
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import require
from ideas.models import Call


@transaction.atomic
def feed_call(*, call: Call, budgets: Collection[Budget], by: Account, at: datetime) -> int:
    """Say that the call's ideas may be paid from these budgets too. Answers how many were new."""
    require(may_feed_calls(by))
    known = set(CallMoney.objects.filter(call=call).values_list("budget_id", flat=True))
    new = [budget for budget in budgets if budget.pk not in known]
    CallMoney.objects.bulk_create(
        (CallMoney(call=call, budget=budget) for budget in new), ignore_conflicts=True
    )
    if new:
        record(events.CALL_FED, subject=call, actor=by, at=at, budgets=[budget.pk for budget in new])
    return len(new)


@transaction.atomic
def stop_feeding(*, money: CallMoney, by: Account, at: datetime) -> None:
    """The budget feeds the call no more. What was awarded from it stays awarded."""
    require(may_feed_calls(by))
    record(events.CALL_NOT_FED, subject=money.call, actor=by, at=at, budgets=[money.budget_id])
    money.delete()


@transaction.atomic
def feed_copy(*, copy: Call, at: datetime) -> int:
    """For a copied call: the budgets of the same holders a year after those that fed the original, where there are any.

    Nobody acts here: the copy was made by whoever may keep calls.
    """
    fed = Budget.objects.filter(calls_fed__call=copy.copied_from_id)
    wanted = {(budget.year + 1, budget.place_id, budget.councillor_id) for budget in fed}
    next_ones = [
        budget
        for budget in Budget.objects.filter(year__in={year for year, *_ in wanted})
        if (budget.year, budget.place_id, budget.councillor_id) in wanted
    ]
    CallMoney.objects.bulk_create(
        (CallMoney(call=copy, budget=budget) for budget in next_ones), ignore_conflicts=True
    )
    if next_ones:
        record(events.CALL_FED, subject=copy, actor=None, at=at, budgets=[each.pk for each in next_ones])
    return len(next_ones)
