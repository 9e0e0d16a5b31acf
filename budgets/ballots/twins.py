"""What the data twins of the ballots' pages say, column by column. The engine is `engage.kit.twins`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.ballots.display import ballot_url
from budgets.ballots.enums import Phase
from budgets.ballots.models import Erratum
from budgets.ballots.queries.booth import BallotPage, Listed
from engage.kit.twins import Column, Pence, Table, Twin, filters_of, page_of


def ballots_twin(found: Sequence[Listed], request: HttpRequest) -> Twin:
    columns: list[Column[Listed]] = [
        Column("ballot", lambda row: row.ballot.pk),
        Column("title", lambda row: row.ballot.title),
        Column("place", lambda row: row.ballot.place.name),
        Column("phase", lambda row: row.phase.value),
        Column("kind", lambda row: row.ballot.kind),
        Column("rule", lambda row: row.ballot.rule),
        Column("amount", lambda row: Pence(row.amount)),
        Column("projects", lambda row: row.projects),
        Column("opens_at", lambda row: row.ballot.opens_at),
        Column("closes_at", lambda row: row.ballot.closes_at),
        Column("page", lambda row: request.build_absolute_uri(ballot_url(row.ballot))),
    ]
    return Twin(
        title=_("Ballots"),
        page=page_of(request),
        as_of=timezone.now(),
        totals={
            "ballots": len(found),
            "open": sum(row.phase == Phase.VOTING for row in found),
            "amount": Pence(sum(row.amount for row in found)),
        },
        tables=[Table("ballots", "ballot", columns, found)],
        filters=filters_of(request),
    )


def projects_twin(found: BallotPage, request: HttpRequest) -> Twin:
    """The projects with the words as they are now, and what was put right. The frozen ballot is the JSON twin."""
    document = found.shown.document
    columns: list[Column[Mapping[str, Any]]] = [
        Column("project", lambda row: row["key"]),
        Column("pot", lambda row: row["pot"]),
        Column("title", lambda row: row["title"]),
        Column("summary", lambda row: row["summary"]),
        Column("cost", lambda row: Pence(row["cost_pence"])),
        Column("place", lambda row: row["place"]["name"]),
        Column("theme", lambda row: row["theme"]),
        Column("exclusive", lambda row: row["exclusive"]),
        Column("assessment", lambda row: row["assessment"]),
    ]
    errata: list[Column[Erratum]] = [
        Column("project", lambda row: row.project),
        Column("field", lambda row: row.field),
        Column("before", lambda row: row.before),
        Column("after", lambda row: row.after),
        Column("reason", lambda row: row.reason),
        Column("corrected_at", lambda row: row.at),
    ]
    return Twin(
        title=found.ballot.title,
        page=page_of(request),
        as_of=timezone.now(),
        totals={
            "sha256": found.shown.sha256,
            "phase": found.phase.value,
            "amount": Pence(sum(pot["amount_pence"] for pot in document["pots"])),
        },
        tables=[
            Table("projects", "project", columns, document["projects"]),
            Table("errata", "erratum", errata, found.shown.errata),
        ],
        filters=filters_of(request),
    )
