"""A new idea, one form for each page: the shape of what is typed, and what it means to the verb."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Refused
from engage.kit.forms import PoundsField, add_refusal, day_input
from engage.kit.uploads import PictureField
from engage.places.enums import PlaceKind
from engage.residents.forms import PublicName
from ideas.actions import ALT_LIMIT, CO_AUTHORS_EACH, DESCRIPTION_LIMIT, TITLE_LIMIT, place_of
from ideas.enums import Channel, QuestionKind
from ideas.forms.common import TOO_LONG
from ideas.models import CallQuestion, IdeaPicture
from ideas.queries import Desk
from ideas.rules import steps

MOST_POUNDS = 1_000_000_000
SHORT_LIMIT, LONG_LIMIT = 200, 2000


class StepForm(forms.Form):
    """One page of a draft. `typed` is kept, right or wrong; `words` are what `suggest_idea` takes."""

    def __init__(self, data: Any = None, *, desk: Desk, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.desk = desk
        self.prepare()

    def prepare(self) -> None:
        """What there is to choose from."""

    def typed(self) -> dict[str, Any]:
        """Every field as the browser sent it."""
        return {
            name: field.widget.value_from_datadict(self.data, {}, self.add_prefix(name))
            for name, field in self.fields.items()
        }

    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields}

    def offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)


class CallStep(StepForm):
    call = forms.ChoiceField(
        label=_("Is your idea for one of these calls?"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("The council asks for ideas on one subject, and says when it will decide."),
    )

    def prepare(self) -> None:
        calls = list(self.desk.calls)
        if self.desk.call and self.desk.call not in calls:
            calls.append(self.desk.call)
        own = _("No, it is my own idea. My councillors can read it at any time.")
        self.offer("call", [*((call.slug, call.title) for call in calls), ("", own)])

    def words(self) -> dict[str, Any]:
        return {"call": self.desk.call if self.cleaned_data["call"] else None}


class TitleStep(StepForm):
    title = forms.CharField(
        label=_("Your idea in a few words"),
        max_length=TITLE_LIMIT,
        help_text=_("Say what should happen, for example “Lights at the skate park”."),
        error_messages={"required": _("Give your idea a title."), "max_length": TOO_LONG},
    )


class DescriptionStep(StepForm):
    description = forms.CharField(
        label=_("Tell us more"),
        max_length=DESCRIPTION_LIMIT,
        help_text=_("What is it like now? What would change, and for whom? Everyone can read this."),
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Say what your idea is."), "max_length": TOO_LONG},
    )


class PlaceStep(StepForm):
    """The pin is two numbers; where there is one, the place is worked out from it."""

    find = forms.CharField(
        label=_("Find a street or postcode"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    place = forms.ChoiceField(
        label=_("Or choose from the list"),
        required=False,
        help_text=_("If you put a pin on the map, the pin decides the place."),
        error_messages={"invalid_choice": _("Choose a place from the list.")},
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

    def prepare(self) -> None:
        council = self.desk.council
        named = [(place.slug, place.name) for place in self.desk.places if place.kind != PlaceKind.COUNCIL]
        whole = (
            [(council.slug, _("No single place: all of %(place)s") % {"place": council})] if council else []
        )
        self.offer("place", [("", _("Choose a place")), *whole, *named])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        wrong = {"latitude", "longitude"} & self.errors.keys()
        if (latitude is None) != (longitude is None) and not wrong:
            missing = "latitude" if latitude is None else "longitude"
            self.add_error(missing, _("A pin needs both numbers. Fill in this one too, or empty the other."))
            return cleaned
        cleaned["pin"] = None if latitude is None or longitude is None else (latitude, longitude)
        if cleaned["pin"] is not None:
            try:
                place_of(None, cleaned["pin"])
            except Refused as refused:
                add_refusal(self, refused)
        elif not cleaned.get("place") and "place" not in self.errors and not wrong:
            self.add_error("place", _("Choose the place your idea is for, or put a pin on the map."))
        return cleaned

    def words(self) -> dict[str, Any]:
        given = self.cleaned_data
        by_slug = {place.slug: place for place in self.desk.places}
        return {
            "place": by_slug.get(given["place"]),
            "pin": given["pin"],
            "address": address_at(self.desk.typed, given["pin"]),
        }


class ThemeStep(StepForm):
    theme = forms.ChoiceField(label=_("What is it about?"), required=False)
    rough_cost = PoundsField(
        label=_("About how much would it cost?"),
        required=False,
        help_text=_("A guess is enough. Leave it empty if you do not know."),
    )

    def prepare(self) -> None:
        themes = ((theme.slug, theme.name) for theme in self.desk.themes)
        self.offer("theme", [("", _("Not sure")), *themes])

    def clean_rough_cost(self) -> int | None:
        pence: int | None = self.cleaned_data["rough_cost"]
        if pence is not None and pence > MOST_POUNDS * 100:
            raise ValidationError(_("That is more than any council has. Check the number of noughts."))
        return pence

    def words(self) -> dict[str, Any]:
        themes = {theme.slug: theme for theme in self.desk.themes}
        return {
            "theme": themes.get(self.cleaned_data["theme"]),
            "rough_cost_pence": self.cleaned_data["rough_cost"],
        }


class QuestionsStep(StepForm):
    """The call's own questions."""

    def prepare(self) -> None:
        for question in self.desk.questions:
            self.fields[f"q{question.pk}"] = _field_for(question)

    def words(self) -> dict[str, Any]:
        given = {question: self.cleaned_data[f"q{question.pk}"] for question in self.desk.questions}
        return {
            "replies": {
                question: _stored(question, value)
                for question, value in given.items()
                if value not in (None, "", [])
            }
        }


