"""What money puts on the first screen of the back office: a councillor's own budget, an officer's unpaid awards."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from budgets import display, permissions, queries
from engage.accounts.models import Account


class MyBudget(Component):
    """A councillor's budget of this year at a glance."""

    order = 50
    template_name = "budgets/staff/my_budget.html"

    def __init__(self, money: queries.CouncillorMoney) -> None:
        self.money = money

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        budget = self.money.current
        return {
            "money": self.money,
            "budget": budget,
            "year_words": display.year_words(budget.year),
            "desk_url": reverse("staff_budgets:inspect", args=[budget.pk]),
        }


class AwaitingPayment(Component):
    """The awards that have waited longest for their money."""

    order = 60
    template_name = "budgets/staff/awaiting_payment.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"awards": queries.awaiting_payment()}


def panels_of(account: Account) -> list[Component]:
    """The panels that this account's first screen shows."""
    panels: list[Component] = []
    councillor = getattr(account, "councillor", None)
    money = queries.councillor_money(councillor, today=timezone.localdate()) if councillor else None
    if money:
        panels.append(MyBudget(money))
    if permissions.may_record_award(account):
        panels.append(AwaitingPayment())
    return panels
