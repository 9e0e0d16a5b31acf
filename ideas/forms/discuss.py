"""A comment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ideas.actions import (
    COMMENT_LIMIT,
)
from ideas.forms.common import TOO_LONG


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
