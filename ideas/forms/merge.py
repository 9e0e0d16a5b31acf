"""Two ideas that say the same."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from ideas.actions import REMOVAL_LIMIT, merge_ideas, undo_merge
from ideas.forms.common import TOO_LONG
from ideas.models import Idea, Merge


def _reason(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=REMOVAL_LIMIT,
        help_text=_("Everyone can read it on both pages, and both authors are told."),
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MergeForm(forms.Form):
    kept: Idea

    reason = _reason(_("Why they are the same"))

    def do(self, merged: Idea, *, by: Account) -> Merge:
        return merge_ideas(
            kept=self.kept, merged=merged, reason=self.cleaned_data["reason"], by=by, at=timezone.now()
        )


class UndoMergeForm(forms.Form):
    merge: Merge

    reason = _reason(_("Why they are two ideas after all"))

    def do(self, kept: Idea, *, by: Account) -> Merge:
        return undo_merge(merge=self.merge, reason=self.cleaned_data["reason"], by=by, at=timezone.now())
