"""The public record: every decision that everybody may read, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet

from budgets.grants.enums import Answer
from budgets.grants.models import Application, Ask, Decision, Scheme
from budgets.grants.queries.decide import whole_asks
from budgets.grants.rules.flow import PUBLIC
from engage.councillors.models import Councillor
from engage.kit.years import financial_year

DECISIONS_A_PAGE = 20
LATEST = 3


@dataclass(frozen=True, slots=True)
class Tally:
    """How many decisions, and in how many an interest was declared."""

    decisions: int
    approved: int
    declined: int
    interests: int


@dataclass(frozen=True)
class DecisionList:
    """`all` are filtered, the latest first; `page` is one sheet of them. `year` is None when every year is shown."""

    all: QuerySet[Decision]
    page: Page[Decision]
    tally: Tally
    year: int | None


@dataclass(frozen=True, slots=True)
class SchemeDecisions:
    """What the page of one scheme says of what was decided under it."""

    tally: Tally
    latest: Sequence[Decision]


@dataclass(frozen=True)
class DecisionPage:
    """One decision. `others` are those about the same application: a joint grant has one for each budget asked."""

    decision: Decision
    others: Sequence[Decision]

    @cached_property
    def application(self) -> Application:
        return self.decision.ask.application


def public_decisions() -> QuerySet[Decision]:
    """What is decided for good: never a part of a joint grant that waits for another councillor, nor of an application
    that its group took back first. One that was awarded stays in the record, whatever became of it."""
    return Decision.objects.filter(
        Q(ask__application__status__in=PUBLIC) | Q(ask__award__isnull=False)
    ).order_by("-decided_at", "-pk")


def years_decided() -> list[int]:
    """Years of schemes under which something was decided, the latest first."""
    asks = public_decisions().values("ask__application__scheme")
    return list(Scheme.objects.filter(pk__in=asks).order_by("-year").values_list("year", flat=True))


def year_of_record(years: Sequence[int], on: date) -> int:
    """The day's year when something was decided in it, else the latest with a decision."""
    this = financial_year(on)
    return this if this in years or not years else max(years)


def decision_list(decisions: QuerySet[Decision], *, year: int | None, page: object) -> DecisionList:
    """`decisions` are filtered already. Three queries."""
    shown = listed_decisions(decisions)
    return DecisionList(
        all=shown,
        page=Paginator(shown, DECISIONS_A_PAGE).get_page(page),  # type: ignore[arg-type]
        tally=tally_of(decisions),
        year=year,
    )


def listed_decisions(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """With what a row needs, and nothing that is private in an application."""
    return decisions.select_related(
        "ask__interest",
        "ask__award",
        "ask__budget__councillor",
        "ask__budget__place",
        "ask__application__organisation",
        "ask__application__place",
        "ask__application__scheme",
    ).defer(
        "ask__application__need",
        "ask__application__last_resort",
        "ask__application__who_benefits",
    )


def tally_of(decisions: QuerySet[Decision]) -> Tally:
    found = decisions.order_by().aggregate(
        decisions=Count("pk"),
        approved=Count("pk", filter=Q(answer=Answer.APPROVED)),
        declined=Count("pk", filter=Q(answer=Answer.DECLINED)),
        interests=Count("pk", filter=Q(ask__interest__isnull=False)),
    )
    return Tally(**found)


def decisions_under(scheme: Scheme) -> SchemeDecisions:
    """Two queries."""
    found = public_decisions().filter(ask__application__scheme=scheme)
    return SchemeDecisions(tally_of(found), list(listed_decisions(found)[:LATEST]))


def decisions_about(councillor: Councillor) -> Tally:
    """What was decided about everything that the councillor's budgets were asked for, by whomever."""
    return tally_of(public_decisions().filter(ask__budget__councillor=councillor))


def decision_page(pk: int) -> DecisionPage | None:
    """None when there is none that everybody may read. Five queries."""
    asks = Prefetch("ask__application__asks", whole_asks(Ask.objects.all()))
    whole = listed_decisions(public_decisions()).prefetch_related(
        asks, "ask__application__steps", "ask__application__scheme__fences"
    )
    decision = whole.filter(pk=pk).first()
    if decision is None:
        return None
    others = [
        each.decision
        for each in decision.ask.application.asks.all()
        if each.pk != decision.ask_id and hasattr(each, "decision")
    ]
    return DecisionPage(decision, others)
