"""From query objects to what the templates draw. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from budgets.display import budget_name, place_url
from budgets.models import Budget
from engage.kit.years import year_label
from engage.opendata.queries import Front

WORDS = {"json": "JSON", "csv": "CSV"}


@dataclass(frozen=True, slots=True)
class File:
    """One file of a data set; `year` is "" for all years."""

    year: str
    form: str
    url: str

    @property
    def text(self) -> str:
        return WORDS[self.form]


@dataclass(frozen=True, slots=True)
class Year:
    """The files of one financial year (`label` "" for all years)."""

    label: str
    files: list[File]


@dataclass(frozen=True, slots=True)
class DataSet:
    """`closed` says why there is nothing to download, if there is nothing."""

    name: str
    title: str
    text: str
    years: list[Year]
    closed: str = ""


def data_sets(found: Front) -> list[DataSet]:
    return [
        DataSet(
            "360giving",
            _("Grants, in the 360Giving standard"),
            _(
                "Every grant with who received it, what for, where, how much, and each promise and payment. Programs"
                " all over the country read this standard. Grants to groups only: no person’s grant is published."
            ),
            _years("giving", found.award_years, ["json", "csv"]) if found.publisher.is_known else [],
            closed=_closed(found),
        ),
        DataSet(
            "grants",
            _("Grants, as a list"),
            _(
                "The same grants with the facts that the transparency code asks councils for. One line is one grant."
                " What was promised and released before any of it was paid is no grant, and is not listed; money"
                " that came back lowers what was paid."
            ),
            _years("grants", found.award_years, ["json", "csv"]),
            closed="" if found.award_years else _("No grant has been made yet."),
        ),
        DataSet(
            "spending",
            _("Spending: every payment"),
            _(
                "Every payment and every refund of these budgets on its own date, however small. The code asks for"
                " payments over £500; here are all of them. The years are those in which the money was paid."
            ),
            _years("spending", found.payment_years, ["json", "csv"]),
            closed="" if found.payment_years else _("Nothing has been paid yet."),
        ),
        DataSet(
            "journal",
            _("The journal, with its chain of hashes"),
            _(
                "Every movement of money since the beginning, exactly as it was written, with the fingerprints that"
                " show whether anything was changed. It is checked by a program that you can read."
            ),
            _years("journal", found.journal_years, ["csv"]),
            closed="" if found.journal_years else _("No money has moved yet."),
        ),
    ]


def catalogue(sets: Iterable[DataSet]) -> list[dict[str, str]]:
    """Every file, for the front page's data twin."""
    return [
        {"dataset": each.name, "year": file.year, "format": file.form, "url": file.url}
        for each in sets
        for year in each.years
        for file in year.files
    ]


def books_table(budgets: Iterable[Budget]) -> dict[str, Any]:
    """For the `stat_table` component."""
    return {
        "columns": [_("Budget"), _("Place"), _("Year"), _("Number"), _("Entries"), _("Last hash")],
        "numeric": [3, 4],
        "rows": [
            [
                format_html('<a href="{}">{}</a>', place_url(budget.place, budget.year), budget_name(budget)),
                budget.place.name,
                year_label(budget.year),
                budget.pk,
                budget.entries_count,
                format_html('<code class="hash">{}</code>', budget.head_hash),
            ]
            for budget in budgets
        ],
    }


def crumbs(*steps: str) -> list[dict[str, str]]:
    """For the `breadcrumbs` component; a step below the front page is only named."""
    front = {"text": _("Open data"), "url": reverse("opendata:front")}
    way = [{"text": _("Home"), "url": "/"}, front, *({"text": step} for step in steps)]
    return way if steps else [way[0], {"text": front["text"]}]


def _closed(found: Front) -> str:
    if not found.award_years:
        return _("No grant has been made yet.")
    if not found.publisher.is_known:
        return _("Not published yet: the council has still to enter its own identifier.")
    return ""


def _years(name: str, years: Sequence[int], forms: Sequence[str]) -> list[Year]:
    if not years:
        return []
    everything = [File("", form, reverse(f"opendata:{name}", args=[form])) for form in forms]
    return [
        Year("", everything),
        *(
            Year(
                year_label(year),
                [
                    File(year_label(year), form, reverse(f"opendata:{name}_year", args=[year, form]))
                    for form in forms
                ],
            )
            for year in years
        ),
    ]
