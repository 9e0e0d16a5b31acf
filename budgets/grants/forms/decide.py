"""What a councillor says about an ask, and an officer where the councillor may not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.grants.enums import Answer
from engage.kit.forms import PoundsField

REASON = 2000
PUBLIC = _("Everybody can read this.")
NO_INTEREST = _("I have no interest in this group or project, and nobody close to me has.")


def _reason(label: Any, help_text: Any = PUBLIC) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Give your reason. Everybody can read it.")},
    )


def no_interest_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=NO_INTEREST,
        error_messages={
            "required": _(
                "Confirm that you have no interest. If you have one, declare it, and an officer decides."
            )
        },
    )


class DeclineForm(forms.Form):
    """Saying no before anything is checked."""

    reason = _reason(_("Why do you not support it?"))
    no_interest = no_interest_field()

    @property
    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "answer": Answer.DECLINED,
            "reason": given["reason"],
            "no_interest": given["no_interest"],
        }


class DecideForm(forms.Form):
    """Yes with an amount, or no; either with a reason."""

    answer = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(Answer.APPROVED, _("Approve it")), (Answer.DECLINED, _("Decline it"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you approve or decline it.")},
    )
    amount = PoundsField(label=_("Amount, if you approve it"), required=False)
    reason = _reason(_("Reason"))
    no_interest = no_interest_field()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (
            given.get("answer") == Answer.APPROVED
            and given.get("amount") is None
            and "amount" not in self.errors
        ):
            self.add_error("amount", _("Enter how much you award."))
        return given

    @property
    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "answer": Answer(given["answer"]),
            "amount_pence": given["amount"] or 0,
            "reason": given["reason"],
            "no_interest": given["no_interest"],
        }


class InterestForm(forms.Form):
    what = forms.CharField(
        label=_("What is your interest?"),
        help_text=_(
            "For example “My sister leads the group.” Everybody can read this. It cannot be taken back."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what your interest is. Everybody can read it.")},
    )
