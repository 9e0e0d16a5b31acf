"""The shape of what residents send. Whether it may be done is the verbs' to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ideas.actions import COMMENT_LIMIT, DESCRIPTION_LIMIT, TITLE_LIMIT
from ideas.enums import COUNCIL_STATUSES, IdeaStatus
from ideas.queries import Offers

TOO_LONG = _("This is %(show_value)d characters long and there is room for %(limit_value)d. Make it shorter.")


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
        if not calls:
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


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Your comment"),
        max_length=COMMENT_LIMIT,
        help_text=_("Be kind. Everyone can read this, with your public name."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your comment before you send it."), "max_length": TOO_LONG},
    )
    official = forms.BooleanField(
        label=_("This is an official answer"),
        required=False,
        help_text=_("It stands above other comments and speaks for the council."),
    )

    def __init__(self, data: Any = None, *, may_answer: bool) -> None:
        super().__init__(data)
        if not may_answer:
            del self.fields["official"]


class ReasonForm(forms.Form):
    """For whoever takes something away from the public page."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Everyone can read this in place of the comment."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason. Everyone can read it."), "max_length": TOO_LONG},
    )


class StatusForm(forms.Form):
    """For officers and moderators: the next status, why, and perhaps an official answer with it."""

    status = forms.ChoiceField(
        label=_("Status"),
        choices=[choice for choice in IdeaStatus.choices if choice[0] in COUNCIL_STATUSES],
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        help_text=_("Needed when the status changes. Everyone can read it on the idea's page."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    answer = forms.CharField(
        label=_("Official answer"),
        required=False,
        max_length=COMMENT_LIMIT,
        help_text=_("Optional. It is shown first among the comments, with your public name."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )
