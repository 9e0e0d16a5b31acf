"""The next status of an idea."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from engage.accounts.models import Account
from engage.kit.decisions import Denied, Refused
from engage.residents.actions import join
from ideas.actions import (
    change_status,
    comment_on_idea,
)
from ideas.enums import IdeaStatus
from ideas.models import Idea
from ideas.permissions import acts_as, may_change_status
from ideas.rules.statuses import Who, both_names, following


class StatusForm(WagtailAdminModelForm):
    """For officers and moderators: the next status and why, or an official answer, or both."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        help_text=_("Needed when the status changes. Everyone can read it on the idea's page."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    answer = forms.CharField(
        label=_("Official answer"),
        required=False,
        help_text=_("Shown first among the comments, with your public name."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Idea
        fields = ["status"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)
        now = self.instance.status
        following_now = following(now, acts_as(self.for_user) if self.for_user else set(Who))
        status.choices = [(each, both_names(each)) for each in [IdeaStatus(now), *following_now]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.for_user and isinstance(denied := may_change_status(self.for_user, self.instance), Denied):
            raise forms.ValidationError(str(denied.reason))
        if not self.has_changed():
            raise forms.ValidationError(
                _("Nothing was changed. Choose another status, or write an official answer.")
            )
        if cleaned.get("reason") and "status" not in self.changed_data:
            self.add_error(
                "status", _("A reason goes with a new status. Choose one, or use the official answer.")
            )
        return cleaned

    @transaction.atomic
    def do(self, *, by: Account) -> Idea:
        idea, at = Idea.objects.get(pk=self.instance.pk), timezone.now()
        given = self.cleaned_data
        if "status" in self.changed_data:
            change_status(idea=idea, status=given["status"], reason=given["reason"], by=by, at=at)
        if given["answer"]:
            author = join(account=by, at=at)
            try:
                comment_on_idea(idea=idea, author=author, text=given["answer"], at=at, official=True)
            except Refused as refused:
                raise Refused(replace(refused.denied, field="answer")) from refused
        return idea
