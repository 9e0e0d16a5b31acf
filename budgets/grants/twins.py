"""What the data twins of the grants' pages say, column by column. The engine is `engage.kit.twins`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.grants.enums import Status
from budgets.grants.models import Ask, Decision, Principle, RequiredDocument, RingFence, Scheme
from budgets.grants.queries import DecisionList, DecisionPage, SchemePage, SchemesBeside
from budgets.grants.queries.scheme import Change
from budgets.grants.rules.flow import PUBLIC_NAMES
from engage.kit.panels import Panel
from engage.kit.twins import Column, Pence, Table, Twin, Value, filters_of, page_of
from engage.kit.years import year_label

FENCES: list[Column[RingFence]] = [
    Column("kind", lambda fence: fence.kind),
    Column("amount", lambda fence: Pence(fence.amount_pence)),
]
DOCUMENTS: list[Column[RequiredDocument]] = [
    Column("kind", lambda document: document.kind),
    Column("name", lambda document: document.get_kind_display()),
    Column("asked_for_from", lambda document: Pence(document.from_pence)),
]
PRINCIPLES: list[Column[Principle]] = [
    Column("kind", lambda principle: principle.key),
    Column("name", lambda principle: principle.title),
    Column("meaning", lambda principle: principle.meaning),
    Column("question", lambda principle: principle.question),
]
CHANGES: list[Column[Change]] = [
    Column("changed_at", lambda change: change.at),
    Column("fields", lambda change: "; ".join(change.fields)),
    Column("reason", lambda change: change.reason),
]


def scheme_twin(found: SchemePage, panels: Sequence[Panel], request: HttpRequest) -> Twin:
    scheme = found.scheme
    return Twin(
        title=str(scheme) if scheme else _("Grants"),
        page=page_of(request),
        as_of=timezone.now(),
        totals=_facts(scheme) if scheme else {},
        tables=[
            Table("ring_fences", "ring_fence", FENCES, scheme.fences.all() if scheme else []),
            Table("documents", "document", DOCUMENTS, scheme.documents_required.all() if scheme else []),
            Table(
                "never_paid_for",
                "never_paid_for",
                [Column("name", str)],
                scheme.prohibited if scheme else [],
            ),
            Table("principles", "principle", PRINCIPLES, scheme.principles.all() if scheme else []),
            Table("changes", "change", CHANGES, found.changes),
            *(table for panel in panels for table in panel.tables),
        ],
        filters=filters_of(request),
    )


def beside_twin(found: SchemesBeside, groups: Sequence[Mapping[str, Any]], request: HttpRequest) -> Twin:
    columns: list[Column[Mapping[str, Any]]] = [
        Column(name, lambda row, name=name: row[name])  # type: ignore[misc]
        for name in ("group", "label", "before", "after", "code")
    ]
    rows = [row | {"group": group["title"]} for group in groups for row in group["rows"]]
    return Twin(
        title=_("Grant schemes year by year"),
        page=page_of(request),
        as_of=timezone.now(),
        totals={
            "year": found.after.year if found.after else None,
            "year_before": found.before.year if found.before else None,
            "changed": sum(group["changed"] for group in groups),
        },
        tables=[Table("facts", "fact", columns, rows)],
        filters=filters_of(request),
    )


def _facts(scheme: Scheme) -> dict[str, Value]:
    return {
        "year": scheme.year,
        "financial_year": year_label(scheme.year),
        "title": scheme.title,
        "published_at": scheme.published_at,
        "allocation": Pence(scheme.allocation_pence),
        "smallest_grant": Pence(scheme.grant_min_pence),
        "largest_grant": Pence(scheme.grant_max_pence),
        "opens_on": scheme.opens_on,
        "closes_on": scheme.closes_on,
        "decide_by": scheme.decide_by,
        "spend_by": scheme.spend_by,
        "carry_over_percent": scheme.carry_over_percent,
        "joint_grants": scheme.joint_grants,
        "decides": scheme.decides,
        "officer_decides_above": (
            Pence(scheme.officer_above_pence) if scheme.officer_above_pence is not None else None
        ),
        "report_months": "; ".join(map(str, scheme.monitoring_months)),
    }


def decision_table(ask: Ask, words: Mapping[str, Any]) -> Table[Any]:
    """How the money of an award was decided; `words` are those of the page."""
    columns: list[Column[Ask]] = [
        Column("application", lambda row: row.application.reference),
        Column("asked", lambda row: Pence(row.amount_pence)),
        Column("decided_by", lambda row: row.decision.decided_name),
        Column("decided_as", lambda row: row.decision.capacity),
        Column("declared_interest", lambda row: row.interest.what if hasattr(row, "interest") else ""),
        Column("approved_although", lambda row: " ".join(words["past"])),
        Column("asked_back", lambda row: " ".join(words["back"])),
    ]
    return Table("decision", "decision", columns, [ask])


# --- the public record -----------------------------------------------------------------------------------


def decisions_twin(found: DecisionList, request: HttpRequest) -> Twin:
    tally = found.tally
    return Twin(
        title=_("Decisions about grants"),
        page=page_of(request),
        as_of=timezone.now(),
        totals={
            "decisions": tally.decisions,
            "approved": tally.approved,
            "declined": tally.declined,
            "interests_declared": tally.interests,
        },
        tables=[Table("decisions", "decision", _decision_columns(request), found.all)],
        filters=filters_of(request),
    )


def decision_twin(found: DecisionPage, request: HttpRequest) -> Twin:
    return Twin(
        title=found.application.title,
        page=page_of(request),
        as_of=timezone.now(),
        totals={},
        tables=[
            Table("decision", "decision", _decision_columns(request), [found.decision]),
            Table("others", "other decision", _decision_columns(request), found.others),
        ],
    )


def _decision_columns(request: HttpRequest) -> list[Column[Decision]]:
    """Nobody who acts for the group is in it, and nothing that the group wrote for officers to read."""

    def address(thing: Any) -> str:
        return request.build_absolute_uri(thing.get_absolute_url()) if thing else ""

    return [
        Column("application", lambda row: row.ask.application.reference),
        Column("financial_year", lambda row: year_label(row.ask.application.scheme.year)),
        Column("title", lambda row: row.ask.application.title),
        Column("group", lambda row: row.ask.application.organisation.name),
        Column("place", lambda row: row.ask.application.place.name if row.ask.application.place else ""),
        Column("councillor", lambda row: row.ask.budget.councillor.name if row.ask.budget.councillor else ""),
        Column("budget_place", lambda row: row.ask.budget.place.name),
        Column("asked", lambda row: Pence(row.ask.amount_pence)),
        Column("decision", lambda row: row.answer),
        Column("awarded", lambda row: Pence(row.amount_pence)),
        Column("decided_on", lambda row: timezone.localdate(row.decided_at)),
        Column("decided_by", lambda row: row.decided_name),
        Column("decided_as", lambda row: row.capacity),
        Column(
            "declared_interest", lambda row: row.ask.interest.what if hasattr(row.ask, "interest") else ""
        ),
        Column("reason", lambda row: row.reason),
        Column("status", lambda row: row.ask.application.status),
        Column("status_name", lambda row: str(PUBLIC_NAMES[Status(row.ask.application.status)])),
        Column("award_page", lambda row: address(row.ask.award)),
        Column("page", address),
    ]
