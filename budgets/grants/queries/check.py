"""The officers' queue, and everything about one application on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Permission
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When

from budgets.grants.enums import Decides, Status, Verdict
from budgets.grants.models import Agreement, Application, Ask, Check, Principle, Report, Waiver
from budgets.grants.queries.decide import described, whole_applications
from budgets.grants.queries.likeness import Alike, groups_like
from budgets.grants.queries.reports import overdue_reports
from budgets.grants.rules.checks import (
    PURPOSE_ALIKE,
    TITLE_ALIKE,
    Likeness,
    Overlap,
    overlaps,
    weight,
)
from budgets.models import Award, Budget
from engage.accounts.models import Account

MOST_OVERLAPS = 12
LOOKED_AT = 100


# --- the queue -------------------------------------------------------------------------------------------


def queue() -> QuerySet[Application]:
    """Everything that was sent, with what its row says. `turn` is a value of `rules.flow.Who`, or empty.

    The database says whose turn it is as `rules.decisions.turn` does, so that the list can be filtered and sorted.
    """
    return (
        _with_reports(whole_applications())
        .filter(submitted_at__isnull=False)
        .annotate(turn=_turn())
        .annotate(first=Case(When(turn="officer", then=0), When(turn="", then=2), default=1))
        .order_by("first", "status_since", "pk")
    )


def _with_reports(applications: QuerySet[Application]) -> QuerySet[Application]:
    """`to_read` says whether a report was sent that no officer has accepted yet."""
    unread = Report.objects.filter(application=OuterRef("pk"), sent_at__isnull=False, accepted_at=None)
    return applications.annotate(to_read=Exists(unread))


def _turn() -> Case:
    asks = Ask.objects.filter(application=OuterRef("pk"))
    nobody = Q(budget__councillor__account=None)
    unanswered = asks.filter(supported_at=None, decision=None, interest=None).exclude(nobody)
    officers = asks.filter(decision=None).filter(
        nobody
        | Q(interest__isnull=False)
        | Q(application__scheme__decides=Decides.OFFICER)
        | Q(amount_pence__gt=F("application__scheme__officer_above_pence"))
    )
    principles = Principle.objects.filter(scheme=OuterRef("scheme"))
    fine = Check.objects.filter(principle=OuterRef("pk"), application=OuterRef(OuterRef("pk"))).exclude(
        Q(verdict=Verdict.BLOCK, overridden_at=None) | Q(checked_at__lt=F("application__changed_at"))
    )
    stopped = ~Exists(principles) | Exists(principles.filter(~Exists(fine)))
    to_group = [
        Status.MORE_INFORMATION,
        Status.APPROVED,
        Status.PAID,
        Status.REPORT_DUE,
        Status.REPORTED,
        Status.RECOVERING,
    ]
    return Case(
        When(Q(status=Status.SUBMITTED) & Exists(unanswered), then=Value("councillor")),
        When(status__in=[Status.SUBMITTED, Status.SUPPORTED], then=Value("officer")),
        When(status=Status.REPORTED, to_read=True, then=Value("officer")),
        When(Q(status=Status.CHECK) & (stopped | Exists(officers)), then=Value("officer")),
        When(status=Status.CHECK, then=Value("councillor")),
        When(status__in=to_group, then=Value("group")),
        When(status=Status.AGREEMENT, then=Value("payer")),
        default=Value(""),
    )


def officers() -> QuerySet[Account]:
    """Those whose role lets them check applications, by name."""
    asked = Permission.objects.filter(content_type__app_label="grants", codename="check_application").values(
        "pk"
    )
    held = Q(is_superuser=True) | Q(groups__permissions__in=asked) | Q(user_permissions__in=asked)
    found = Account.objects.filter(held, is_active=True).distinct()
    return found.order_by("first_name", "last_name", "email")


# --- one application -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Beside:
    """Another grant that an officer should compare: an application, or an award without one. Strongest reason first."""

    thing: Application | Award
    reasons: list[Overlap]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything about one application that an officer needs to see at once."""

    application: Application
    beside: list[Beside]
    overdue: list[Report]
    waiver: Waiver | None
    agreement: Agreement | None
    alike: list[Alike]


