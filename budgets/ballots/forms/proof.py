"""Proving who one is: one thing on each page, made from what the ballot's verifier asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.ballots.models import Ballot
from budgets.ballots.queries import Ask, Verifier
from budgets.ballots.rules.sheet import Home
from engage.kit.texts import telephone

TYPED = {"text", "email"}
HINTS = {
    "number": gettext_lazy("On your poll card, like AB-1234."),
    "postcode": gettext_lazy("Of the address where you are registered."),
    "code": gettext_lazy("Twelve letters and numbers. Capitals, dashes and spaces do not matter."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One page: what is asked on it. `kind` is "typed", "place" or "tick"."""

    kind: str
    asks: tuple[Ask, ...]


def steps_of(verifier: Verifier, homes: Sequence[Home]) -> list[Step]:
    """The pages, in order. What somebody brings is not asked, nor is the place where there is only one."""
    known = {"brought", "place"} if len(homes) == 1 else {"brought"}
    asks = [ask for ask in verifier.asks if ask.kind not in known]
    grouped = groupby(asks, key=lambda ask: "typed" if ask.kind in TYPED else ask.kind)
    return [Step(kind, tuple(found)) for kind, found in grouped]


class StepForm(forms.Form):
    """The fields of one page, and what earlier pages asked for as hidden fields."""

    def __init__(
        self,
        *args: Any,
        ballot: Ballot,
        step: Step,
        homes: Sequence[Home],
        kept: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, value in kept.items():
            self.fields[name] = forms.CharField(
                widget=forms.HiddenInput, initial=value, required=False, max_length=2_000
            )
        for ask in step.asks:
            self.fields[ask.name] = _field(ask, ballot, homes)

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


class TelephoneForm(forms.Form):
    """Where the code is texted to; what is typed comes out the one way to write it."""

    address = forms.CharField(
        label=gettext_lazy("Your mobile number"),
        help_text=gettext_lazy("With the code of the country, like +44, if it is not from here."),
        max_length=30,
        error_messages={"required": gettext_lazy("Enter your mobile number.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel", "spellcheck": "false"}),
    )

    def clean_address(self) -> str:
        try:
            return telephone(self.cleaned_data["address"])
        except ValueError:
            raise forms.ValidationError(_("This is no telephone number. Check each digit.")) from None


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


def _field(ask: Ask, ballot: Ballot, homes: Sequence[Home]) -> forms.Field:
    if ask.kind == "place":
        return forms.ChoiceField(
            label=ask.label_for(ballot),
            choices=[("", _("Choose a place")), *((str(home.pk), home.name) for home in homes)],
            error_messages={"required": _("Choose where you live.")},
        )
    if ask.kind == "tick":
        return forms.BooleanField(
            label=ask.label_for(ballot),
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
        label=ask.label_for(ballot),
        help_text=HINTS.get(ask.name, ""),
        max_length=200,
        error_messages={"required": _("Enter this: %(what)s.") % {"what": ask.label_for(ballot).lower()}},
        widget=forms.TextInput(attrs=kept_off),
    )
