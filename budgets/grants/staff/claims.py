"""Who says that they act for a group that is in the books already. An officer finds out, and says how."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permissions import register_permission_policy

from budgets.grants.actions import settle_claim
from budgets.grants.models import Claim
from engage.accounts.models import Account
from engage.kit.staff import OnlyThese, VerbViewSet

register_permission_policy(Claim, OnlyThese(Claim, view="confirm_bank", change="confirm_bank"))


class ClaimAnswerForm(WagtailAdminModelForm):
    """Beside what the person says of themselves: what the officer found out, and from whom."""

    answer = forms.ChoiceField(
        label=_("Do they act for this group?"),
        choices=[("yes", _("Yes: they lead it here from now on")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Claim
        fields = ["how"]
        help_texts = {
            "how": _("Like “Rang the number on the charity register”. Never ask at a number they gave you.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        claim = self.instance
        self.fields["how"].required = True
        self.fields["answer"].help_text = _("%(who)s says: %(what)s") % {
            "who": claim.account.email,
            "what": claim.role_there,
        }

    def do(self, *, by: Account) -> Claim:
        given = self.cleaned_data
        return settle_claim(
            claim=self.instance, accepted=given["answer"] == "yes", how=given["how"], by=by, at=timezone.now()
        )


def answer_of(claim: Claim) -> Any:
    if claim.settled_at is None:
        return _("Waits for an answer")
    return _("Yes") if claim.accepted else _("No")


class ClaimViewSet(VerbViewSet):
    model = Claim
    form_class = ClaimAnswerForm
    name = "claims"
    icon = "group"
    menu_label = _("Claims to groups")
    ordering = ["-settled_at", "made_at"]  # what waits comes first
    list_per_page = 40
    list_display = [
        "organisation",
        "account",
        "role_there",
        DateColumn("made_at", label=_("Asked"), sort_key="made_at"),
        Column("answer", label=_("Answer"), accessor=answer_of),
    ]
