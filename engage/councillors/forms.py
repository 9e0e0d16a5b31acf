"""The forms with which officers and editors keep councillors and their terms."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput
from wagtail.images.widgets import AdminImageChooser

from engage.accounts.models import Account
from engage.councillors.actions import save_councillor, save_pre_election, save_term
from engage.councillors.models import Councillor, PreElection, Term


class CouncillorForm(WagtailAdminModelForm):
    class Meta:
        model = Councillor
        fields = ["name", "group", "email", "portrait", "statement", "account"]
        widgets = {"portrait": AdminImageChooser}

    def do(self, *, by: Account) -> Councillor:
        known = Councillor.objects.get(pk=self.instance.pk) if self.instance.pk else None
        facts: dict[str, Any] = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return save_councillor(by=by, councillor=known, **facts)


class TermForm(WagtailAdminModelForm):
    class Meta:
        model = Term
        fields = ["councillor", "place", "starts_on", "ends_on"]

    def do(self, *, by: Account) -> Term:
        known = Term.objects.get(pk=self.instance.pk) if self.instance.pk else None
        facts: dict[str, Any] = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return save_term(by=by, term=known, **facts)


class PreElectionForm(WagtailAdminModelForm):
    class Meta:
        model = PreElection
        fields = ["name", "starts_on", "ends_on"]
        widgets = {"starts_on": AdminDateInput, "ends_on": AdminDateInput}

    def do(self, *, by: Account) -> PreElection:
        known = PreElection.objects.get(pk=self.instance.pk) if self.instance.pk else None
        facts: dict[str, Any] = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return save_pre_election(by=by, period=known, **facts)
