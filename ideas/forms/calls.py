"""A call for ideas."""

from __future__ import annotations

from django.utils import timezone
from wagtail.admin.forms.models import WagtailAdminModelForm

from engage.accounts.models import Account
from ideas.actions import (
    save_call,
)
from ideas.models import Call


class CallForm(WagtailAdminModelForm):
    class Meta:
        model = Call
        fields = ["title", "explanation", "opens_at", "closes_at"]

    def do(self, *, by: Account) -> Call:
        known = Call.objects.get(pk=self.instance.pk) if self.instance.pk else None
        facts = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return save_call(call=known, by=by, at=timezone.now(), **facts)
