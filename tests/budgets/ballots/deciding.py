"""Decisions against a count, for tests."""

from budgets.ballots import actions
from budgets.ballots.models import Ballot, Departure
from engage.accounts.models import Account
from tests.budgets.ballots.factories import AFTER


def a_departure(ballot: Ballot, key: str, *, funded: bool, by: Account, second: Account | None) -> Departure:
    """Signed, and confirmed by `second` unless it still waits."""
    departure = actions.sign_departure(
        project=ballot.projects.get(key=key),
        funded=funded,
        reason="The ground is too wet.",
        by=by,
        at=AFTER,
    )
    if second is None:
        return departure
    return actions.confirm_departure(departure=departure, by=second, at=AFTER)
