"""The shape of what residents send. Whether it may be done is the verbs' to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from engage.accounts.models import Account
from engage.kit.decisions import Refused
from engage.residents.actions import join
from ideas.actions import (
    COMMENT_LIMIT,
    DESCRIPTION_LIMIT,
    REMOVAL_LIMIT,
    TITLE_LIMIT,
    change_status,
    comment_on_idea,
    remove_comment,
    save_call,
)
from ideas.enums import COUNCIL_STATUSES, IdeaStatus
from ideas.models import Call, Comment, Idea
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
        max_length=REMOVAL_LIMIT,
        help_text=_("Everyone can read this in place of the comment."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason. Everyone can read it."), "max_length": TOO_LONG},
    )


class StatusForm(WagtailAdminModelForm):
    """For officers and moderators: the next status and why, or an official answer, or both."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        help_text=_("Needed when the status changes. Everyone can read it on the idea's page."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    answer = forms.CharField(
        label=_("Official answer"),
        required=False,
        help_text=_("Shown first among the comments, with your public name."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Idea
        fields = ["status"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)
        offered = COUNCIL_STATUSES | {self.instance.status}
        status.choices = [choice for choice in IdeaStatus.choices if choice[0] in offered]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.has_changed():
            raise forms.ValidationError(
                _("Nothing was changed. Choose another status, or write an official answer.")
            )
        if cleaned.get("reason") and "status" not in self.changed_data:
            self.add_error(
                "status", _("A reason goes with a new status. Choose one, or use the official answer.")
            )
        return cleaned

    @transaction.atomic
    def do(self, *, by: Account) -> Idea:
        idea, at = Idea.objects.get(pk=self.instance.pk), timezone.now()
        given = self.cleaned_data
        if "status" in self.changed_data:
            change_status(idea=idea, status=given["status"], reason=given["reason"], by=by, at=at)
        if given["answer"]:
            author = join(account=by, at=at)
            try:
                comment_on_idea(idea=idea, author=author, text=given["answer"], at=at, official=True)
            except Refused as refused:
                raise Refused(replace(refused.denied, field="answer")) from refused
        return idea


class RemoveCommentForm(WagtailAdminModelForm):
    """For moderators, from their list of comments."""

    reason = ReasonForm.base_fields["reason"]

    class Meta:
        model = Comment
        fields: list[str] = []

    def do(self, *, by: Account) -> Comment:
        reason = self.cleaned_data["reason"]
        return remove_comment(comment=self.instance, reason=reason, by=by, at=timezone.now())


class CallForm(WagtailAdminModelForm):
    class Meta:
        model = Call
        fields = ["title", "explanation", "opens_at", "closes_at"]

    def do(self, *, by: Account) -> Call:
        known = Call.objects.get(pk=self.instance.pk) if self.instance.pk else None
        facts = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return save_call(call=known, by=by, at=timezone.now(), **facts)
