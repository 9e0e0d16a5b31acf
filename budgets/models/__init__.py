from budgets.models.award import Award
from budgets.models.budget import Budget
from budgets.models.entry import Entry
from budgets.models.organisation import Organisation
from budgets.models.outcome import Outcome
from budgets.models.photo import Photo

__all__ = ["Award", "Budget", "Entry", "Organisation", "Outcome", "Photo"]
