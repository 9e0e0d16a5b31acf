"""Where officers work with money, and councillors and auditors look: lists, a desk for each thing, one form a verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from budgets import actions, display, queries
from budgets.forms import (
    AllocateForm,
    CallMoneyForm,
    CommitForm,
    CorrectAwardForm,
    OpenBudgetForm,
    OrganisationForm,
    OutcomeForm,
    PayForm,
    PhotoForm,
    RefundForm,
    ReleaseForm,
    TransferForm,
)
from budgets.models import Award, Budget, CallMoney, Organisation, Outcome, Photo
from budgets.permissions import may_allocate, may_record_award, may_report_outcome, moved_by_hand
from engage.accounts.models import Account
from engage.kit.columns import MoneyColumn, YearColumn
from engage.kit.decisions import Decision, require
from engage.kit.money import pounds
from engage.kit.staff import AddByVerb, OnlyThese, RemoveByVerb, VerbOn, VerbViewSet
from engage.places.models import Place

register_permission_policy(
    Award, OnlyThese(Award, view="view_award", add="record_award", change="record_award")
)
register_permission_policy(Budget, OnlyThese(Budget, view="view_budget", add="allocate_budget"))
register_permission_policy(
    CallMoney, OnlyThese(CallMoney, view="view_callmoney", add="add_callmoney", delete="add_callmoney")
)
register_permission_policy(
    Organisation,
    OnlyThese(Organisation, view="view_organisation", add="add_organisation", change="change_organisation"),
)


class DeskIndex(generic.IndexView):
    """A list whose titles lead to the desk, for everyone who may look."""

    def get_edit_url(self, instance: Any) -> str:
        return self.get_inspect_url(instance)

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        return []


@dataclass(frozen=True, slots=True)
class Button:
    """A verb on a desk: the name of its address, its words, who `may`, and `when` it makes sense."""

    name: str
    label: Any
    may: Callable[[Any], Decision]
    when: Callable[[Any], bool] = bool


class Desk(generic.InspectView):
    """One thing with all that is known of it, and a button for each verb that its reader may use now."""

    buttons: tuple[Button, ...] = ()
    page_title = ""
    header_more_buttons = ()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {
            "url": reverse(self.index_url_name),
            "label": self.model._meta.verbose_name_plural.capitalize(),
        }
        return [*self.breadcrumbs_items, above, {"url": "", "label": str(self.object)}]

    def get_fields_context(self) -> list[Any]:
        return []

    def get_figures(self) -> list[tuple[str, str]]:
        return figures(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place = f"staff_{self.model._meta.model_name}s"
        return super().get_context_data(**kwargs) | {
            "figures": self.get_figures(),
            "buttons": [
                {"text": button.label, "url": reverse(f"{place}:{button.name}", args=[self.object.pk])}
                for button in self.buttons
                if button.may(self.request.user) and button.when(self.object)
            ],
        }


class MoneyVerb(VerbOn):
    """A verb on an award or a budget, under its balances."""

    template_name = "budgets/staff/verb.html"
    model: type[Award | Budget] = Award
    may = staticmethod(may_record_award)

    def desk_url(self) -> str:
        return desk_url(self.thing)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"figures": figures(self.thing)}


def desk_url(thing: Award | Budget) -> str:
    return reverse(f"staff_{thing._meta.model_name}s:inspect", args=[thing.pk])


def figures(thing: Award | Budget) -> list[tuple[str, str]]:
    """The balances, named as people know them."""
    if isinstance(thing, Budget):
        return [
            (_("Allocated"), pounds(thing.allocated_pence)),
            (_("Committed"), pounds(thing.committed_pence)),
            (_("Spent"), pounds(thing.spent_pence)),
            (_("Remaining"), pounds(thing.remaining_pence)),
        ]
    return [
        (_("Awarded"), pounds(thing.awarded_pence)),
        (_("Still to pay"), pounds(thing.committed_pence)),
        (_("Paid"), pounds(thing.spent_pence)),
    ]


# --- awards ----------------------------------------------------------------------------------------------


class AwardFilter(WagtailFilterSet):
    year = django_filters.AllValuesFilter(field_name="budget__year", label=gettext_lazy("Financial year"))
    to_pay = django_filters.BooleanFilter(
        label=gettext_lazy("Something still to pay"), field_name="committed_pence", method="still_to_pay"
    )
    place = django_filters.ModelChoiceFilter(queryset=Place.objects.all(), label=gettext_lazy("Place"))

    class Meta:
        model = Award
        fields = ["status", "year", "to_pay", "place", "theme"]

    def still_to_pay(self, awards: QuerySet[Award], name: str, value: bool) -> QuerySet[Award]:
        return awards.filter(committed_pence__gt=0) if value else awards.filter(committed_pence=0)


class AwardIndex(DeskIndex):
    """Searched by words in the database, so that a new award is found at once."""

    def get_base_queryset(self) -> QuerySet[Award]:
        return queries.listed(Award.objects.all())

    def search_queryset(self, awards: QuerySet[Award]) -> QuerySet[Award]:
        for word in (self.search_query or "").split()[:8]:
            awards = awards.filter(
                Q(title__icontains=word)
                | Q(organisation__name__icontains=word)
                | Q(reference__icontains=word)
            )
        return awards


def _something_to_pay(award: Award) -> bool:
    return award.committed_pence > 0 and bool(moved_by_hand(award))


def _something_paid(award: Award) -> bool:
    return award.spent_pence > 0 and bool(moved_by_hand(award))


class AwardDesk(Desk):
    template_name = "budgets/staff/award_desk.html"
    buttons = (
        Button("pay", gettext_lazy("Record a payment"), may_record_award, _something_to_pay),
        Button("release", gettext_lazy("Release what is not needed"), may_record_award, _something_to_pay),
        Button("refund", gettext_lazy("Record a refund"), may_record_award, _something_paid),
        Button("report", gettext_lazy("Report a result"), may_report_outcome),
        Button("photo", gettext_lazy("Add a photo"), may_report_outcome),
        Button("edit", gettext_lazy("Mend the words"), may_record_award),
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        story = queries.award_story(self.object.pk)
        return super().get_context_data(**kwargs) | {
            "story": story,
            "life": display.award_life(story) if story else [],
            "may_report": bool(may_report_outcome(self.request.user)),
        }


class AddAward(AddByVerb):
    submit_button_label = gettext_lazy("Record the award")

    def get_success_url(self) -> str:
        return desk_url(self.object)


class ByHand(MoneyVerb):
    """One entry, where no app above has steps of its own that nobody can skip."""

    def get_thing(self) -> Award:
        award: Award = super().get_thing()
        require(moved_by_hand(award))
        return award


class Pay(ByHand):
    form_class = PayForm
    submit_label = gettext_lazy("Record the payment")
    done = gettext_lazy("The payment on “%(thing)s” is recorded and public.")

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"amount": self.thing.committed_pence or None}


class Release(ByHand):
    form_class = ReleaseForm
    submit_label = gettext_lazy("Release the money")
    done = gettext_lazy("What “%(thing)s” did not need is back in its budget.")


class Refund(ByHand):
    form_class = RefundForm
    submit_label = gettext_lazy("Record the refund")
    done = gettext_lazy("The refund from “%(thing)s” is back in its budget.")


class Report(MoneyVerb):
    form_class = OutcomeForm
    may = staticmethod(may_report_outcome)
    submit_label = gettext_lazy("Publish the result")
    done = gettext_lazy("The result of “%(thing)s” is public.")


class CorrectOutcome(Report):
    """The outcome in the address belongs to the award in the address."""

    submit_label = gettext_lazy("Publish the corrected result")

    def get_form_kwargs(self) -> dict[str, Any]:
        outcome = get_object_or_404(Outcome, pk=self.kwargs["outcome"], award=self.thing)
        return super().get_form_kwargs() | {"instance": outcome}


class AddPhoto(MoneyVerb):
    form_class = PhotoForm
    may = staticmethod(may_report_outcome)
    submit_label = gettext_lazy("Publish the photo")
    done = gettext_lazy("The photo of “%(thing)s” is public.")


def remove_photo(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    require(may_report_outcome(request.user))
    found = get_object_or_404(Photo.objects.select_related("award"), pk=photo, award=pk)
    if request.method == "POST":
        actions.remove_photo(photo=found, by=cast(Account, request.user))
        messages.success(request, _("The photo is off the page. It is still in the picture library."))
    return redirect(desk_url(found.award))


class MoneyViewSet(VerbViewSet):
    """A long list, searched in the database."""

    search_backend_name = None
    list_per_page = 40


class AwardViewSet(MoneyViewSet):
    model = Award
    name = "awards"
    icon = "pick"
    menu_label = gettext_lazy("Awards")
    index_view_class = AwardIndex
    add_view_class = AddAward
    inspect_view_class = AwardDesk
    inspect_view_enabled = True
    inspect_template_name = AwardDesk.template_name
    filterset_class = AwardFilter
    list_display = [
        "title",
        Column("organisation", label=gettext_lazy("Organisation"), accessor="organisation.name"),
        Column("place", label=gettext_lazy("Place"), accessor="place.name"),
        Column("status", label=gettext_lazy("Status"), accessor="get_status_display"),
        MoneyColumn("awarded_pence", label=gettext_lazy("Awarded"), sort_key="awarded_pence"),
        MoneyColumn("committed_pence", label=gettext_lazy("Still to pay"), sort_key="committed_pence"),
        Column("decided_on", label=gettext_lazy("Decided"), sort_key="decided_on"),
    ]
    search_fields = ["title"]
    ordering = ["-decided_on", "-pk"]

    def get_form_class(self, for_update: bool = False) -> Any:
        return CorrectAwardForm if for_update else CommitForm

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/pay/", Pay.as_view(), name="pay"),
            path("<int:pk>/release/", Release.as_view(), name="release"),
            path("<int:pk>/refund/", Refund.as_view(), name="refund"),
            path("<int:pk>/report/", Report.as_view(), name="report"),
            path("<int:pk>/report/<int:outcome>/", CorrectOutcome.as_view(), name="correct_outcome"),
            path("<int:pk>/photo/", AddPhoto.as_view(), name="photo"),
            path("<int:pk>/photo/<int:photo>/remove/", remove_photo, name="remove_photo"),
        ]


# --- budgets ---------------------------------------------------------------------------------------------


class BudgetFilter(WagtailFilterSet):
    year = django_filters.AllValuesFilter(label=gettext_lazy("Financial year"))
    place = django_filters.ModelChoiceFilter(queryset=Place.objects.all(), label=gettext_lazy("Place"))

    class Meta:
        model = Budget
        fields = ["year", "place", "councillor"]


class BudgetIndex(DeskIndex):
    def get_base_queryset(self) -> QuerySet[Budget]:
        return Budget.objects.select_related("place", "councillor")

    def search_queryset(self, budgets: QuerySet[Budget]) -> QuerySet[Budget]:
        for word in (self.search_query or "").split()[:8]:
            budgets = budgets.filter(Q(place__name__icontains=word) | Q(councillor__name__icontains=word))
        return budgets


class BudgetDesk(Desk):
    template_name = "budgets/staff/budget_desk.html"
    buttons = (
        Button("allocate", gettext_lazy("Allocate money"), may_allocate),
        Button("transfer", gettext_lazy("Transfer money"), may_allocate),
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = queries.journal_of(self.object.entries.all())[: queries.ENTRIES_A_PAGE]
        return super().get_context_data(**kwargs) | {
            "budget": self.object,
            "entries": [(entry, display.entry_words(entry)) for entry in entries],
            "public_url": display.place_url(self.object.place, self.object.year),
        }


class OpenBudget(AddByVerb):
    submit_button_label = gettext_lazy("Open the budget")

    def get_success_url(self) -> str:
        return desk_url(self.object)


class Allocate(MoneyVerb):
    model = Budget
    form_class = AllocateForm
    may = staticmethod(may_allocate)
    submit_label = gettext_lazy("Allocate the money")
    done = gettext_lazy("The money is in the budget of %(thing)s.")


class Transfer(MoneyVerb):
    model = Budget
    form_class = TransferForm
    may = staticmethod(may_allocate)
    submit_label = gettext_lazy("Transfer the money")
    done = gettext_lazy("The money has moved out of the budget of %(thing)s.")


class BudgetViewSet(MoneyViewSet):
    model = Budget
    form_class = OpenBudgetForm
    name = "budgets"
    icon = "bars"
    menu_label = gettext_lazy("Budgets")
    index_view_class = BudgetIndex
    add_view_class = OpenBudget
    inspect_view_class = BudgetDesk
    inspect_view_enabled = True
    inspect_template_name = BudgetDesk.template_name
    filterset_class = BudgetFilter
    list_display = [
        "__str__",
        Column("place", label=gettext_lazy("Place"), accessor="place.name"),
        YearColumn("year", label=gettext_lazy("Year"), sort_key="year"),
        MoneyColumn("allocated_pence", label=gettext_lazy("Allocated"), sort_key="allocated_pence"),
        MoneyColumn("committed_pence", label=gettext_lazy("Committed"), sort_key="committed_pence"),
        MoneyColumn("spent_pence", label=gettext_lazy("Spent"), sort_key="spent_pence"),
        MoneyColumn("remaining_pence", label=gettext_lazy("Remaining"), sort_key="remaining_pence"),
    ]
    search_fields = ["place__name"]

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/allocate/", Allocate.as_view(), name="allocate"),
            path("<int:pk>/transfer/", Transfer.as_view(), name="transfer"),
        ]


class OrganisationViewSet(MoneyViewSet):
    model = Organisation
    form_class = OrganisationForm
    name = "organisations"
    icon = "group"
    menu_label = gettext_lazy("Organisations")
    list_display = ["name", "kind", "identifier", "postcode"]
    list_filter = ["kind"]
    search_fields = ["name", "identifier"]
    ordering = ["name"]


# --- calls for ideas -------------------------------------------------------------------------------------


class StopFeeding(RemoveByVerb):
    def remove(self, thing: CallMoney, by: Account) -> None:
        actions.stop_feeding(money=thing, by=by, at=timezone.now())


class CallMoneyViewSet(VerbViewSet):
    model = CallMoney
    form_class = CallMoneyForm
    name = "call-money"
    icon = "link"
    menu_label = gettext_lazy("Money for calls")
    delete_view_class = StopFeeding
    list_display = ["call", "budget"]
    list_filter = ["call"]
    search_backend_name = None
    list_per_page = 40

    @cached_property
    def url_namespace(self) -> str:
        return "staff_call_money"


class MoneyGroup(ViewSetGroup):
    menu_label = gettext_lazy("Money")
    menu_icon = "bars"
    menu_order = 280
    items = (AwardViewSet(), BudgetViewSet(), CallMoneyViewSet(), OrganisationViewSet())


money_group = MoneyGroup()
