"""Taking something away, with the reason."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from engage.accounts.models import Account
from ideas.actions import (
    REMOVAL_LIMIT,
    remove_comment,
)
from ideas.forms.common import TOO_LONG
from ideas.models import Comment


class ReasonForm(forms.Form):
    """For whoever takes something away from the public page."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REMOVAL_LIMIT,
        help_text=_("Everyone can read this in place of the comment."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason. Everyone can read it."), "max_length": TOO_LONG},
    )


class RemoveCommentForm(WagtailAdminModelForm):
    """For moderators, from their list of comments."""

    reason = ReasonForm.base_fields["reason"]

    class Meta:
        model = Comment
        fields: list[str] = []

    def do(self, *, by: Account) -> Comment:
        reason = self.cleaned_data["reason"]
        return remove_comment(comment=self.instance, reason=reason, by=by, at=timezone.now())
