"""The verbs of money, one file per journey. Each locks its budgets, lets a pure rule decide, writes one entry, and
records what happened.

Every verb takes the acting account as `by` (None for a command) and the moment as `at` (now when left out).
Amounts are whole pence. A verb that is denied raises `Refused` and leaves nothing behind. Verbs that move money
take a `key`: doing the same again with the same key answers what is already there and changes nothing.
"""

from budgets.actions.awards import (
    commit_award,
    correct_award,
    pay_award,
    raise_award,
    record_award,
    refund_award,
    release_award,
)
from budgets.actions.books import record_books_check
from budgets.actions.budgets import allocate, open_budget, transfer
from budgets.actions.calls import feed_call, feed_copy, stop_feeding
from budgets.actions.organisations import change_organisation, register_organisation
from budgets.actions.outcomes import add_photo, correct_outcome, remove_photo, report_outcome

__all__ = [
    "add_photo",
    "allocate",
    "change_organisation",
    "commit_award",
    "correct_award",
    "correct_outcome",
    "feed_call",
    "feed_copy",
    "open_budget",
    "pay_award",
    "raise_award",
    "record_award",
    "record_books_check",
    "refund_award",
    "register_organisation",
    "release_award",
    "remove_photo",
    "report_outcome",
    "stop_feeding",
    "transfer",
]