class CoAuthorsStep(StepForm):
    co_authors = forms.CharField(
        label=_("Their email addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocapitalize": "off", "spellcheck": "false"}),
        help_text=_("One on each line, at most five. We show the addresses to nobody."),
    )

    def clean_co_authors(self) -> list[str]:
        given = self.cleaned_data["co_authors"].replace(",", "\n").replace(";", "\n").splitlines()
        emails = list(dict.fromkeys(email.strip().lower() for email in given if email.strip()))
        if len(emails) > CO_AUTHORS_EACH:
            raise ValidationError(
                _("You named %(count)d people. Name at most %(most)d.")
                % {"count": len(emails), "most": CO_AUTHORS_EACH}
            )
        for email in emails:
            try:
                validate_email(email)
            except ValidationError:
                raise ValidationError(
                    _("“%(email)s” is not an email address. Write one like name@example.org on each line.")
                    % {"email": email[:60]}
                ) from None
        return emails


class SendAsGuest(StepForm):
    """Where to send the link, and how others see the writer."""

    email = forms.EmailField(
        label=_("Your email address"),
        help_text=_("We send you a link. Your idea is published when you press the button behind it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Enter your email address, so that we can send you the link."),
            "invalid": _("Enter an email address like name@example.org."),
        },
    )
    name = PublicName()


class SendForResident(StepForm):
    """What staff say of the person who told them the idea."""

    channel = forms.ChoiceField(
        label=_("How did the idea reach us?"),
        widget=forms.RadioSelect,
        choices=[choice for choice in Channel.choices if choice[0] != Channel.ONLINE],
        error_messages={"required": _("Say how the idea reached us. Everyone can see this.")},
    )
    name = PublicName()

    def prepare(self) -> None:
        self.fields["name"].help_text = _(
            "Only if the person wants it shown. Leave it empty to show “A resident”."
        )


class Send(StepForm):
    """Nothing is asked of somebody who is signed in."""


STEPS: dict[str, type[StepForm]] = {
    steps.CALL: CallStep,
    steps.TITLE: TitleStep,
    steps.DESCRIPTION: DescriptionStep,
    steps.PLACE: PlaceStep,
    steps.THEME: ThemeStep,
    steps.QUESTIONS: QuestionsStep,
    steps.CO_AUTHORS: CoAuthorsStep,
}


def filled(desk: Desk) -> dict[str, StepForm]:
    """The forms of all pages with what was typed on them, checked again."""
    return {name: STEPS[name](desk.typed, desk=desk) for name in desk.steps.names if name in STEPS}


def all_words(forms_: Mapping[str, StepForm]) -> dict[str, Any]:
    """What `send_draft` takes of the pages. Every form must be valid."""
    words: dict[str, Any] = {}
    for form in forms_.values():
        words |= form.words()
    return words


