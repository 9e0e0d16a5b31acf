"""Who may support, decline and decide what is asked of a budget: the rules of `rules/decisions.py` with their facts."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from budgets.grants.enums import Answer, Capacity, Status
from budgets.grants.models import Application, Ask
from budgets.grants.permissions.check import may_decide_as_officer, not_for_the_group
from budgets.grants.permissions.common import Someone, groups_of, holds
from budgets.grants.permissions.scheme import terms_of
from budgets.grants.rules import decisions as rules
from budgets.grants.rules.decisions import Standing
from budgets.grants.rules.scheme import who_decides
from engage.kit.decisions import Allowed, Decision, Denied, Words

UNDECIDED = frozenset({Status.SUBMITTED, Status.SUPPORTED, Status.CHECK, Status.MORE_INFORMATION})


def standings(application: Application, asks: Sequence[Ask]) -> list[Standing]:
    """Fetch the asks with `budget__councillor`, `interest` and `decision`, and the scheme with its `fences`."""
    terms = terms_of(application.scheme)
    return [
        Standing(
            decides=who_decides(terms, ask.amount_pence),
            councillor=bool(ask.budget.councillor and ask.budget.councillor.account_id),
            interest=hasattr(ask, "interest"),
            supported=ask.supported_at is not None,
            answer=Answer(ask.decision.answer) if hasattr(ask, "decision") else None,
        )
        for ask in asks
    ]


def standing(ask: Ask) -> Standing:
    return standings(ask.application, [ask])[0]


def may_read_ask(account: Someone, ask: Ask) -> Decision:
    """The councillor whose budget is asked, once it was sent."""
    if holds(account, ask.budget) and ask.application.submitted_at is not None:
        return Allowed()
    return Denied(
        _("This is asked of another budget than yours. Everything asked of yours is under “My grants”.")
    )


def may_support(account: Someone, ask: Ask) -> Decision:
    """The councillor, while it is new, unless they have an interest."""
    if not (decision := _own_and_free(account, ask)):
        return decision
    if ask.application.status != Status.SUBMITTED:
        return Denied(_("This is past the point where it needs your support. Reload the page."), status=409)
    return Allowed()


def may_declare_interest(account: Someone, ask: Ask) -> Decision:
    """The councillor, as long as nothing is decided."""
    if not (decision := may_read_ask(account, ask)):
        return decision
    if ask.application.status not in UNDECIDED or hasattr(ask, "decision"):
        return Denied(
            _("This is decided, so an interest changes nothing here. Tell the monitoring officer."),
            status=409,
        )
    if hasattr(ask, "interest"):
        return Denied(_("You have declared an interest already. An officer decides."), status=409)
    return Allowed()


def capacity_of(account: Someone, ask: Ask) -> Capacity:
    """As whom somebody would decide: a councillor about their own budget, everybody else as an officer."""
    return Capacity.COUNCILLOR if holds(account, ask.budget) else Capacity.OFFICER


def may_decide(account: Someone, ask: Ask, answer: Answer) -> Decision:
    """Whether somebody may give that answer now. Amount, check and dates are for the verb, which holds the budget."""
    as_whom = capacity_of(account, ask)
    allowed = may_read_ask(account, ask) if as_whom == Capacity.COUNCILLOR else may_decide_as_officer(account)
    return allowed and _at_the_right_time(account, ask, as_whom, answer)


def _at_the_right_time(account: Someone, ask: Ask, as_whom: Capacity, answer: Answer) -> Decision:
    now = Status(ask.application.status)
    found = standing(ask)
    if (
        now == Status.SUBMITTED
        and answer == Answer.DECLINED
        and as_whom == Capacity.COUNCILLOR
        and not found.interest
    ):
        # Saying no to what is asked of one's own budget needs no check, whoever would decide afterwards.
        found = Standing(supported=found.supported, answer=found.answer)
    elif now != Status.CHECK and found.answer is None:
        return Denied(_not_now(now), status=409)
    decision = rules.may_decide_now(found.answer, as_whom, found)
    if as_whom == Capacity.COUNCILLOR:
        return decision and _not_of_the_group(account, ask.application)
    return decision and not_for_the_group(account, ask.application)


def _not_now(now: Status) -> Words:
    return {
        Status.SUBMITTED: _("It is not checked yet. Support it first, then officers check it."),
        Status.SUPPORTED: _("Officers are about to check it. You can decide when they have."),
        Status.MORE_INFORMATION: _("The group was asked a question. You can decide when it has answered."),
    }.get(now, _("This application is “%(is)s”, so nothing is decided about it now.") % {"is": now.label})


def _own_and_free(account: Someone, ask: Ask) -> Decision:
    if not (decision := may_read_ask(account, ask)):
        return decision
    if hasattr(ask, "decision"):
        return Denied(_("You have decided about this already."), status=409)
    if hasattr(ask, "interest"):
        return Denied(_("You declared an interest, so an officer deals with this."), status=409)
    if ask.supported_at is not None:
        return Denied(_("You support this already."), status=409)
    return _not_of_the_group(account, ask.application)


def _not_of_the_group(account: Someone, application: Application) -> Decision:
    if application.created_by_id == account.pk or application.organisation_id in groups_of(account):
        return Denied(_("You act for this group. Declare your interest, and an officer decides."), status=409)
    return Allowed()
