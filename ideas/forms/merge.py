"""Two ideas that say the same."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from ideas.actions import REMOVAL_LIMIT, merge_ideas, undo_merge
from ideas.forms.common import TOO_LONG
from ideas.models import Idea, Merge


class MergeForm(forms.Form):
    reason = forms.CharField(
        label=_("Why they are the same"),
        max_length=REMOVAL_LIMIT,
        help_text=_("Everyone can read it on both pages, and both authors are told."),
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    kept: Idea

    def do(self, merged: Idea, *, by: Account) -> Merge:
        return merge_ideas(
            kept=self.kept, merged=merged, reason=self.cleaned_data["reason"], by=by, at=timezone.now()
        )


class UndoMergeForm(forms.Form):
    reason = forms.CharField(
        label=_("Why they are two ideas after all"),
        max_length=REMOVAL_LIMIT,
        help_text=_("Everyone can read it on both pages, and both authors are told."),
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    merge: Merge

    def do(self, kept: Idea, *, by: Account) -> Merge:
        return undo_merge(merge=self.merge, reason=self.cleaned_data["reason"], by=by, at=timezone.now())
