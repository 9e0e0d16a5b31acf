"""The flow of an application: one table that says who may move it from where to where.

`docs/rules/grants.md` holds the same table in prose, and its test reads it there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.grants.enums import Status
from engage.kit.decisions import Allowed, Decision, Denied


class Who(StrEnum):
    """In what capacity somebody moves an application."""

    GROUP = "group"
    COUNCILLOR = "councillor"
    OFFICER = "officer"
    PAYER = "payer"
    CLOCK = "clock"


class Money(StrEnum):
    """What a move does to the journal."""

    NOTHING = "nothing"
    COMMIT = "commit"
    RELEASE = "release"
    PAY = "pay"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Move:
    start: Status
    end: Status
    who: frozenset[Who]
    money: Money = Money.NOTHING


def _move(start: Status, end: Status, *who: Who, money: Money = Money.NOTHING) -> Move:
    return Move(start, end, frozenset(who), money)


S, W, M = Status, Who, Money

FLOW = (
    _move(S.DRAFT, S.SUBMITTED, W.GROUP),
    _move(S.DRAFT, S.WITHDRAWN, W.GROUP),
    _move(S.SUBMITTED, S.SUPPORTED, W.COUNCILLOR, W.OFFICER),
    _move(S.SUBMITTED, S.DECLINED, W.COUNCILLOR, W.OFFICER),
    _move(S.SUBMITTED, S.WITHDRAWN, W.GROUP),
    _move(S.SUPPORTED, S.CHECK, W.OFFICER),
    _move(S.SUPPORTED, S.DECLINED, W.OFFICER),
    _move(S.SUPPORTED, S.WITHDRAWN, W.GROUP),
    _move(S.CHECK, S.MORE_INFORMATION, W.OFFICER),
    _move(S.CHECK, S.APPROVED, W.COUNCILLOR, W.OFFICER, money=M.COMMIT),
    _move(S.CHECK, S.DECLINED, W.COUNCILLOR, W.OFFICER),
    _move(S.CHECK, S.WITHDRAWN, W.GROUP),
    _move(S.MORE_INFORMATION, S.CHECK, W.GROUP),
    _move(S.MORE_INFORMATION, S.WITHDRAWN, W.GROUP),
    _move(S.MORE_INFORMATION, S.DECLINED, W.OFFICER),
    _move(S.APPROVED, S.AGREEMENT, W.GROUP),
    _move(S.APPROVED, S.WITHDRAWN, W.GROUP, money=M.RELEASE),
    _move(S.APPROVED, S.DECLINED, W.OFFICER, money=M.RELEASE),
    _move(S.AGREEMENT, S.PAID, W.PAYER, money=M.PAY),
    _move(S.AGREEMENT, S.WITHDRAWN, W.GROUP, money=M.RELEASE),
    _move(S.AGREEMENT, S.DECLINED, W.OFFICER, money=M.RELEASE),
    _move(S.AGREEMENT, S.RECOVERING, W.OFFICER, money=M.RELEASE),
    _move(S.PAID, S.REPORT_DUE, W.CLOCK),
    _move(S.PAID, S.REPORTED, W.GROUP),
    _move(S.PAID, S.RECOVERING, W.OFFICER),
    _move(S.REPORT_DUE, S.REPORTED, W.GROUP),
    _move(S.REPORT_DUE, S.RECOVERING, W.OFFICER),
    _move(S.REPORTED, S.REPORT_DUE, W.OFFICER, W.CLOCK),
    _move(S.REPORTED, S.RECOVERING, W.OFFICER),
    _move(S.REPORTED, S.CLOSED, W.OFFICER),
    _move(S.RECOVERING, S.PAID, W.OFFICER, money=M.REFUND),
    _move(S.RECOVERING, S.REPORT_DUE, W.OFFICER, money=M.REFUND),
    _move(S.RECOVERING, S.REPORTED, W.OFFICER, money=M.REFUND),
    _move(S.RECOVERING, S.CLOSED, W.OFFICER, money=M.REFUND),
)

# What residents and groups read; officers read the names of the statuses themselves.
PUBLIC_NAMES = {
    S.DRAFT: gettext_lazy("Being written"),
    S.SUBMITTED: gettext_lazy("Sent to the councillor"),
    S.SUPPORTED: gettext_lazy("Backed by the councillor"),
    S.CHECK: gettext_lazy("Being checked"),
    S.MORE_INFORMATION: gettext_lazy("Waiting for the group"),
    S.APPROVED: gettext_lazy("Approved"),
    S.DECLINED: gettext_lazy("Not approved"),
    S.AGREEMENT: gettext_lazy("Agreed, waiting to be paid"),
    S.PAID: gettext_lazy("Paid"),
    S.REPORT_DUE: gettext_lazy("Report due"),
    S.REPORTED: gettext_lazy("Group has reported"),
    S.CLOSED: gettext_lazy("Finished"),
    S.WITHDRAWN: gettext_lazy("Withdrawn by the group"),
    S.RECOVERING: gettext_lazy("Money is being paid back"),
}

# From these on, everybody may read that the application was made and what became of it.
PUBLIC = frozenset(S) - {S.DRAFT, S.SUBMITTED, S.SUPPORTED, S.CHECK, S.MORE_INFORMATION, S.WITHDRAWN}
OPEN_TO_CHANGE = frozenset({S.DRAFT, S.MORE_INFORMATION})
ENDED = frozenset({S.DECLINED, S.WITHDRAWN, S.CLOSED})


def move(start: Status, end: Status) -> Move | None:
    return next((each for each in FLOW if each.start == start and each.end == end), None)


def may_move(start: Status, end: Status, who: Who) -> Decision:
    """Whether somebody in the capacity `who` may move an application from `start` to `end`."""
    found = move(start, end)
    if found is None:
        return Denied(
            _(
                "This application is “%(is)s”, so it cannot become “%(wanted)s”."
                " Reload the page to see where it is now."
            )
            % {"is": start.label, "wanted": end.label},
            status=409,
        )
    if who not in found.who:
        return Denied(
            _("An application that is “%(is)s” is made “%(wanted)s” by somebody else. Ask the grants team.")
            % {"is": start.label, "wanted": end.label}
        )
    return Allowed()
