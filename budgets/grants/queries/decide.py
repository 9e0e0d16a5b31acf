"""What councillors are asked, and what is known when an ask is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet, Sum

from budgets.grants.enums import Verdict
from budgets.grants.models import Application, Ask, Check, Principle, Recovery, Waiver
from budgets.grants.permissions.scheme import waiting_asks
from budgets.grants.rules.checks import Finding
from budgets.models import Award, Budget
from engage.accounts.models import Account


def whole_asks(asks: QuerySet[Ask]) -> QuerySet[Ask]:
    """Asks with whose budget each is, what was declared and what was decided: for `permissions.standings`."""
    return asks.select_related(
        "budget__place", "budget__councillor", "interest", "decision", "award", "supported_by"
    ).order_by("budget_id")


def asks_of(application: Application) -> list[Ask]:
    """The asks of one application, by number of their budget, which is the order in which budgets are locked."""
    asks = list(whole_asks(application.asks.all()))
    for ask in asks:
        ask.application = application
    return asks


def findings_of(application: Application) -> list[Finding]:
    """Each principle of the application's scheme with what the check says about it; two queries, or none when
    `scheme.principles` and `checks` were fetched with it."""
    found = {check.principle_id: check for check in application.checks.all()}
    changed_at = application.changed_at
    return [_finding(each, found.get(each.pk), changed_at) for each in application.scheme.principles.all()]


def _finding(principle: Principle, check: Check | None, changed_at: datetime | None) -> Finding:
    if check is None:
        return Finding(principle.title)
    return Finding(
        principle.title,
        Verdict(check.verdict),
        check.override_reason if check.overridden_at else "",
        outdated=check.is_outdated(changed_at),
    )


def waiver_of(application: Application) -> Waiver | None:
    return Waiver.objects.filter(application=application).select_related("by").first()


def waiting_pence(budget: Budget, *, but_not: Ask | None = None) -> int:
    """What was decided from a budget for joint grants that other councillors have yet to decide."""
    decided = waiting_asks([budget], but_not=but_not)
    return decided.aggregate(sum=Sum("decision__amount_pence"))["sum"] or 0


# --- a councillor's pages --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MyAsks:
    """Everything asked of a councillor's budgets, the longest waiting first; `budgets` are theirs, newest first."""

    budgets: list[Budget]
    asks: list[Ask]


def my_asks(account: Account) -> MyAsks:
    """Six queries. Without an answer drafts: nobody but the group reads those."""
    mine = Budget.objects.filter(councillor__account=account).select_related("place", "councillor")
    asks = whole_asks(
        Ask.objects.filter(budget__councillor__account=account, application__submitted_at__isnull=False)
    )
    return MyAsks(
        budgets=list(mine.order_by("-year", "place__name")),
        asks=list(
            asks.prefetch_related(Prefetch("application", whole_applications())).order_by(
                "application__status_since", "pk"
            )
        ),
    )


def ask_page(ask_id: int) -> Ask | None:
    """One ask with its application and everything that a decision needs."""
    asks = whole_asks(Ask.objects.filter(pk=ask_id, application__submitted_at__isnull=False))
    return asks.prefetch_related(Prefetch("application", described(whole_applications()))).first()


def described(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With all that the group wrote and sent."""
    return applications.prefetch_related(
        "costs", "funders", "expected", "documents", "messages__author", "steps"
    )


def whole_applications() -> QuerySet[Application]:
    """Applications with their group, scheme, check and other asks; the same number of queries for any number."""
    return Application.objects.select_related(
        "organisation", "place", "theme", "idea__place", "scheme", "officer"
    ).prefetch_related(
        Prefetch("asks", whole_asks(Ask.objects.all())),
        Prefetch("checks", Check.objects.select_related("principle", "checked_by", "overridden_by")),
        "scheme__principles",
        "scheme__fences",
    )


# --- what everybody may read -----------------------------------------------------------------------------


def joint_award(award: Award) -> Award | None:
    """The award of the same joint grant that its results are kept on, when it is another one; two queries."""
    awards = Award.objects.filter(ask__application__asks__award=award).order_by("ask__id")
    first = awards.prefetch_related("outcomes").first()
    return None if first is None or first.pk == award.pk else first


def decided_ask(award: Award) -> Ask | None:
    """The ask that an award came from, with its decision, the steps of its application and what is asked back."""
    asks = whole_asks(Ask.objects.filter(award=award, decision__isnull=False))
    whole = whole_applications().select_related("agreement").prefetch_related("steps", "reports")
    back = Prefetch("award__recoveries", Recovery.objects.order_by("asked_at", "pk"))
    return asks.prefetch_related(Prefetch("application", whole), back).first()
