"""What a scheme allows of the applications and budgets there are: the rules of `rules/scheme.py` with their facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from budgets.grants.enums import Answer, Fence, SpendKind, Status
from budgets.grants.models import Application, Ask, Scheme
from budgets.grants.permissions.common import Someone, someone
from budgets.grants.rules import scheme as rules
from budgets.grants.rules.scheme import Asked, Fences, Given, Terms, Use
from budgets.models import Award, Budget
from budgets.permissions import keeps_budgets
from engage.kit.decisions import Allowed, Decision, Denied
from engage.kit.years import year_label


def may_edit_scheme(account: Someone) -> Decision:
    return someone(
        account,
        "grants.edit_scheme",
        _(
            "Your account may not write the grant schemes. Ask an administrator of this site for the officer role."
        ),
    )


def terms_of(scheme: Scheme) -> Terms:
    """One query, for the ring-fences, unless they were fetched with the scheme."""
    fences = {fence.kind: fence.amount_pence for fence in scheme.fences.all()}
    return Terms(
        title=str(scheme),
        published=scheme.published_at is not None,
        grant_min=scheme.grant_min_pence,
        grant_max=scheme.grant_max_pence,
        opens_on=scheme.opens_on,
        closes_on=scheme.closes_on,
        decide_by=scheme.decide_by,
        joint_grants=scheme.joint_grants,
        decides=scheme.decides,
        officer_above=scheme.officer_above_pence,
        fences=Fences(capital=fences.get(Fence.CAPITAL, 0), environment=fences.get(Fence.ENVIRONMENT, 0)),
    )


def use_of(application: Application) -> Use:
    return Use(capital=application.spend_kind == SpendKind.CAPITAL, environmental=application.environmental)


# Where a part of a joint grant may be approved while another part is not decided yet.
WAITING = frozenset({Status.SUBMITTED, Status.SUPPORTED, Status.CHECK, Status.MORE_INFORMATION})


def waiting_asks(budgets: Collection[Budget], *, but_not: Ask | None = None) -> QuerySet[Ask]:
    """What was approved from these budgets for joint grants that other councillors have yet to decide."""
    found = Ask.objects.filter(
        budget__in=budgets,
        award=None,
        decision__answer=Answer.APPROVED,
        application__status__in=WAITING,
    )
    return found if but_not is None else found.exclude(pk=but_not.pk)


def given_by(budgets: Collection[Budget], *, but_not: Ask | None = None) -> dict[int, Given]:
    """What each budget has promised or paid, by use, whatever came back left out.

    What is approved and waits for another councillor (but for the ask `but_not`) counts as promised. Two queries.
    """
    found: dict[int, list[tuple[Use, int]]] = defaultdict(list)
    awards = Award.objects.filter(budget__in=budgets).values_list(
        "budget_id",
        "committed_pence",
        "spent_pence",
        "ask__application__spend_kind",
        "ask__application__environmental",
    )
    for budget_id, committed, spent, kind, environmental in awards:
        use = Use(capital=kind == SpendKind.CAPITAL, environmental=bool(environmental))
        found[budget_id].append((use, committed + spent))
    for ask in waiting_asks(budgets, but_not=but_not).select_related("application", "decision"):
        found[ask.budget_id].append((use_of(ask.application), ask.decision.amount_pence))
    return {budget.pk: Given.of(found[budget.pk]) for budget in budgets}


def asked_of(asks: Iterable[tuple[Budget, int]], *, but_not: Ask | None = None) -> list[Asked]:
    """Budgets with the amounts they are asked for, as the rules need them. Two queries, whatever their number.

    Fetch the budgets with their `place` and `councillor`: whose they are is part of the answer.
    """
    wanted = list(asks)
    given = given_by([budget for budget, _amount in wanted], but_not=but_not)
    return [
        Asked(
            holder=str(budget.councillor or budget.place),
            amount=amount,
            allocated=budget.allocated_pence,
            given=given[budget.pk],
        )
        for budget, amount in wanted
    ]


def may_ask(scheme: Scheme, asks: Sequence[tuple[Budget, int]], use: Use, *, on: date) -> Decision:
    """Whether an application may be sent on that day that asks these budgets for these amounts (pence).

    Says no with the sentence for the group: not open, too little, too much, more than is left or than the ring-fences
    leave, several budgets where there are no joint grants. Three queries.
    """
    return rules.may_ask(terms_of(scheme), asked_of(asks), use, on=on)


def may_award(ask: Ask, amount_pence: int, *, on: date) -> Decision:
    """Whether this much may be awarded on that day for one ask. Lock its budget first: others decide too.

    Fetch the ask with `application__scheme` and `budget`.
    """
    application = ask.application
    # What others were asked, or have decided: an ask that was declined gives nothing.
    others = sum(
        (each.decision.amount_pence if hasattr(each, "decision") else each.amount_pence)
        for each in application.asks.select_related("decision").exclude(pk=ask.pk)
    )
    asked = asked_of([(ask.budget, amount_pence)], but_not=ask)[0]
    return rules.may_award(terms_of(application.scheme), asked, use_of(application), others=others, on=on)


@keeps_budgets
def given_to_who_applies(budget: Budget) -> Decision:
    """Councillors' money in a year with a published scheme; a fund of a place has steps of its own, or none."""
    schemes = Scheme.objects.filter(year=budget.year, published_at__isnull=False)
    if budget.councillor_id is None or not schemes.exists():
        return Allowed()
    return Denied(
        _(
            "In %(year)s groups apply for councillors’ money, and officers check it before it is promised. So no award"
            " from such a budget is recorded by hand. Ask the group to apply; you find it under Grants."
        )
        % {"year": year_label(budget.year)},
        status=409,
        field="budget",
    )


def may_carry_over(account: Someone | None, scheme: Scheme) -> Decision:
    """Whether the budgets of the scheme's year may be opened now; nobody at all is a command of the operator."""
    if account is not None and not (decision := someone(account, "budgets.allocate_budget", _MONEY)):
        return decision
    if scheme.published_at is None:
        return Denied(
            _("Publish this scheme first: its allocation is what every councillor is given."), status=409
        )
    return Allowed()


_MONEY = _("Only officers can open budgets or move money. Ask the grants team.")
