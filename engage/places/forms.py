"""The form with which officers keep a place."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from engage.audit.models import Source
from engage.places.actions import count_place, save_place
from engage.places.models import Place
from engage.places.rules.boundaries import NotABoundary, read_boundary

LARGEST_BOUNDARY = 10 * 1024 * 1024


class BoundaryField(forms.FileField):
    """A small GeoJSON file with one boundary; the cleaned value is its geometry."""

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is None:
            return None
        if file.size and file.size > LARGEST_BOUNDARY:
            raise forms.ValidationError(_("The file is larger than 10 MB. Use a generalised boundary."))
        try:
            geometry = _one_geometry(json.loads(file.read().decode("utf-8-sig")))
            read_boundary(geometry)
        except (ValueError, RecursionError) as error:
            sentence = str(error) if isinstance(error, NotABoundary) else _("This is not a GeoJSON file.")
            raise forms.ValidationError(sentence) from error
        return geometry


class PlaceForm(WagtailAdminModelForm):
    boundary_file = BoundaryField(
        label=_("New boundary"),
        required=False,
        help_text=_(
            "A GeoJSON file with one Polygon or MultiPolygon in WGS 84. Leave empty to keep the boundary there is."
        ),
    )
    boundary_source = forms.ModelChoiceField(
        label=_("Source of the boundary"), required=False, queryset=Source.objects.all()
    )

    class Meta:
        model = Place
        fields = [
            "kind",
            "name",
            "slug",
            "gss_code",
            "parent",
            "electors",
            "population",
            "counted_on",
            "counted_source",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _(
            "The last part of the place’s address. Made from the name when left empty."
        )

    @transaction.atomic
    def do(self, *, by: AbstractBaseUser) -> Place:
        said = self.cleaned_data
        place = save_place(
            by=by,
            place=Place.objects.get(pk=self.instance.pk) if self.instance.pk else None,
            kind=said["kind"],
            name=said["name"],
            slug=said["slug"],
            gss_code=said["gss_code"],
            parent=said["parent"],
            boundary=said["boundary_file"],
            boundary_source=said["boundary_source"],
        ).place
        return count_place(
            by=by,
            place=place,
            electors=said["electors"],
            population=said["population"],
            counted_on=said["counted_on"],
            source=said["counted_source"],
        ).place


def _one_geometry(data: Any) -> Any:
    """The geometry of a bare one, of a Feature, or of a collection's only Feature."""
    kind = data.get("type") if isinstance(data, dict) else None
    if kind == "FeatureCollection":
        features = data.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise NotABoundary(str(_("The file must have exactly one feature: this place’s boundary.")))
        return _one_geometry(features[0])
    return data.get("geometry") if kind == "Feature" else data