def desk_application(application_id: int) -> Application | None:
    """With its group, what it wrote, its check and its asks."""
    found = _with_reports(described(whole_applications())).prefetch_related(
        "organisation__signatories", "organisation__bank_accounts", "steps__by"
    )
    return found.filter(pk=application_id, submitted_at__isnull=False).first()


def desk(application: Application, *, on: date) -> Desk:
    """Of an application from `desk_application`; five more queries."""
    overdue = overdue_reports(application.organisation, on=on)
    return Desk(
        application=application,
        beside=beside(application),
        overdue=[report for report in overdue if report.application_id != application.pk],
        waiver=Waiver.objects.filter(application=application).select_related("by").first(),
        agreement=Agreement.objects.filter(application=application).first(),
        alike=groups_like(application.organisation),
    )


def beside(application: Application) -> list[Beside]:
    """Other grants that overlap, by `rules.checks.overlaps`; three queries."""
    things: list[Application | Award] = [*_applications_like(application), *_awards_like(application)]
    found = [
        Beside(thing, reasons) for thing in things if (reasons := overlaps(_likeness(application, thing)))
    ]
    return sorted(found, key=lambda each: weight(each.reasons))[:MOST_OVERLAPS]


def _applications_like(application: Application) -> list[Application]:
    others = (
        Application.objects.exclude(pk=application.pk)
        .filter(submitted_at__isnull=False)
        .annotate(
            title_alike=TrigramSimilarity("title", application.title),
            purpose_alike=TrigramSimilarity("summary", application.summary),
        )
    )
    asked = [ask.budget_id for ask in application.asks.all()]
    near = Q(place=application.place_id, asks__budget__in=asked)
    found = others.filter(_alike(application) | near).distinct().order_by("-submitted_at")
    return list(
        found.select_related("organisation", "scheme", "place").prefetch_related(
            Prefetch("asks", Ask.objects.select_related("budget__councillor", "budget__place"))
        )[:LOOKED_AT]
    )


def _awards_like(application: Application) -> list[Award]:
    """Awards that were recorded without an application here: of earlier years, or imported."""
    others = Award.objects.filter(ask=None).annotate(
        title_alike=TrigramSimilarity("title", application.title),
        purpose_alike=TrigramSimilarity("purpose", application.summary),
    )
    near = Q(place=application.place_id, budget__in=[ask.budget_id for ask in application.asks.all()])
    found = others.filter(_alike(application) | near).order_by("-decided_on")
    return list(found.select_related("organisation", "budget__councillor", "budget__place")[:LOOKED_AT])


def _alike(application: Application) -> Q:
    alike = Q(organisation=application.organisation_id)
    alike |= Q(title_alike__gte=TITLE_ALIKE) | Q(purpose_alike__gte=PURPOSE_ALIKE)
    return alike | Q(idea=application.idea_id) if application.idea_id else alike


def _likeness(application: Application, thing: Application | Award) -> Likeness:
    year = thing.scheme.year if isinstance(thing, Application) else thing.budget.year
    return Likeness(
        same_group=thing.organisation_id == application.organisation_id,
        same_idea=application.idea_id is not None and thing.idea_id == application.idea_id,
        same_year=year == application.scheme.year,
        same_place=thing.place_id is not None and thing.place_id == application.place_id,
        same_budgets=bool(_holders(_budgets(application)) & _holders(_budgets(thing))),
        title_alike=thing.title_alike,  # type: ignore[union-attr]
        purpose_alike=thing.purpose_alike,  # type: ignore[union-attr]
    )


def _budgets(thing: Application | Award) -> Sequence[Budget]:
    return [thing.budget] if isinstance(thing, Award) else [ask.budget for ask in thing.asks.all()]


def _holders(budgets: Sequence[Budget]) -> set[tuple[str, int]]:
    """Whose budgets they are, whatever the year."""
    return {
        ("councillor", budget.councillor_id) if budget.councillor_id else ("place", budget.place_id)
        for budget in budgets
    }
