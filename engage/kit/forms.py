"""Form parts that every app shares: money as people type it, a key against double posting, errors as sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Denied, Refused
from engage.kit.money import NotMoney, decimal_pounds, parse_pounds

_KEY = re.compile(r"[0-9a-f]{32}")


class PoundsField(forms.CharField):
    """An amount in pounds; the cleaned value is whole pence.

    `may_be_negative` lets a minus sign through; otherwise the amount must be above nought.
    """

    def __init__(self, *, may_be_negative: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=24, **kwargs)
        self.may_be_negative = may_be_negative

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        if not text:
            return None
        minus = self.may_be_negative and text[0] in "-−"
        try:
            pence = parse_pounds(text[1:] if minus else text)
        except NotMoney:
            raise ValidationError(
                _("Enter an amount in pounds, like 1,250 or 1,250.50."), code="not_money"
            ) from None
        return -pence if minus else pence

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and (value == 0 or (value < 0 and not self.may_be_negative)):
            raise ValidationError(_("Enter an amount above £0."), code="not_positive")

    def run_validators(self, value: Any) -> None:
        """The length was that of the text; the pence have none."""

    def prepare_value(self, value: Any) -> Any:
        return decimal_pounds(value) if isinstance(value, int) else value


class KeyField(forms.CharField):
    """Drawn anew each time a form is shown, so that sending the same form twice does the thing once.

    A key that is missing or not one of ours is replaced by a fresh one: the form works, only without that protection.
    """

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, initial=lambda: uuid4().hex, **kwargs)

    def clean(self, value: Any) -> str:
        return f"form:{value if _KEY.fullmatch(str(value)) else uuid4().hex}"


def day_input() -> forms.DateInput:
    """A date box that browsers show as a calendar; without one, it takes 2027-04-30 as typed."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def do[Result](form: forms.BaseForm, verb: Callable[..., Result], **arguments: Any) -> Result | None:
    """Run a verb for a valid form; what it refuses becomes the form's error and the answer is None."""
    try:
        return verb(**arguments)
    except Refused as refused:
        add_refusal(form, refused)
        return None


def add_refusal(form: forms.BaseForm, refused: Refused) -> None:
    """Blame the field that the refusal names when the form has it, else the form as a whole."""
    field = refused.denied.field
    form.denied = refused.denied  # type: ignore[attr-defined]  # for `slowed`
    form.add_error(field if field in form.fields else None, str(refused.denied.reason))


def slowed[Answer: HttpResponse](response: Answer, by: forms.BaseForm | Denied | None) -> Answer:
    """The page of what was sent too fast says so to machines too; any other page is left as it is.

    `by` is what was refused, or the form that it was the error of.
    """
    denied: Denied | None = getattr(by, "denied", None) if isinstance(by, forms.BaseForm) else by
    if denied is not None and denied.retry_after is not None:
        response.status_code = denied.status
        response.headers["Retry-After"] = str(denied.retry_after)
    return response


def error_list(form: forms.BaseForm) -> list[dict[str, str]]:
    """For the `error_summary` component: each error with a link to the field it is about."""
    return [
        {"text": str(text), "href": _href(form, name)}
        for name, texts in form.errors.items()
        for text in texts
    ]


def _href(form: forms.BaseForm, name: str) -> str:
    """Nowhere for the form as a whole and for a field that nobody sees."""
    if name not in form.fields or form[name].is_hidden:
        return ""
    return f"#{form[name].id_for_label or form[name].auto_id}"
