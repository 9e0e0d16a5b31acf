"""What a visitor can ask of the page that shows where the money went."""

from __future__ import annotations

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.enums import OrganisationKind
from budgets.filters import YearFilter, YearlyFilterSet
from budgets.models import Award
from engage.kit.models import Theme


class WhereFilter(YearlyFilterSet):
    """The year is switched by links on the page, so the form only carries it along."""

    year = YearFilter(label=_("Financial year"), field_name="budget__year", widget=forms.HiddenInput)
    theme = django_filters.ModelChoiceFilter(
        label=_("Theme"), queryset=Theme.objects.all(), to_field_name="slug", empty_label=_("All themes")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind of group"),
        field_name="organisation__kind",
        choices=OrganisationKind.choices,
        empty_label=_("All kinds"),
    )

    class Meta:
        model = Award
        fields: list[str] = []
