"""Who decides about an ask, how much it may be, what becomes of an application, and whose turn it is.

docs/rules/grants.md is this module in prose; its worked tables are read by the tests. Amounts are whole pence.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.grants.enums import Answer, Capacity, Decides, Status
from budgets.grants.rules.flow import Who
from engage.kit.decisions import Allowed, Decision, Denied, Words
from engage.kit.money import pounds


@dataclass(frozen=True, slots=True)
class Standing:
    """One ask as the rules need it. `answer` is None while it is undecided; `councillor` whether somebody holds
    the budget and can sign in."""

    decides: Decides = Decides.COUNCILLOR
    councillor: bool = True
    interest: bool = False
    supported: bool = False
    answer: Answer | None = None


def capacity(ask: Standing) -> Capacity:
    """As whom the ask is decided. A declared interest, or nobody who could decide, makes it an officer's for good."""
    if ask.interest or not ask.councillor or ask.decides == Decides.OFFICER:
        return Capacity.OFFICER
    return Capacity.COUNCILLOR


def is_backed(ask: Standing) -> bool:
    """Whether nothing more is expected of the councillor before officers check: they said yes, said no, or may not."""
    return ask.supported or ask.answer is not None or ask.interest or not ask.councillor


def backed(asks: Collection[Standing]) -> bool:
    return bool(asks) and all(is_backed(ask) for ask in asks)


def outcome(asks: Collection[Standing]) -> Answer | None:
    """What becomes of the application: None while an ask is undecided; approved when one is; else declined."""
    answers = [ask.answer for ask in asks]
    if not answers or None in answers:
        return None
    return Answer.APPROVED if Answer.APPROVED in answers else Answer.DECLINED


def may_be_rewritten(asks: Collection[Standing]) -> Decision:
    """Whether the group may still change its words: never once somebody has approved money for them."""
    if Answer.APPROVED not in {ask.answer for ask in asks}:
        return Allowed()
    return Denied(
        _(
            "Money is approved for this application as it stands, so the group cannot be asked to change it."
            " Write to the group by e-mail, or decline the application and ask for a new one."
        ),
        status=409,
    )


def amount_fits(amount: int, *, asked: int, left: int, waiting: int) -> Decision:
    """Whether `amount` may be decided. `waiting` is what was decided from the same budget for joint grants that
    other councillors have not decided yet: it is not in the journal, and not free either."""
    if amount <= 0:
        return _wrong(_("Enter an amount above £0."))
    if amount > asked:
        return _wrong(
            _("The group asked for %(asked)s. Award %(asked)s or less, or ask it for a new application.")
            % {"asked": pounds(asked)}
        )
    if amount > left - waiting and waiting and amount <= left:
        return _wrong(
            _(
                "%(left)s is left in this budget, and %(waiting)s of it is decided for grants that wait for another"
                " councillor. Award %(room)s or less."
            )
            % {"left": pounds(left), "waiting": pounds(waiting), "room": pounds(max(left - waiting, 0))}
        )
    return Allowed()


def may_decide_now(started: Answer | None, as_whom: Capacity, ask: Standing) -> Decision:
    """Whether somebody in that capacity may decide an ask: once, and only who is meant to."""
    if started is not None:
        return Denied(_("This is decided already. A mistake is put right by a new application."), status=409)
    meant = capacity(ask)
    if meant == as_whom:
        return Allowed()
    if as_whom == Capacity.COUNCILLOR and ask.interest:
        return Denied(
            _("You declared an interest, so an officer decides about this. You need do nothing more."),
            status=409,
        )
    if as_whom == Capacity.COUNCILLOR:
        return Denied(
            _("In this scheme an officer decides about this amount. You have said your part."), status=409
        )
    return Denied(
        _(
            "The councillor whose budget it is decides about this. An officer decides only where they may not."
        ),
        status=409,
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """Who has to do something next, and what."""

    who: Who | None
    what: Words


_NOBODY = Turn(None, gettext_lazy("Nothing more to do"))
_TURNS = {
    Status.DRAFT: Turn(Who.GROUP, gettext_lazy("Finish and send it")),
    Status.SUBMITTED: Turn(Who.COUNCILLOR, gettext_lazy("Support it, or say why not")),
    Status.SUPPORTED: Turn(Who.OFFICER, gettext_lazy("Take it on and check it")),
    Status.MORE_INFORMATION: Turn(Who.GROUP, gettext_lazy("Answer the question")),
    Status.APPROVED: Turn(Who.GROUP, gettext_lazy("Sign the agreement")),
    Status.AGREEMENT: Turn(Who.PAYER, gettext_lazy("Pay it")),
    Status.PAID: Turn(Who.GROUP, gettext_lazy("Do the project, then report")),
    Status.REPORT_DUE: Turn(Who.GROUP, gettext_lazy("Send the report")),
    Status.REPORTED: Turn(Who.OFFICER, gettext_lazy("Read the report")),
    Status.RECOVERING: Turn(Who.GROUP, gettext_lazy("Pay the money back")),
}


def turn(
    status: Status, asks: Sequence[Standing] = (), *, checked: bool = False, to_read: bool = True
) -> Turn:
    """Whose turn it is. While it is checked that depends on the check, and then on who decides; once it is reported, on
    whether a report is still `to_read`."""
    if status == Status.REPORTED and not to_read:
        status = Status.PAID
    if status == Status.SUBMITTED and backed(asks):
        status = Status.SUPPORTED
    if status != Status.CHECK:
        return _TURNS.get(status, _NOBODY)
    if not checked:
        return Turn(Who.OFFICER, gettext_lazy("Check it against the principles"))
    open_to = {capacity(ask) for ask in asks if ask.answer is None}
    if Capacity.OFFICER in open_to:
        return Turn(Who.OFFICER, gettext_lazy("Decide"))
    return Turn(Who.COUNCILLOR, gettext_lazy("Decide"))


def waits_for_councillor(status: Status, ask: Standing, *, checked: bool) -> bool:
    """Whether it is this ask's councillor who has to say something next."""
    if status == Status.SUBMITTED:
        return not is_backed(ask)
    return status == Status.CHECK and checked and ask.answer is None and capacity(ask) == Capacity.COUNCILLOR


def age_in_days(since: datetime, now: datetime) -> int:
    """Whole days since then, never below nought."""
    return max(0, (now - since).days)


def _wrong(sentence: str) -> Denied:
    return Denied(sentence, status=422, field="amount")
