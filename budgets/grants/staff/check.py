"""The officers' queue, the desk of one application, and one form for each verb."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.permissions import register_permission_policy

from budgets.grants import display, queries
from budgets.grants.enums import Status, Verdict
from budgets.grants.forms import (
    AskGroupForm,
    AssignApplicationForm,
    CheckForm,
    DeclineApplicationForm,
    OfficerDecideForm,
    OverrideForm,
    TakeOnForm,
    WaiveForm,
)
from budgets.grants.forms.reports import AskBackForm
from budgets.grants.models import Application, Ask, Principle, Scheme
from budgets.grants.permissions import (
    may_check,
    may_decide_as_officer,
    may_override_checks,
    may_recover,
    may_work_queue,
    standings,
)
from budgets.grants.permissions.decide import UNDECIDED
from budgets.grants.rules.decisions import may_be_rewritten
from budgets.staff import Button, Desk, DeskIndex
from engage.kit.decisions import Denied
from engage.kit.money import pounds
from engage.kit.staff import OnlyThese, VerbOn, VerbViewSet
from engage.places.models import Place

register_permission_policy(Application, OnlyThese(Application, view="view_application"))


# --- the queue -------------------------------------------------------------------------------------------


class QueueFilter(WagtailFilterSet):
    turn = django_filters.ChoiceFilter(
        label=gettext_lazy("Whose turn"),
        choices=[(who.value, words) for who, words in display.WHO_WORDS.items()],
    )
    whose = django_filters.ChoiceFilter(
        label=gettext_lazy("Assigned"),
        method="of_whom",
        choices=[
            ("me", gettext_lazy("To me")),
            ("others", gettext_lazy("To others")),
            ("nobody", gettext_lazy("To nobody")),
        ],
    )
    status = django_filters.ChoiceFilter(
        label=gettext_lazy("Status"), choices=[each for each in Status.choices if each[0] != Status.DRAFT]
    )
    scheme = django_filters.ModelChoiceFilter(queryset=Scheme.objects.all(), label=gettext_lazy("Scheme"))
    place = django_filters.ModelChoiceFilter(queryset=Place.objects.all(), label=gettext_lazy("Place"))

    class Meta:
        model = Application
        fields: list[str] = []

    def of_whom(self, found: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        me = self.request.user
        if value == "me":
            return found.filter(officer=me)
        return (
            found.filter(officer=None)
            if value == "nobody"
            else found.exclude(Q(officer=None) | Q(officer=me))
        )


class AgeColumn(Column):
    """How long it has been where it is."""

    def get_value(self, instance: Application) -> str:
        return display.age_words(instance.status_since, timezone.now())


class AskedColumn(Column):
    def get_value(self, instance: Application) -> str:
        return pounds(display.asked_pence(instance))


class Queue(DeskIndex):
    """What waits for officers first, the longest waiting at the top. The same number of queries for any number."""

    page_title = gettext_lazy("Applications")
    default_ordering = None

    def get_base_queryset(self) -> QuerySet[Application]:
        return queries.queue()

    def order_queryset(self, queryset: QuerySet[Application]) -> QuerySet[Application]:
        return super().order_queryset(queryset) if self.is_explicitly_ordered else queryset

    def search_queryset(self, found: QuerySet[Application]) -> QuerySet[Application]:
        for word in (self.search_query or "").split()[:8]:
            found = found.filter(
                Q(title__icontains=word)
                | Q(organisation__name__icontains=word)
                | Q(reference__icontains=word)
            )
        return found


# --- the desk --------------------------------------------------------------------------------------------


def _at(*statuses: Status) -> Any:
    return lambda application: application.status in statuses


def _partly_paid(application: Application) -> bool:
    """Of a joint grant, one part before the others: what is paid is asked back here, as there is no report yet."""
    paid = sum(ask.award.spent_pence for ask in application.asks.all() if ask.award)
    return application.status == Status.AGREEMENT and paid > 0


def _may_be_declined(application: Application) -> bool:
    return application.status in {*UNDECIDED, Status.APPROVED, Status.AGREEMENT} and not _partly_paid(
        application
    )


def _may_be_asked(application: Application) -> bool:
    asks = list(application.asks.all())
    return application.status == Status.CHECK and bool(may_be_rewritten(standings(application, asks)))


class ApplicationDesk(Desk):
    """Everything about one application on one screen, with the check to fill in."""

    template_name = "grants/staff/desk.html"
    buttons = (
        Button("take", gettext_lazy("Take it on"), may_work_queue, _at(Status.SUBMITTED, Status.SUPPORTED)),
        Button("assign", gettext_lazy("Assign"), may_work_queue),
        Button("ask", gettext_lazy("Ask the group"), may_work_queue, _may_be_asked),
        Button("waive", gettext_lazy("Waive the overdue report"), may_override_checks, _at(Status.CHECK)),
        Button("decline", gettext_lazy("Decline"), may_decide_as_officer, _may_be_declined),
        Button("ask_back", gettext_lazy("Ask for money back"), may_recover, _partly_paid),
    )

    def get_object(self, queryset: Any = None) -> Application:
        return found_or_404(self.pk)

    def get_figures(self) -> list[tuple[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | _desk_context(self.object, self.request.user)


def found_or_404(pk: Any) -> Application:
    found = queries.desk_application(int(pk))
    if found is None:
        raise Http404
    return found


def _desk_context(application: Application, account: Any) -> dict[str, Any]:
    found = queries.desk(application, on=timezone.localdate())
    checking = application.status == Status.CHECK
    may = may_check(account, application)
    blocked = {row["principle"].pk for row in display.check_rows(application) if _open_block(row)}
    return {
        **display.desk_context(found, now=timezone.now()),
        "messages_sent": list(application.messages.all()),
        "check_form": CheckForm(application=application) if checking and may else None,
        "check_url": reverse("staff_applications:check", args=[application.pk]),
        "not_yours": may.reason if isinstance(may, Denied) and may_work_queue(account) else "",
        "blocked": blocked if checking and may_override_checks(account) else set(),
        "may_decide": checking and bool(may_decide_as_officer(account)) and bool(may),
    }


def _open_block(row: dict[str, Any]) -> bool:
    return row["verdict"] == Verdict.BLOCK and not row["override"] and not row["outdated"]


# --- the verbs -------------------------------------------------------------------------------------------


class OnApplication(VerbOn):
    """One verb on one application, which its desk leads to."""

    template_name = "grants/staff/application_verb.html"
    model = Application
    may = staticmethod(may_work_queue)

    def get_thing(self) -> Application:
        return found_or_404(self.kwargs["pk"])

    def desk_url(self) -> str:
        return reverse("staff_applications:inspect", args=[self.thing.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        above = {"url": reverse("staff_applications:index"), "label": _("Applications")}
        return [*items[:-2], above, *items[-2:]]


class TakeOn(OnApplication):
    form_class = TakeOnForm
    submit_label = gettext_lazy("Take it on")
    done = gettext_lazy("“%(thing)s” is being checked.")


class Assign(OnApplication):
    form_class = AssignApplicationForm
    submit_label = gettext_lazy("Assign")
    done = gettext_lazy("“%(thing)s” is assigned.")

    def get_initial(self) -> dict[str, Any]:
        return {"officer": self.thing.officer or self.request.user}


class CheckPrinciples(OnApplication):
    """The desk shows the same form; here it comes back when something is refused, with what was typed."""

    form_class = CheckForm
    template_name = "grants/staff/check.html"
    submit_label = gettext_lazy("Save the check")
    done = gettext_lazy("The check of “%(thing)s” is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"application": self.thing}

    def refused(self, form: Any, refused: Any) -> Any:
        """The next press is meant: it has seen what is there now."""
        if refused.denied.status == 409:
            form.data = form.data.copy()
            form.data["version"] = self.thing.version
        return super().refused(form, refused)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "checks": display.check_rows(self.thing),
            "changed": display.changed_words(self.thing),
        }


class Override(OnApplication):
    form_class = OverrideForm
    may = staticmethod(may_override_checks)
    submit_label = gettext_lazy("Let it go on")
    done = gettext_lazy("“%(thing)s” may go on. Your reason is public when it is approved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        principle = get_object_or_404(Principle, pk=self.kwargs["principle"], scheme=self.thing.scheme)
        return super().get_form_kwargs() | {"principle": principle}


class Waive(OnApplication):
    form_class = WaiveForm
    may = staticmethod(may_override_checks)
    submit_label = gettext_lazy("Waive the overdue report")
    done = gettext_lazy("“%(thing)s” may go on. Your reason is public when it is approved.")


class AskGroup(OnApplication):
    form_class = AskGroupForm
    submit_label = gettext_lazy("Send the question")
    done = gettext_lazy("The group of “%(thing)s” is asked.")


class Decline(OnApplication):
    form_class = DeclineApplicationForm
    may = staticmethod(may_decide_as_officer)
    submit_label = gettext_lazy("Decline")
    done = gettext_lazy("“%(thing)s” is declined, and the group is told why.")


class AskBack(OnApplication):
    form_class = AskBackForm
    may = staticmethod(may_recover)
    submit_label = gettext_lazy("Ask for money back")
    done = gettext_lazy("The money is asked back, and what was still promised is free again.")


class DecideAsOfficer(OnApplication):
    form_class = OfficerDecideForm
    may = staticmethod(may_decide_as_officer)
    submit_label = gettext_lazy("Record the decision")
    done = gettext_lazy("The decision about “%(thing)s” is recorded.")

    def get_form_kwargs(self) -> dict[str, Any]:
        asks = Ask.objects.select_related("application", "budget__councillor", "budget__place")
        ask = get_object_or_404(asks, pk=self.kwargs["ask"], application=self.thing)
        return super().get_form_kwargs() | {"ask": ask}


class ApplicationViewSet(VerbViewSet):
    model = Application
    form_class = CheckForm  # type: ignore[assignment]  # nothing is added or edited here but by its verbs
    name = "applications"
    icon = "tasks"
    menu_label = gettext_lazy("Applications")
    index_view_class = Queue
    inspect_view_class = ApplicationDesk
    inspect_view_enabled = True
    inspect_template_name = ApplicationDesk.template_name
    filterset_class = QueueFilter
    search_backend_name = None
    list_per_page = 40
    list_display = [
        TitleColumn(
            "title",
            label=gettext_lazy("Application"),
            get_url=lambda each: reverse("staff_applications:inspect", args=[each.pk]),
        ),
        Column("organisation", label=gettext_lazy("Group"), accessor="organisation.name"),
        AskedColumn("asked", label=gettext_lazy("Asks for")),
        Column("status", label=gettext_lazy("Status"), accessor="get_status_display"),
        AgeColumn("status_since", label=gettext_lazy("For"), sort_key="status_since"),
        Column("whose", label=gettext_lazy("Whose turn"), accessor=display.turn_words),
        Column("next", label=gettext_lazy("Next step"), accessor=lambda each: display.turn_of(each).what),
        Column("officer", label=gettext_lazy("Officer"), accessor=lambda each: each.officer or ""),
    ]
    search_fields = ["title"]

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/take/", TakeOn.as_view(), name="take"),
            path("<int:pk>/assign/", Assign.as_view(), name="assign"),
            path("<int:pk>/check/", CheckPrinciples.as_view(), name="check"),
            path("<int:pk>/override/<int:principle>/", Override.as_view(), name="override"),
            path("<int:pk>/waive/", Waive.as_view(), name="waive"),
            path("<int:pk>/ask/", AskGroup.as_view(), name="ask"),
            path("<int:pk>/decline/", Decline.as_view(), name="decline"),
            path("<int:pk>/ask-back/", AskBack.as_view(), name="ask_back"),
            path("<int:pk>/decide/<int:ask>/", DecideAsOfficer.as_view(), name="decide"),
        ]
