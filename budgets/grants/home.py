"""What grants put on the first screen of the back office: what waits for a councillor, and for grants officers."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from budgets.grants import display, queries
from budgets.grants.permissions import may_confirm_accounts, may_see_runs, may_work_queue
from engage.accounts.models import Account


class AskedOfYou(Component):
    """What groups ask of a councillor's budget, and wait for."""

    order = 52
    template_name = "grants/staff/asked_of_you.html"

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        groups = display.ask_groups(queries.my_asks(self.account).asks, now=timezone.now())
        return {"rows": groups.yours}


class ToCheck(Component):
    """The applications that have waited longest for an officer."""

    order = 55
    template_name = "grants/staff/to_check.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        waiting = queries.queue().filter(Q(turn="officer"))
        return {
            "count": waiting.count(),
            "rows": [(each, display.turn_of(each).what) for each in waiting[:5]],
            "url": f"{reverse('staff_applications:index')}?turn=officer",
        }


class ToPay(Component):
    """Bank details that wait for a second person, and payment runs that wait for their next."""

    order = 58
    template_name = "grants/staff/to_pay.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"to_do": queries.payments_to_do()}


def panels_of(account: Account) -> list[Component]:
    """The panels that this account's first screen shows."""
    panels: list[Component] = []
    if account.has_perm("grants.decide_ask") and getattr(account, "councillor", None):
        panels.append(AskedOfYou(account))
    if may_work_queue(account):
        panels.append(ToCheck())
    if may_see_runs(account) and may_confirm_accounts(account):
        panels.append(ToPay())
    return panels
