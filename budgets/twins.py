"""What the data twins of the money pages say, column by column. The engine is `engage.kit.twins`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.models import Award, Budget, Entry, Outcome
from budgets.queries import (
    AllBudgets,
    AwardList,
    AwardStory,
    CouncillorMoney,
    Journal,
    PlaceBudgets,
    ThemeShare,
    Totals,
    YearTotals,
)
from engage.audit.models import Source
from engage.kit.panels import Panel
from engage.kit.twins import Column, Pence, Table, Twin, Value, filters_of, page_of
from engage.kit.years import year_label

BUDGET_COLUMNS: list[Column[Budget]] = [
    Column("id", lambda budget: budget.pk),
    Column("year", lambda budget: budget.year),
    Column("financial_year", lambda budget: year_label(budget.year)),
    Column("place", lambda budget: budget.place.name),
    Column("place_slug", lambda budget: budget.place.slug),
    Column("councillor", lambda budget: budget.councillor.name if budget.councillor else ""),
    Column("allocated", lambda budget: Pence(budget.allocated_pence)),
    Column("committed", lambda budget: Pence(budget.committed_pence)),
    Column("spent", lambda budget: Pence(budget.spent_pence)),
    Column("remaining", lambda budget: Pence(budget.remaining_pence)),
]

AWARD_COLUMNS: list[Column[Award]] = [
    Column("id", lambda award: award.pk),
    Column("year", lambda award: award.budget.year),
    Column("financial_year", lambda award: year_label(award.budget.year)),
    Column("place", lambda award: award.place.name),
    Column("place_slug", lambda award: award.place.slug),
    Column("councillor", lambda award: award.budget.councillor.name if award.budget.councillor else ""),
    Column("title", lambda award: award.title),
    Column("organisation", lambda award: award.organisation.name),
    Column("organisation_id", lambda award: award.organisation.identifier),
    Column("theme", lambda award: award.theme.name if award.theme else ""),
    Column("status", lambda award: award.status),
    Column("decided_on", lambda award: award.decided_on),
    Column("reference", lambda award: award.reference or ""),
    Column("awarded", lambda award: Pence(award.awarded_pence)),
    Column("committed", lambda award: Pence(award.committed_pence)),
    Column("spent", lambda award: Pence(award.spent_pence)),
]

ENTRY_COLUMNS: list[Column[Entry]] = [
    Column("budget", lambda entry: entry.budget_id),
    Column("number", lambda entry: entry.sequence),
    Column("posted_on", lambda entry: entry.posted_on),
    Column("kind", lambda entry: entry.kind),
    Column("amount", lambda entry: Pence(entry.amount_pence)),
    Column("award", lambda entry: entry.award_id),
    Column("award_title", lambda entry: entry.award.title if entry.award else ""),
    Column("organisation", lambda entry: entry.award.organisation.name if entry.award else ""),
    Column("other_budget", lambda entry: entry.counterpart_id),
    Column("note", lambda entry: entry.note),
    Column("key", lambda entry: entry.key),
    Column("recorded_at", lambda entry: entry.recorded_at),
    Column("previous_hash", lambda entry: entry.previous_hash),
    Column("hash", lambda entry: entry.hash),
]

OUTCOME_COLUMNS: list[Column[Outcome]] = [
    Column("measure", lambda outcome: outcome.measure),
    Column("forecast", lambda outcome: outcome.forecast),
    Column("actual", lambda outcome: outcome.actual),
    Column("story", lambda outcome: outcome.story),
    Column("reported_on", lambda outcome: outcome.reported_on),
]

YEAR_COLUMNS: list[Column[YearTotals]] = [
    Column("year", lambda each: each.year),
    Column("financial_year", lambda each: year_label(each.year)),
    Column("allocated", lambda each: Pence(each.allocated_pence)),
    Column("committed", lambda each: Pence(each.committed_pence)),
    Column("spent", lambda each: Pence(each.spent_pence)),
    Column("remaining", lambda each: Pence(each.remaining_pence)),
]

THEME_COLUMNS: list[Column[ThemeShare]] = [
    Column("theme", lambda share: share.name),
    Column("awarded", lambda share: Pence(share.awarded_pence)),
]


def budgets_twin(found: AllBudgets, request: HttpRequest) -> Twin:
    return _twin(
        request,
        _("Local budgets"),
        totals_of(found.totals) | {"budgets": len(found.budgets), "awards": found.awards_count},
        [
            Table("budgets", "budget", BUDGET_COLUMNS, found.budgets),
            Table("latest_awards", "award", AWARD_COLUMNS, found.latest, in_csv=False),
        ],
        found.sources,
    )


def awards_twin(found: AwardList, request: HttpRequest) -> Twin:
    return _twin(
        request,
        _("Awards"),
        {
            "awarded": Pence(found.awarded_pence),
            "committed": Pence(found.committed_pence),
            "spent": Pence(found.spent_pence),
            "awards": found.count,
        },
        [Table("awards", "award", AWARD_COLUMNS, found.awards)],
        found.sources,
    )


def place_twin(found: PlaceBudgets, request: HttpRequest) -> Twin:
    per_elector = found.per_elector_pence
    about: dict[str, Value] = {
        "electors": found.place.electors,
        "electors_counted_on": found.place.counted_on,
        "allocated_per_elector": None if per_elector is None else Pence(per_elector),
    }
    return _twin(
        request,
        _("Budget of %(place)s") % {"place": found.place.name},
        totals_of(found.totals) | about,
        [
            Table("budgets", "budget", BUDGET_COLUMNS, found.budgets),
            Table("awards", "award", AWARD_COLUMNS, found.awards),
            Table("awards_from_elsewhere", "award from elsewhere", AWARD_COLUMNS, found.elsewhere),
            Table("themes", "theme", THEME_COLUMNS, found.themes, in_csv=False),
            Table("years", "year", YEAR_COLUMNS, found.years, in_csv=False),
            Table("latest_entries", "entry", ENTRY_COLUMNS, found.entries, in_csv=False),
        ],
        found.sources,
    )


def journal_twin(found: Journal, request: HttpRequest) -> Twin:
    return _twin(
        request,
        _("Journal of %(place)s") % {"place": found.place.name},
        totals_of(found.totals) | {"entries": found.page.paginator.count},
        [Table("entries", "entry", ENTRY_COLUMNS, found.entries)],
        [],
    )


def award_twin(found: AwardStory, panels: Sequence[Panel], request: HttpRequest) -> Twin:
    """With what other apps show on the page: each panel brings its own totals and tables."""
    award = found.award
    return _twin(
        request,
        award.title,
        {
            "awarded": Pence(award.awarded_pence),
            "committed": Pence(award.committed_pence),
            "spent": Pence(award.spent_pence),
            "returned": Pence(found.returned_pence),
            **{name: value for panel in panels for name, value in panel.totals.items()},
        },
        [
            Table("award", "award", [*AWARD_COLUMNS, *_award_words(request)], [award]),
            Table("entries", "entry", ENTRY_COLUMNS, found.entries),
            Table("outcomes", "outcome", OUTCOME_COLUMNS, found.outcomes),
            Table("photos", "photo", _photo_columns(request), found.photos),
            *(table for panel in panels for table in panel.tables),
        ],
        found.sources,
    )


def councillor_tables(money: CouncillorMoney) -> list[Table[Any]]:
    """What a councillor's page shows of their money: this year's budget, the years before, the latest awards."""
    return [
        Table("budgets", "budget", BUDGET_COLUMNS, [money.current, *money.earlier]),
        awards_table(money.awards),
    ]


def awards_table(awards: Sequence[Award]) -> Table[Award]:
    return Table("awards", "award", AWARD_COLUMNS, awards)


def _award_words(request: HttpRequest) -> list[Column[Award]]:
    """What only an award's own page says."""
    return [
        Column("purpose", lambda award: award.purpose),
        Column("decided_by", lambda award: award.decided_by),
        Column("reason", lambda award: award.reason),
        Column(
            "idea",
            lambda award: request.build_absolute_uri(award.idea.get_absolute_url()) if award.idea else "",
        ),
    ]


def _photo_columns(request: HttpRequest) -> list[Column[Any]]:
    return [
        Column(
            "photo", lambda photo: request.build_absolute_uri(photo.image.get_rendition("max-1200x900").url)
        ),
        Column("shows", lambda photo: photo.alt),
        Column("caption", lambda photo: photo.caption),
    ]


def totals_of(totals: Totals | Budget) -> dict[str, Value]:
    return {
        "allocated": Pence(totals.allocated_pence),
        "committed": Pence(totals.committed_pence),
        "spent": Pence(totals.spent_pence),
        "remaining": Pence(totals.remaining_pence),
    }


def budgets_table(budgets: Sequence[Budget]) -> Table[Budget]:
    return Table("budgets", "budget", BUDGET_COLUMNS, budgets)


def _twin(
    request: HttpRequest,
    title: str,
    totals: Mapping[str, Value],
    tables: Sequence[Table[Any]],
    sources: Iterable[Source],
) -> Twin:
    return Twin(
        title=title,
        page=page_of(request),
        as_of=timezone.localtime(),
        totals=totals,
        tables=tables,
        filters=filters_of(request),
        attribution=[source.attribution for source in sources],
    )
