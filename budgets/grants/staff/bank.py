"""Bank details that wait for a second person. Nobody is shown a number; the officer types what the statement says."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.permissions import register_permission_policy

from budgets.grants import queries
from budgets.grants.display import alike_rows, bank_state, person
from budgets.grants.forms.pay import ConfirmBankForm, RefuseBankForm
from budgets.grants.models import BankAccount
from budgets.grants.permissions import may_confirm_accounts, may_confirm_bank
from budgets.staff import DeskIndex
from engage.kit.decisions import require
from engage.kit.staff import OnlyThese, VerbOn, VerbViewSet

register_permission_policy(BankAccount, OnlyThese(BankAccount, view="confirm_bank"))


class BankIndex(DeskIndex):
    """What waits comes first, the oldest of it at the top; then what was dealt with, the newest at the top."""

    def get_base_queryset(self) -> QuerySet[BankAccount]:
        found = queries.accounts().select_related("organisation", "entered_by")
        return found.annotate(settled_at=Coalesce("confirmed_at", "refused_at"))

    def order_queryset(self, queryset: QuerySet[BankAccount]) -> QuerySet[BankAccount]:
        if self.ordering and self.ordering != self.default_ordering:
            return super().order_queryset(queryset)
        return queryset.order_by(F("settled_at").desc(nulls_first=True), "entered_at")


class BankDesk(generic.InspectView):
    template_name = "grants/staff/bank.html"
    page_title = ""
    header_more_buttons = ()

    def get_base_object_queryset(self) -> QuerySet[BankAccount]:
        people = ("organisation", "entered_by", "confirmed_by", "refused_by")
        return queries.accounts().select_related(*people)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("staff_bankaccounts:index"), "label": _("Bank details")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": str(self.object.organisation)}]

    def get_fields_context(self) -> list[Any]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        details: BankAccount = self.object
        decision = may_confirm_bank(self.request.user, details)
        steps = [("confirm", _("Confirm")), ("refuse", _("Refuse"))] if decision else []
        return super().get_context_data(**kwargs) | {
            "details": details,
            "entered_by": person(details.entered_by),
            "settled_by": person(details.confirmed_by or details.refused_by),
            "state": bank_state(details),
            "decision": decision,
            "before": queries.details_before(details),
            "alike": alike_rows(queries.groups_like(details.organisation)),
            "statements": queries.statements_of(details.organisation_id),
            "buttons": [
                {"text": words, "url": reverse(f"staff_bankaccounts:{name}", args=[details.pk])}
                for name, words in steps
            ],
        }


class BankVerb(VerbOn):
    model = BankAccount
    template_name = "grants/staff/bank_verb.html"
    may = staticmethod(may_confirm_accounts)

    def desk_url(self) -> str:
        return reverse("staff_bankaccounts:inspect", args=[self.thing.pk])

    def get_thing(self) -> BankAccount:
        found = get_object_or_404(
            queries.accounts().select_related("organisation", "entered_by"), pk=self.kwargs["pk"]
        )
        require(may_confirm_bank(self.request.user, found))
        return found

    def get_page_subtitle(self) -> str:
        return str(self.thing.organisation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"entered_by": person(self.thing.entered_by)}


@method_decorator([sensitive_post_parameters("sort_code", "number"), never_cache], name="dispatch")
class ConfirmBank(BankVerb):
    form_class = ConfirmBankForm
    submit_label = gettext_lazy("Confirm these bank details")
    done = gettext_lazy("The account ending %(thing)s is confirmed. The group can be paid.")


class RefuseBank(BankVerb):
    form_class = RefuseBankForm
    submit_label = gettext_lazy("Refuse these bank details")
    done = gettext_lazy("The account ending %(thing)s is refused. The group reads why.")


class BankViewSet(VerbViewSet):
    model = BankAccount
    form_class = ConfirmBankForm  # type: ignore[assignment]  # nobody adds or edits: a group enters its details itself
    name = "bankaccounts"
    icon = "key"
    menu_label = gettext_lazy("Bank details")
    index_view_class = BankIndex
    inspect_view_class = BankDesk
    inspect_view_enabled = True
    inspect_template_name = BankDesk.template_name
    search_backend_name = None
    list_per_page = 40
    list_display = [
        "organisation",
        Column("number", label=gettext_lazy("Account"), accessor="__str__"),
        Column("state", label=gettext_lazy("State"), accessor=bank_state),
        Column("entered_by", label=gettext_lazy("Entered by"), accessor="entered_by"),
        DateColumn("entered_at", label=gettext_lazy("Entered"), sort_key="entered_at"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/confirm/", ConfirmBank.as_view(), name="confirm"),
            path("<int:pk>/refuse/", RefuseBank.as_view(), name="refuse"),
        ]
