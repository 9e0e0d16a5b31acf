"""What visitors may ask of the list of councillors."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from engage.councillors.models import Councillor, Term
from engage.places.models import Place


class CouncillorFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name"), field_name="name", lookup_expr="icontains", max_length=100)
    place = django_filters.ModelChoiceFilter(
        label=_("Place"),
        queryset=Place.objects.filter(Exists(Term.objects.filter(place=OuterRef("pk")))),
        to_field_name="slug",
        empty_label=_("All places"),
        method="for_place",
    )

    class Meta:
        model = Councillor
        fields: list[str] = []

    def for_place(self, found: QuerySet[Councillor], name: str, place: Any) -> QuerySet[Councillor]:
        return found.filter(Exists(Term.objects.filter(councillor=OuterRef("pk"), place=place)))