def address_at(typed: Mapping[str, Any], pin: tuple[float, float] | None) -> str:
    """The address that was chosen, while the pin is still where it put it."""
    chosen = typed.get("address")
    if pin is None or not isinstance(chosen, Mapping):
        return ""
    near = all(
        math.isclose(at, float(chosen.get(name, math.nan)), abs_tol=0.000_02)
        for at, name in zip(pin, ("latitude", "longitude"), strict=True)
    )
    return str(chosen.get("text", ""))[:200] if near else ""


class PictureForm(forms.Form):
    file = PictureField(
        label=_("Add a picture"),
        help_text=_(
            "JPEG, PNG, GIF or WebP, up to 10 MB. We make it smaller, and remove where and when it was taken."
        ),
        error_messages={"required": _("Choose a picture first.")},
    )
    alt = forms.CharField(
        label=_("What the picture shows"),
        max_length=ALT_LIMIT,
        help_text=_("One sentence for people who cannot see it, like “The dark path behind the school”."),
        error_messages={
            "required": _("Say what the picture shows, for people who cannot see it."),
            "max_length": TOO_LONG,
        },
    )


class PictureWords(forms.Form):
    """What each picture that is there already shows; one that the browser says nothing of stays as it is."""

    def __init__(self, data: Any = None, *, pictures: Iterable[IdeaPicture]) -> None:
        super().__init__(data)
        for number, picture in enumerate(pictures, 1):
            if data is not None and f"alt-{picture.pk}" not in data:
                continue
            self.fields[f"alt-{picture.pk}"] = forms.CharField(
                label=_("What picture %(number)d shows") % {"number": number},
                initial=picture.alt,
                max_length=ALT_LIMIT,
                error_messages={
                    "required": _("Say what picture %(number)d shows, for people who cannot see it.")
                    % {"number": number},
                    "max_length": TOO_LONG,
                },
            )

    def changed(self) -> list[tuple[int, str]]:
        """The number of each picture that has other words now, with the words."""
        good = [name for name in self.changed_data if name in self.cleaned_data]
        return [(int(name.removeprefix("alt-")), self.cleaned_data[name]) for name in good]


class EditForm(forms.Form):
    """Other words for an idea, by the people who wrote it."""

    title = TitleStep.base_fields["title"]
    description = DescriptionStep.base_fields["description"]
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("Email address of a co-author"),
        help_text=_("We send a link with which they can accept. We show the address to nobody."),
        error_messages={
            "required": _("Enter the email address of the person you want to ask."),
            "invalid": _("Enter an email address like name@example.org."),
        },
    )


# --- the call's own questions ----------------------------------------------------------------------------


def _field_for(question: CallQuestion) -> forms.Field:
    hint = question.help_text
    if not question.public:
        hint = f"{hint} {_('Only the council can read this.')}".strip()
    needed = {"required": _("Answer this question: the call needs it.")}
    common: dict[str, Any] = {
        "label": question.label,
        "required": question.required,
        "help_text": hint,
    }
    if question.kind in {QuestionKind.SHORT, QuestionKind.LONG}:
        long = question.kind == QuestionKind.LONG
        return forms.CharField(
            max_length=LONG_LIMIT if long else SHORT_LIMIT,
            widget=forms.Textarea(attrs={"rows": 5}) if long else forms.TextInput(),
            error_messages=needed | {"max_length": TOO_LONG},
            **common,
        )
    if question.kind == QuestionKind.NUMBER:
        return forms.FloatField(
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            error_messages=needed | {"invalid": _("Enter a number, like 12 or 2.5.")},
            **common,
        )
    if question.kind == QuestionKind.DATE:
        return forms.DateField(
            widget=day_input(),
            error_messages=needed | {"invalid": _("Enter a date, like 2027-06-08.")},
            **common,
        )
    several = question.kind == QuestionKind.SEVERAL_OF
    choices: list[tuple[str, Any]] = [(choice, choice) for choice in question.offered()]
    if question.kind == QuestionKind.YES_NO:
        choices = [("yes", _("Yes")), ("no", _("No"))]
    return (forms.MultipleChoiceField if several else forms.ChoiceField)(
        choices=choices,
        widget=forms.CheckboxSelectMultiple if several else forms.RadioSelect,
        error_messages=needed,
        **common,
    )


def _stored(question: CallQuestion, value: Any) -> Any:
    """As JSON: a whole number without its decimal point, a date as text, yes and no as true and false."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value == "yes" if question.kind == QuestionKind.YES_NO else value
