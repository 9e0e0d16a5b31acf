"""What a visitor can ask of the list of ideas. A value that is not understood is an error, never ignored."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from ideas.enums import PUBLIC_STATUSES, IdeaStatus, PhaseKind
from ideas.models import Idea
from ideas.models.idea import WORDS
from ideas.queries import Offers
from ideas.rules.grid import Box

SORTS = {
    "newest": ("-suggested_at", "-pk"),
    "supported": ("-supports_count", "-pk"),
    "discussed": ("-comments_count", "-pk"),
    "oldest": ("suggested_at", "pk"),
}
# In the place of a call's slug: ideas outside any call.
NO_CALL = "no-call"
# How much of a word may be mistyped and still be found.
NEARLY = 0.6


class BoxField(forms.CharField):
    """`-2.35,53.38,-2.30,53.42`: west, south, east, north."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            west, south, east, north = (float(side) for side in text.split(","))
        except ValueError:
            raise self.not_a_box() from None
        sides_make_sense = -180 <= west < east <= 180 and -85 <= south < north <= 85
        if not (all(map(math.isfinite, (west, south, east, north))) and sides_make_sense):
            raise self.not_a_box()
        return Box(west, south, east, north)

    def not_a_box(self) -> ValidationError:
        return ValidationError(
            _("“box” is not a part of the map. Write west, south, east and north in degrees, with commas."),
            code="not_a_box",
        )


class BoxFilter(django_filters.Filter):
    field_class = BoxField

    def filter(self, qs: QuerySet[Idea], value: Box | None) -> QuerySet[Idea]:
        if value is None:
            return qs
        return qs.filter(
            longitude__gte=value.west,
            longitude__lt=value.east,
            latitude__gte=value.south,
            latitude__lt=value.north,
        )


class OneOf(django_filters.ChoiceFilter):
    """One thing of a list that is in memory already, chosen by its slug; `field_name` is what it narrows."""

    def offer(self, things: Sequence[Any]) -> None:
        self.things = {thing.slug: thing for thing in things}
        self.extra["choices"] = [(thing.slug, str(thing)) for thing in things]

    def filter(self, qs: QuerySet[Idea], value: str) -> QuerySet[Idea]:
        if value == self.null_value:
            return super().filter(qs, value)
        thing = self.things.get(value)
        return qs if thing is None else self.narrow(qs, thing)

    def narrow(self, qs: QuerySet[Idea], thing: Any) -> QuerySet[Idea]:
        return qs.filter(**{str(self.field_name): thing})


class Within(OneOf):
    """A place and everything below it."""

    def narrow(self, qs: QuerySet[Idea], thing: Any) -> QuerySet[Idea]:
        return qs.filter(place__path__startswith=thing.path)


class IdeaFilter(django_filters.FilterSet):
    text = django_filters.CharFilter(label=_("Words in the idea"), method="with_text", max_length=100)
    place = Within(label=_("Place"), empty_label=_("Everywhere"))
    theme = OneOf(label=_("Theme"), empty_label=_("All themes"))
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[choice for choice in IdeaStatus.choices if choice[0] in PUBLIC_STATUSES],
        empty_label=_("Any status"),
    )
    call = OneOf(
        label=_("Call for ideas"),
        empty_label=_("All ideas"),
        null_label=_("Outside any call"),
        null_value=NO_CALL,
    )
    phase = django_filters.ChoiceFilter(
        label=_("Phase its call is in now"),
        choices=PhaseKind.choices,
        empty_label=_("Any phase"),
        method="in_phase",
    )
    sort = django_filters.ChoiceFilter(
        label=_("Sort by"),
        choices=[
            ("newest", _("Newest")),
            ("supported", _("Most supported")),
            ("discussed", _("Most discussed")),
            ("oldest", _("Oldest")),
        ],
        empty_label=None,
        method="in_order",
    )
    box = BoxFilter()

    class Meta:
        model = Idea
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Idea], *, offers: Offers) -> None:
        super().__init__(data, queryset)
        self.offers = offers
        for name in ("place", "theme", "call"):
            self.filters[name].offer(getattr(offers, f"{name}s"))
        if self.data.get("text"):
            self.filters["sort"].extra["empty_label"] = _("Best match")

    def with_text(self, ideas: QuerySet[Idea], name: str, value: str) -> QuerySet[Idea]:
        """Ideas with the words, in any form of theirs, or with a title that has nearly such a word; best first."""
        query = SearchQuery(value, config="english", search_type="websearch")
        nearly = TrigramWordSimilarity(value, "title")
        return (
            ideas.alias(found=WORDS)
            .filter(Q(found=query) | Q(title__trigram_word_similar=value))
            .alias(match=Greatest(SearchRank(F("found"), query), nearly * NEARLY))
            .order_by("-match", "-pk")
        )

    def in_phase(self, ideas: QuerySet[Idea], name: str, value: str) -> QuerySet[Idea]:
        return ideas.filter(call__in=self.offers.calls_in(value))

    def in_order(self, ideas: QuerySet[Idea], name: str, value: str) -> QuerySet[Idea]:
        return ideas.order_by(*SORTS[value])

    def filter_queryset(self, queryset: QuerySet[Idea]) -> QuerySet[Idea]:
        return super().filter_queryset(queryset.order_by(*SORTS["newest"]))

    def chosen(self, name: str) -> Any:
        """The place, theme or call that was asked for, if one was. Only for valid input."""
        return self.filters[name].things.get(self.form.cleaned_data[name])
