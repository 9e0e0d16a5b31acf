from budgets.models.award import Award
from budgets.models.budget import Budget
from budgets.models.call_money import CallMoney
from budgets.models.entry import Entry
from budgets.models.organisation import Organisation
from budgets.models.outcome import Outcome
from budgets.models.photo import Photo
from budgets.pages import BudgetsPage

__all__ = ["Award", "Budget", "BudgetsPage", "CallMoney", "Entry", "Organisation", "Outcome", "Photo"]
