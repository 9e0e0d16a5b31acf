"""Who was named to sign for a group after it had applied. A second person finds out whether it is so, and says how."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permissions import register_permission_policy

from budgets.grants.actions import settle_signatory
from budgets.grants.models import Signatory
from budgets.staff import DeskIndex
from engage.accounts.models import Account
from engage.kit.staff import OnlyThese, VerbViewSet

register_permission_policy(Signatory, OnlyThese(Signatory, view="confirm_bank", change="confirm_bank"))


class SignatoryAnswerForm(WagtailAdminModelForm):
    """Beside who was named by whom and when: what the officer found out, and from whom."""

    answer = forms.ChoiceField(
        label=_("Does this person sign for the group?"),
        choices=[("yes", _("Yes")), ("no", _("No: take them off the list"))],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Signatory
        fields = ["how"]
        help_texts = {
            "how": _("Like “Rang the chair on the number we had before”. Never ask at a number that is new.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.instance
        self.fields["how"].required = True
        self.fields["answer"].help_text = _(
            "%(name)s, %(role)s, %(email)s, was named for %(group)s on %(day)s by %(who)s, after the group had applied."
        ) % {
            "name": person.name,
            "role": person.role,
            "email": person.email,
            "group": person.organisation,
            "day": date_format(timezone.localtime(person.named_at), "j F Y"),
            "who": person.named_by or _("somebody who has left"),
        }

    def do(self, *, by: Account) -> Signatory:
        given = self.cleaned_data
        settle_signatory(
            signatory=self.instance,
            accepted=given["answer"] == "yes",
            how=given["how"],
            by=by,
            at=timezone.now(),
        )
        return self.instance


def state_of(person: Signatory) -> Any:
    return _("Waits for an answer") if person.waits else _("Confirmed")


class SignatoryIndex(DeskIndex):
    """Whom the check of an application could not know: others are on its desk."""

    page_title = _("People who sign")

    def get_base_queryset(self) -> QuerySet[Signatory]:
        asked = Signatory.objects.filter(Q(waits=True) | Q(confirmed_at__isnull=False))
        return asked.select_related("organisation", "named_by")


class SignatoryViewSet(VerbViewSet):
    model = Signatory
    form_class = SignatoryAnswerForm
    name = "signatories"
    icon = "edit"
    menu_label = _("People who sign")
    index_view_class = SignatoryIndex
    search_backend_name = None
    ordering = ["-waits", "-named_at"]
    list_per_page = 40
    list_display = [
        "name",
        Column("organisation", label=_("Group")),
        Column("named_by", label=_("Named by")),
        DateColumn("named_at", label=_("Named"), sort_key="named_at"),
        Column("state", label=_("State"), accessor=state_of),
    ]
