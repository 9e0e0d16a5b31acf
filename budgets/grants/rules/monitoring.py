"""When reports are due, when a group is reminded, what is asked back and when a grant ends.

docs/rules/monitoring.md is this in prose.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from budgets.grants.enums import Status
from engage.kit.decisions import Allowed, Decision, Denied
from engage.kit.money import divide, pounds

# Days from the day on which a report is due to each reminder, in order.
REMINDERS = (-30, -7, 0, 14)


def due_dates(paid_on: date, months: Iterable[int]) -> list[date]:
    """The same day of the month that many months later, or the last day of a shorter month; in order."""
    return sorted({_months_on(paid_on, count) for count in months})


def _months_on(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def reminders_by(due_on: date, on: date) -> int:
    """How many reminders a report that is still to come should have had by the end of that day: 0 to 4."""
    return sum(due_on + timedelta(days=days) <= on for days in REMINDERS)


def days_over(due_on: date, on: date) -> int:
    """Days since it was due; below nought while there is time."""
    return (on - due_on).days


def may_send(used: int | None, paid: int, story: str, counted: int, expected: int) -> Decision:
    """Whether a report says all it has to: pence `used` of those `paid`, and how many of the outcomes have a number."""
    if used is None:
        return _missing("used", _("Say how much of the money you used. Enter 0 if you used none."))
    if used > paid:
        return _missing(
            "used",
            _(
                "You were paid %(paid)s, so you cannot have used more of it. Enter what you used of our money only."
            )
            % {"paid": pounds(paid)},
        )
    if not story:
        return _missing("story", _("Say in your own words what changed."))
    if counted < expected:
        return _missing(
            None, _("Give a number for everything you said you would count. Enter 0 where it was none.")
        )
    return Allowed()


@dataclass(frozen=True, slots=True)
class Paid:
    """The money of one award: what was paid and has not come back; what of it is `asked` back and still to come; and
    what was once asked back and then `let_go`."""

    kept: int
    asked: int = 0
    let_go: int = 0

    @property
    def free(self) -> int:
        """What may still be asked back. What was let go is not asked for again."""
        return max(0, self.kept - self.asked - self.let_go)


def to_ask_back(awards: Sequence[Paid], used: int) -> list[int]:
    """What each award asks back, beside what it has asked, when only `used` pence of all of them were used."""
    over = sum(each.kept - each.asked - each.let_go for each in awards) - used
    return shares(awards, max(0, over))


def shares(awards: Sequence[Paid], amount: int) -> list[int]:
    """`amount` shared between awards in proportion to what is free of each, adding up."""
    return divide(amount, [each.free for each in awards]) if amount else [0] * len(awards)


def goes_on_as(awards: Sequence[Paid], *, reported: bool, due: bool, sent: bool) -> Status:
    """Where a grant goes when nothing is asked back any more.

    It ends when its last report is accepted (`reported`), or when the group has nothing left to report of: all of the
    money is back or let go. Otherwise it is where it would be without: a report is `due`, or one was `sent`.
    """
    if reported or all(each.kept <= each.let_go for each in awards):
        return Status.CLOSED
    if due:
        return Status.REPORT_DUE
    return Status.REPORTED if sent else Status.PAID


def _missing(field: str | None, sentence: str) -> Denied:
    return Denied(sentence, status=422, field=field)
