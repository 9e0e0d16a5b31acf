"""Where officers prepare and run ballots. Forms end in a verb."""

from budgets.ballots.staff.ballots import ballots_viewset

__all__ = ["ballots_viewset"]
