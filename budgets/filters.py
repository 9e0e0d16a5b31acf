"""What a visitor can ask of the lists of money. A value that is not understood is an error, never ignored."""

from __future__ import annotations

import re
from typing import Any, Self

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import NullIf
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from budgets.enums import AwardStatus
from budgets.models import Award, Budget
from engage.councillors.models import Councillor
from engage.kit.decisions import Words
from engage.kit.models import Theme
from engage.kit.years import year_label
from engage.places.models import Place

ALL_YEARS = "all"


class YearField(forms.ChoiceField):
    """A financial year by its first half, or `all`. A year without a budget is a fair question with an empty answer."""

    default_error_messages = {
        "invalid_choice": _(
            "“%(value)s” is not a year. Write the year in which it starts, like 2026, or “all”."
        )
    }

    def valid_value(self, value: Any) -> bool:
        return value == ALL_YEARS or re.fullmatch(r"(19|20)\d\d", str(value)) is not None


class YearFilter(django_filters.Filter):
    field_class = YearField

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs if value in ("", None, ALL_YEARS) else super().filter(qs, int(value))


class YearlyFilterSet(django_filters.FilterSet):
    """Filters with a year that is set to `default_year` when the visitor names none."""

    def __init__(
        self, data: Any, *args: Any, years: list[int], default_year: int | str, **kwargs: Any
    ) -> None:
        data = data.copy()
        data["year"] = data.get("year") or str(default_year)
        super().__init__(data, *args, **kwargs)
        self.filters["year"].extra |= {
            "choices": [*((str(year), year_label(year)) for year in years), (ALL_YEARS, _("All years"))],
            # So that the usual year does not count as a filter that somebody set.
            "initial": str(default_year),
        }

    @classmethod
    def read(
        cls, data: QueryDict, queryset: QuerySet[Any], *, years: list[int], default_year: int | str
    ) -> tuple[Self, Self]:
        """What was asked, and what to show: the same when it was understood, else what nobody's question gets."""
        asked = cls(data, queryset, years=years, default_year=default_year)
        if asked.is_valid():
            return asked, asked
        plain = cls(QueryDict(), queryset, years=years, default_year=default_year)
        plain.is_valid()
        return asked, plain

    @property
    def year(self) -> int | None:
        """The year asked for; None for all years. Only for valid input."""
        value = self.form.cleaned_data["year"]
        return None if value == ALL_YEARS else int(value)


def _place(label: Words, *, with_any: type[Budget] | type[Award]) -> django_filters.ModelChoiceFilter:
    """The places that have any of these, so that no choice leads nowhere."""
    return django_filters.ModelChoiceFilter(
        label=label,
        queryset=Place.objects.filter(Exists(with_any._default_manager.filter(place=OuterRef("pk")))),
        to_field_name="slug",
        empty_label=_("All places"),
    )


def _councillor(**more: Any) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        label=_("Councillor"),
        queryset=Councillor.objects.filter(Exists(Budget.objects.filter(councillor=OuterRef("pk")))),
        to_field_name="slug",
        empty_label=_("All councillors"),
        **more,
    )


def _theme(label: Words, **more: Any) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        label=label,
        queryset=Theme.objects.all(),
        to_field_name="slug",
        empty_label=_("All themes"),
        **more,
    )


def _status() -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=_("State"), choices=AwardStatus.choices, empty_label=_("Any state")
    )


def _sort(plain: Words, choices: list[tuple[str, Words]]) -> django_filters.ChoiceFilter:
    """`plain` is the order when none is chosen."""
    return django_filters.ChoiceFilter(
        label=_("Sort by"), choices=choices, empty_label=plain, method="in_order"
    )


BUDGET_SORTS = {
    "": ("place__name", "councillor__name", "-year"),
    "remaining": ("-remaining_pence", "place__name"),
    "allocated": ("-allocated_pence", "place__name"),
    "used": (
        (1.0 * (F("spent_pence") + F("committed_pence")) / NullIf(F("allocated_pence"), 0)).desc(
            nulls_last=True
        ),
        "place__name",
    ),
}
"""Sort keys → order. A share is only compared here, never shown, so a float does no harm."""


class BudgetFilter(YearlyFilterSet):
    """The year is switched by links on the page, so the form only carries it along."""

    year = YearFilter(label=_("Financial year"), widget=forms.HiddenInput)
    place = _place(_("Place"), with_any=Budget)
    councillor = _councillor()
    theme = _theme(_("Theme of awards"), method="with_theme")
    sort = _sort(
        _("Place name"),
        [
            ("remaining", _("Most left to decide")),
            ("allocated", _("Largest budget")),
            ("used", _("Most used up")),
        ],
    )

    class Meta:
        model = Budget
        fields: list[str] = []

    def with_theme(self, budgets: QuerySet[Budget], name: str, theme: Theme) -> QuerySet[Budget]:
        """Budgets that have given to the theme."""
        return budgets.filter(Exists(Award.objects.filter(budget=OuterRef("pk"), theme=theme)))

    def in_order(self, budgets: QuerySet[Budget], name: str, value: str) -> QuerySet[Budget]:
        return budgets.order_by(*BUDGET_SORTS[value], "pk")

    def filter_queryset(self, queryset: QuerySet[Budget]) -> QuerySet[Budget]:
        return super().filter_queryset(queryset.order_by(*BUDGET_SORTS[""], "pk"))


AWARD_SORTS = {
    "": ("-decided_on", "-pk"),
    "oldest": ("decided_on", "pk"),
    "largest": ("-awarded_pence", "-pk"),
    "smallest": ("awarded_pence", "pk"),
}


class AwardFilter(YearlyFilterSet):
    text = django_filters.CharFilter(
        label=_("Words in the title, purpose or group"), method="with_text", max_length=100
    )
    year = YearFilter(label=_("Financial year"), field_name="budget__year")
    place = _place(_("Place that benefits"), with_any=Award)
    councillor = _councillor(field_name="budget__councillor")
    theme = _theme(_("Theme"))
    status = _status()
    sort = _sort(
        _("Latest first"),
        [
            ("oldest", _("Oldest first")),
            ("largest", _("Largest amount")),
            ("smallest", _("Smallest amount")),
        ],
    )

    class Meta:
        model = Award
        fields: list[str] = []

    def with_text(self, awards: QuerySet[Award], name: str, value: str) -> QuerySet[Award]:
        """Every word must be found somewhere."""
        for word in value.split()[:8]:
            awards = awards.filter(
                Q(title__icontains=word) | Q(purpose__icontains=word) | Q(organisation__name__icontains=word)
            )
        return awards

    def in_order(self, awards: QuerySet[Award], name: str, value: str) -> QuerySet[Award]:
        return awards.order_by(*AWARD_SORTS[value])


class PlaceAwardFilter(YearlyFilterSet):
    """The awards on a place's page; the year is switched by links there."""

    year = YearFilter(label=_("Financial year"), field_name="budget__year", widget=forms.HiddenInput)
    theme = _theme(_("Theme"))
    status = _status()

    class Meta:
        model = Award
        fields: list[str] = []
