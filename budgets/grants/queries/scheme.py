"""Published schemes: this year's, any year's, and one year beside another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from budgets.grants import events
from budgets.grants.models import Scheme
from budgets.grants.queries.record import SchemeDecisions, decisions_under
from engage.audit.models import Record
from engage.councillors.models import PreElection
from engage.councillors.queries import pre_election
from engage.kit.years import financial_year


@dataclass(frozen=True, slots=True)
class Change:
    """A published scheme was changed after somebody had applied: when, what (names of facts) and why."""

    at: datetime
    fields: list[str]
    reason: str


@dataclass(frozen=True, slots=True)
class SchemePage:
    """`scheme` is None when none is published; `open` is the one that takes applications today, this or another year's.

    `years` are those that are published, the newest first.
    """

    scheme: Scheme | None
    open: Scheme | None
    years: list[int]
    changes: list[Change]
    election: PreElection | None
    decided: SchemeDecisions | None


@dataclass(frozen=True, slots=True)
class SchemesBeside:
    """One published year and the one before it, either of which may be missing; `years` are all with one before."""

    after: Scheme | None
    before: Scheme | None
    years: list[int]


def published() -> QuerySet[Scheme]:
    return Scheme.objects.filter(published_at__isnull=False).order_by("-year")


def scheme_of_today(*, on: date) -> Scheme | None:
    """The scheme that takes applications on that day; with several, the one of the earliest year. One query."""
    return published().filter(opens_on__lte=on, closes_on__gte=on).order_by("year").first()


def scheme_page(*, year: int | None, on: date) -> SchemePage:
    """The scheme of a year; without one the scheme of the day's financial year, else the latest. Ten queries."""
    years = list(published().values_list("year", flat=True))
    wanted = year if year is not None else _usual(years, on)
    scheme = _whole(published().filter(year=wanted)) if wanted in years else None
    return SchemePage(
        scheme=scheme,
        open=scheme_of_today(on=on),
        years=years,
        changes=_changes(scheme) if scheme else [],
        election=pre_election(on=on),
        decided=decisions_under(scheme) if scheme else None,
    )


def schemes_beside(*, year: int | None) -> SchemesBeside:
    """A year and the published one before it; the latest when no year is named."""
    years = list(published().values_list("year", flat=True))
    wanted = year if year is not None else next(iter(years), None)
    if wanted not in years:
        return SchemesBeside(None, None, years[:-1])
    before = next((each for each in years if each < wanted), None)
    return SchemesBeside(
        after=_whole(published().filter(year=wanted)),
        before=_whole(published().filter(year=before)) if before is not None else None,
        years=years[:-1],
    )


def _usual(years: list[int], on: date) -> int | None:
    now = financial_year(on)
    return now if now in years else next(iter(years), None)


def _whole(schemes: QuerySet[Scheme]) -> Scheme | None:
    return schemes.prefetch_related("fences", "documents_required", "principles").first()


def _changes(scheme: Scheme) -> list[Change]:
    records = Record.objects.filter(
        event=events.SCHEME_SAVED,
        subject_type=Scheme._meta.label_lower,
        subject_id=scheme.pk,
        data__reason__gt="",
    ).order_by("-id")
    return [Change(each.at, each.data["fields"], each.data["reason"]) for each in records]
