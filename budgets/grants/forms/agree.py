"""Signing the agreement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SignForm(forms.Form):
    """One person, as whoever they are named as."""

    agreed = forms.BooleanField(
        error_messages={"required": _("Tick the box when you have read the agreement and agree to it.")}
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("I am %(name)s. I have read the agreement and agree to it for the group.")
        self.fields["agreed"].label = words % {"name": name}
