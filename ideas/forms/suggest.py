"""A new idea."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ideas.actions import (
    DESCRIPTION_LIMIT,
    TITLE_LIMIT,
)
from ideas.forms.common import TOO_LONG
from ideas.queries import Offers


class SuggestForm(forms.Form):
    """A new idea. The pin is two numbers; where there is one, the place is worked out from it."""

    title = forms.CharField(
        label=_("Your idea in a few words"),
        max_length=TITLE_LIMIT,
        help_text=_("Say what should happen, for example “Lights at the skate park”."),
        error_messages={"required": _("Give your idea a title."), "max_length": TOO_LONG},
    )
    description = forms.CharField(
        label=_("Tell us more"),
        max_length=DESCRIPTION_LIMIT,
        help_text=_("What is it like now? What would change, and for whom? Everyone can read this."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Say what your idea is."), "max_length": TOO_LONG},
    )
    theme = forms.ChoiceField(label=_("What is it about?"), required=False)
    call = forms.ChoiceField(
        label=_("Is it for a call?"),
        required=False,
        help_text=_("The council sometimes asks for ideas on one subject."),
    )
    place = forms.ChoiceField(
        label=_("Which place is it for?"),
        required=False,
        help_text=_("If you put a pin on the map, the pin decides the place."),
    )
    latitude = forms.FloatField(
        label=_("Latitude"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": _("Enter the latitude as a number of degrees, like 53.4123.")},
    )
    longitude = forms.FloatField(
        label=_("Longitude"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": _("Enter the longitude as a number of degrees, like -2.3456.")},
    )

    def __init__(
        self, data: Any = None, *, offers: Offers, at: datetime, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.places = {place.slug: place for place in offers.places}
        self.themes = {theme.slug: theme for theme in offers.themes}
        self.calls = {call.slug: call for call in offers.calls}
        self._offer("place", offers.places, _("Choose a place"))
        self._offer("theme", offers.themes, _("Not sure"))
        # A call that closed while somebody wrote is still understood, so that the verb can say what happened.
        sent = self.calls.get(self.data.get("call", ""))
        takes_ideas = offers.open_calls(at)
        calls = [*takes_ideas, sent] if sent and sent not in takes_ideas else takes_ideas
        self._offer("call", calls, _("No, it is my own idea"))
        if not calls and not self.data.get("call"):
            del self.fields["call"]

    def _offer(self, name: str, things: Sequence[Any], nothing: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", nothing), *((thing.slug, str(thing)) for thing in things)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if (latitude is None) != (longitude is None) and not {"latitude", "longitude"} & self.errors.keys():
            missing = "latitude" if latitude is None else "longitude"
            self.add_error(missing, _("A pin needs both numbers. Fill in this one too, or empty the other."))
        cleaned["pin"] = None if latitude is None or longitude is None else (latitude, longitude)
        if cleaned["pin"] is None and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _("Choose the place your idea is for, or put a pin on the map."))
        return cleaned

    def words(self) -> dict[str, Any]:
        """The cleaned answers, as `suggest_idea` takes them."""
        given = self.cleaned_data
        return {
            "title": given["title"],
            "description": given["description"],
            "theme": self.themes.get(given["theme"]),
            "call": self.calls.get(given.get("call", "")),
            "place": self.places.get(given["place"]),
            "pin": given["pin"],
        }
