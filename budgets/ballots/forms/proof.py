"""Proving who one is: one thing on each page, made from what the ballot's verifier asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.ballots.queries import Ask, Verifier
from engage.places.models import Place

TYPED = {"text", "email"}
HINTS = {
    "number": gettext_lazy("On your poll card, like AB-1234."),
    "postcode": gettext_lazy("Of the address where you are registered."),
    "code": gettext_lazy(
        "Twelve letters and numbers from your letter. Capitals, dashes and spaces do not matter."
    ),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One page: what is asked on it. `kind` is "typed", "place" or "tick"."""

    kind: str
    asks: tuple[Ask, ...]


def steps_of(verifier: Verifier, homes: Sequence[Place], given: Iterable[str] = ()) -> list[Step]:
    """The pages, in order. What is `given` already is not asked, nor is the place where there is only one."""
    known = {*given, *(ask.name for ask in verifier.asks if ask.kind == "place" and len(homes) == 1)}
    asks = [ask for ask in verifier.asks if ask.name not in known]
    grouped = groupby(asks, key=lambda ask: "typed" if ask.kind in TYPED else ask.kind)
    return [Step(kind, tuple(found)) for kind, found in grouped]


class StepForm(forms.Form):
    """The fields of one page, and what earlier pages asked for as hidden fields."""

    def __init__(
        self, *args: Any, step: Step, homes: Sequence[Place], kept: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, value in kept.items():
            self.fields[name] = forms.CharField(
                widget=forms.HiddenInput, initial=value, required=False, max_length=500
            )
        for ask in step.asks:
            self.fields[ask.name] = _field(ask, homes)

    def claim(self) -> dict[str, str]:
        """What was typed, as verifiers read it."""
        return {name: "yes" if value is True else str(value) for name, value in self.cleaned_data.items()}


class AddressForm(forms.Form):
    """Where the link, or the receipt, is sent."""

    address = forms.EmailField(
        label=gettext_lazy("Your email address"),
        max_length=254,
        error_messages={"required": gettext_lazy("Enter your email address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class ReceiptForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Your receipt code"),
        help_text=gettext_lazy("Twenty letters and numbers. Capitals, dashes and spaces do not matter."),
        max_length=60,
        error_messages={"required": gettext_lazy("Enter your receipt code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


def _field(ask: Ask, homes: Sequence[Place]) -> forms.Field:
    if ask.kind == "place":
        return forms.ChoiceField(
            label=str(ask.label),
            choices=[("", _("Choose a place")), *((str(home.pk), home.name) for home in homes)],
            error_messages={"required": _("Choose where you live.")},
        )
    if ask.kind == "tick":
        return forms.BooleanField(
            label=str(ask.label),
            error_messages={
                "required": _(
                    "Say that you live there and are old enough, or you cannot vote in this ballot."
                )
            },
        )
    # A shared computer must not offer what somebody typed before.
    kept_off = {"autocomplete": "off", "spellcheck": "false", "data-from-link": ask.name}
    kind = forms.EmailField if ask.kind == "email" else forms.CharField
    return kind(
        label=str(ask.label),
        help_text=HINTS.get(ask.name, ""),
        max_length=200,
        error_messages={"required": _("Enter this: %(what)s.") % {"what": str(ask.label).lower()}},
        widget=forms.TextInput(attrs=kept_off),
    )
