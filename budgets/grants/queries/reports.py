"""Reports that groups owe, and what they said in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from budgets.grants.enums import DocumentKind, Status
from budgets.grants.models import Application, Document, Expected, Recovery, Report, ReportPhoto, Result
from budgets.grants.queries.likeness import groups_like
from budgets.grants.rules.flow import ENDED
from budgets.grants.rules.monitoring import REMINDERS
from budgets.models import Award, Organisation


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A paid application with the reports it owes. `now` is the one to write or wait for; None when all are accepted.

    `results` and `photos` are those of `now`, the first by expected outcome; `receipts` those of every report.
    """

    application: Application
    now: Report | None
    accepted: Sequence[Report]
    to_come: Sequence[Report]
    expected: Sequence[Expected]
    results: dict[int, Result]
    photos: Sequence[ReportPhoto]
    receipts: Sequence[Document]
    awards: Sequence[Award]
    recoveries: Sequence[Recovery]

    @property
    def paid_pence(self) -> int:
        """What the group was paid and has not given back."""
        return sum(award.spent_pence for award in self.awards)

    @property
    def loose(self) -> set[int]:
        """Receipts that may still be taken away: those that no sent report stands on."""
        sent = [
            report.sent_at for report in (*self.accepted, *([self.now] if self.now else [])) if report.sent_at
        ]
        return {each.pk for each in self.receipts if not sent or each.added_at > max(sent)}


def report_page(application_id: int, *, report: Report | None = None) -> ReportPage | None:
    """None when there is no such application. `report` is the one to look at, in place of the next. Nine queries."""
    applications = Application.objects.select_related("organisation", "scheme")
    application = applications.filter(pk=application_id).first()
    if application is None:
        return None
    reports = list(application.reports.order_by("due_on"))
    for each in reports:
        each.application = application
    waiting = [each for each in reports if each.accepted_at is None]
    now = report or (waiting[0] if waiting else None)
    awards = list(Award.objects.filter(ask__application=application).order_by("ask__id"))
    return ReportPage(
        application=application,
        now=now,
        accepted=[each for each in reports if each.accepted_at is not None],
        to_come=[each for each in waiting if now is not None and each.due_on > now.due_on],
        expected=list(application.expected.order_by("id")),
        results={each.expected_id: each for each in now.results.all()} if now else {},
        photos=list(now.photos.select_related("image").order_by("id")) if now else [],
        receipts=list(application.documents.filter(kind=DocumentKind.RECEIPT).order_by("id")),
        awards=awards,
        recoveries=list(Recovery.objects.filter(award__in=awards).order_by("id")),
    )


def report_of(pk: int) -> Report | None:
    """One report, with what its page in the back office shows of its application."""
    return (
        Report.objects.select_related("application__organisation", "application__scheme", "sent_by")
        .filter(pk=pk)
        .first()
    )


def listed_reports() -> QuerySet[Report]:
    """For the officers' list."""
    return Report.objects.select_related("application__organisation")


def listed_recoveries() -> QuerySet[Recovery]:
    return Recovery.objects.select_related("award__organisation")


def paid_without_schedule() -> list[Application]:
    """Paid applications whose reports nobody has written down yet."""
    paid = Application.objects.filter(status__in=[Status.PAID, Status.RECOVERING], reports=None)
    return list(paid.order_by("pk"))


def reports_to_chase(*, on: date) -> list[Report]:
    """Reports that are not sent and are near enough for a reminder, or due."""
    near = on - timedelta(days=min(REMINDERS))
    waiting = Report.objects.filter(sent_at=None, due_on__lte=near).exclude(application__status__in=ENDED)
    return list(waiting.select_related("application").order_by("due_on", "id"))


def overdue_reports(organisation: Organisation, *, on: date) -> list[Report]:
    """Reports that were due before that day and have not been sent, the oldest first: of the group, and of others that
    may be the same (`groups_like`), so that nobody leaves a report behind by registering again.

    A report that was sent back counts as not sent. What is over, or was withdrawn, owes nothing.
    """
    groups = [organisation.pk, *(each.organisation.pk for each in groups_like(organisation))]
    return list(
        Report.objects.filter(application__organisation__in=groups, due_on__lt=on, sent_at=None)
        .exclude(application__status__in=ENDED)
        .select_related("application__organisation")
        .order_by("due_on", "id")
    )
