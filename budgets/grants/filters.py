"""What a visitor can ask of the public record of decisions. What is not understood is an error, never ignored."""

from __future__ import annotations

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from budgets.filters import YearFilter, YearlyFilterSet
from budgets.grants.enums import Answer, Capacity
from budgets.grants.models import Ask, Decision
from budgets.grants.rules.flow import PUBLIC_NAMES, Status
from engage.councillors.models import Councillor
from engage.places.models import Place

INTEREST = "interest"


class DecisionFilter(YearlyFilterSet):
    """The year is that of the scheme under which the group applied."""

    year = YearFilter(label=_("Financial year"), field_name="ask__application__scheme__year")
    place = django_filters.ModelChoiceFilter(
        label=_("Place that benefits"),
        field_name="ask__application__place",
        queryset=Place.objects.filter(
            Exists(Ask.objects.filter(application__place=OuterRef("pk"), decision__isnull=False))
        ),
        to_field_name="slug",
        empty_label=_("All places"),
    )
    councillor = django_filters.ModelChoiceFilter(
        label=_("Councillor who was asked"),
        field_name="ask__budget__councillor",
        queryset=Councillor.objects.filter(
            Exists(Ask.objects.filter(budget__councillor=OuterRef("pk"), decision__isnull=False))
        ),
        to_field_name="slug",
        empty_label=_("All councillors"),
    )
    outcome = django_filters.ChoiceFilter(
        label=_("Outcome"),
        field_name="answer",
        choices=[
            (Answer.APPROVED.value, PUBLIC_NAMES[Status.APPROVED]),
            (Answer.DECLINED.value, PUBLIC_NAMES[Status.DECLINED]),
        ],
        empty_label=_("Any outcome"),
    )
    decided = django_filters.ChoiceFilter(
        label=_("Who decided"),
        method="decided_as",
        choices=[
            (Capacity.COUNCILLOR.value, _("The councillor")),
            (Capacity.OFFICER.value, _("An officer")),
            (INTEREST, _("An officer, because of an interest")),
        ],
        empty_label=_("Anybody"),
    )

    class Meta:
        model = Decision
        fields: list[str] = []

    def decided_as(self, decisions: QuerySet[Decision], name: str, value: str) -> QuerySet[Decision]:
        if value == INTEREST:
            return decisions.filter(ask__interest__isnull=False)
        return decisions.filter(capacity=value)
