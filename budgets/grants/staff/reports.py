"""Reports that groups owe or have sent, and money that is asked back: lists, a desk for each, one form a verb."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.permissions import register_permission_policy

from budgets.grants import display, queries
from budgets.grants.enums import Status
from budgets.grants.forms.reports import AcceptForm, AskBackForm, BookRefundForm, EndRecoveryForm, ReturnForm
from budgets.grants.models import Application, Recovery, Report
from budgets.grants.permissions import may_accept_reports, may_end_recovery, may_recover
from budgets.grants.permissions.reports import lacking
from budgets.staff import Button, Desk, DeskIndex
from engage.kit.columns import DayColumn, MoneyColumn
from engage.kit.decisions import Denied, require
from engage.kit.money import pounds
from engage.kit.staff import OnlyThese, VerbOn, VerbViewSet

register_permission_policy(Report, OnlyThese(Report, view="view_report"))
register_permission_policy(Recovery, OnlyThese(Recovery, view="view_report"))

OWED = {Status.PAID, Status.REPORT_DUE, Status.REPORTED, Status.RECOVERING}


class ReportFilter(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        method="in_state",
        choices=[
            ("read", gettext_lazy("To read")),
            ("overdue", gettext_lazy("Overdue")),
            ("coming", gettext_lazy("To come")),
            ("accepted", gettext_lazy("Accepted")),
        ],
    )

    class Meta:
        model = Report
        fields: list[str] = []

    def in_state(self, found: QuerySet[Report], name: str, value: str) -> QuerySet[Report]:
        today = timezone.localdate()
        return found.filter(
            {
                "read": Q(sent_at__isnull=False, accepted_at=None),
                "overdue": Q(sent_at=None, due_on__lt=today),
                "coming": Q(sent_at=None, due_on__gte=today),
                "accepted": Q(accepted_at__isnull=False),
            }[value]
        )


class ReportIndex(DeskIndex):
    """What waits to be read comes first, then what is due next; what is accepted at the end."""

    page_title = gettext_lazy("Reports of groups")
    default_ordering = None

    def get_base_queryset(self) -> QuerySet[Report]:
        return queries.listed_reports()

    def order_queryset(self, queryset: QuerySet[Report]) -> QuerySet[Report]:
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return queryset.order_by(
            F("accepted_at").asc(nulls_first=True), F("sent_at").asc(nulls_last=True), "due_on", "pk"
        )

    def search_queryset(self, found: QuerySet[Report]) -> QuerySet[Report]:
        for word in (self.search_query or "").split()[:8]:
            found = found.filter(
                Q(application__title__icontains=word) | Q(application__organisation__name__icontains=word)
            )
        return found


def _to_read(report: Report) -> bool:
    return report.sent_at is not None and report.accepted_at is None


def _paid(report: Report) -> bool:
    return report.application.status in OWED


class ReportDesk(Desk):
    template_name = "grants/staff/report.html"
    buttons = (
        Button("accept", gettext_lazy("Accept and publish"), may_accept_reports, _to_read),
        Button("send_back", gettext_lazy("Send back"), may_accept_reports, _to_read),
        Button("ask_back", gettext_lazy("Ask for money back"), may_recover, _paid),
    )

    def get_object(self, queryset: Any = None) -> Report:
        return report_or_404(self.pk)

    def get_figures(self) -> list[tuple[str, str]]:
        return []  # those of `report_context`, which its forms show too

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | report_context(self.object)


def report_or_404(pk: Any) -> Report:
    found = queries.report_of(int(pk))
    if found is None:
        raise Http404
    return found


def report_context(report: Report) -> dict[str, Any]:
    page = queries.report_page(report.application_id, report=report)
    assert page is not None
    today = timezone.localdate()
    return {
        "report": report,
        "state": display.report_state(report, on=today),
        "due": display.due_words(report, on=today),
        "lacking": lacking(report) if report.sent_at and not report.accepted_at else [],
        "figures": [
            (_("Paid"), pounds(page.paid_pence)),
            (_("Used, says the group"), pounds(report.used_pence) if report.used_pence is not None else "–"),
            (_("Left over"), pounds(max(0, page.paid_pence - (report.used_pence or 0)))),
        ],
        **display.report_parts(page, on=today),
    }


class OnReport(VerbOn):
    template_name = "grants/staff/report_verb.html"
    model = Report
    may = staticmethod(may_accept_reports)

    def get_thing(self) -> Report:
        return report_or_404(self.kwargs["pk"])

    def desk_url(self) -> str:
        return reverse("staff_reports:inspect", args=[self.kwargs["pk"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | report_context(report_or_404(self.kwargs["pk"]))


class Accept(OnReport):
    """Asks why less is enough only of a report that tells less than was asked."""

    form_class = AcceptForm
    submit_label = gettext_lazy("Accept and publish")
    done = gettext_lazy("The report is accepted, and everybody can read what it says.")

    def get_form(self, form_class: Any = None) -> AcceptForm:
        form = super().get_form(form_class)
        if not lacking(self.thing):
            del form.fields["although"]
        return form


class SendBack(OnReport):
    form_class = ReturnForm
    submit_label = gettext_lazy("Send back")
    done = gettext_lazy("The report is sent back. The group is told what is missing.")


class AskBack(OnReport):
    form_class = AskBackForm
    may = staticmethod(may_recover)
    submit_label = gettext_lazy("Ask for money back")
    done = gettext_lazy("The money is asked back. The group is told why.")

    def get_thing(self) -> Application:  # type: ignore[override]
        return report_or_404(self.kwargs["pk"]).application


class ReportViewSet(VerbViewSet):
    model = Report
    form_class = ReturnForm  # type: ignore[assignment]  # nobody adds or edits: a group writes its report itself
    name = "reports"
    url_prefix = "grant-reports"  # /admin/reports/ is Wagtail's own
    icon = "clipboard-list"
    menu_label = gettext_lazy("Reports of groups")
    index_view_class = ReportIndex
    inspect_view_class = ReportDesk
    inspect_view_enabled = True
    inspect_template_name = ReportDesk.template_name
    filterset_class = ReportFilter
    search_backend_name = None
    search_fields = ["application__title"]
    list_display = [
        TitleColumn(
            "application",
            label=gettext_lazy("Grant"),
            accessor="application.title",
            get_url=lambda each: reverse("staff_reports:inspect", args=[each.pk]),
        ),
        Column("group", label=gettext_lazy("Group"), accessor="application.organisation.name"),
        DayColumn("due_on", label=gettext_lazy("Due"), sort_key="due_on"),
        Column(
            "state",
            label=gettext_lazy("State"),
            accessor=lambda each: display.report_state(each, on=timezone.localdate()),
        ),
        Column("reminders", label=gettext_lazy("Reminders")),
    ]

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/accept/", Accept.as_view(), name="accept"),
            path("<int:pk>/send-back/", SendBack.as_view(), name="send_back"),
            path("<int:pk>/ask-back/", AskBack.as_view(), name="ask_back"),
        ]


# --- money that is asked back ----------------------------------------------------------------------------


class RecoveryIndex(DeskIndex):
    """What is still to come first, the longest asked at the top."""

    page_title = gettext_lazy("Money asked back")
    default_ordering = None

    def get_base_queryset(self) -> QuerySet[Recovery]:
        return queries.listed_recoveries()

    def order_queryset(self, queryset: QuerySet[Recovery]) -> QuerySet[Recovery]:
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return queryset.order_by(F("ended_at").desc(nulls_first=True), "asked_at", "pk")


class RecoveryDesk(Desk):
    template_name = "grants/staff/recovery.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("staff_recoveries:index"), "label": _("Money asked back")}
        return [*self.breadcrumbs_items[:1], above, {"url": "", "label": str(self.object.award)}]

    def get_figures(self) -> list[tuple[str, str]]:
        return recovery_figures(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        recovery: Recovery = self.object
        me, going_on = self.request.user, recovery.ended_at is None
        may_end = may_end_recovery(me, recovery)
        verbs = [("book", _("Book what came back"), may_recover(me)), ("end", _("Stop asking"), may_end)]
        return super().get_context_data(**kwargs) | {
            "recovery": recovery,
            "not_yours": may_end.reason if going_on and isinstance(may_end, Denied) else "",
            "buttons": [
                {"text": words, "url": reverse(f"staff_recoveries:{name}", args=[recovery.pk])}
                for name, words, may in verbs
                if going_on and may
            ],
        }


def recovery_figures(recovery: Recovery) -> list[tuple[str, str]]:
    return [
        (_("Asked back"), pounds(recovery.amount_pence)),
        (_("Came back"), pounds(recovery.recovered_pence)),
        (
            _("Not asked back any more") if recovery.ended_at else _("Still to come"),
            pounds(recovery.left_pence),
        ),
    ]


class OnRecovery(VerbOn):
    template_name = "budgets/staff/verb.html"
    model = Recovery
    may = staticmethod(may_recover)

    def get_thing(self) -> Recovery:
        return get_object_or_404(queries.listed_recoveries(), pk=self.kwargs["pk"])

    def desk_url(self) -> str:
        return reverse("staff_recoveries:inspect", args=[self.kwargs["pk"]])

    def get_page_subtitle(self) -> str:
        return str(self.thing.award)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"figures": recovery_figures(self.thing)}


class BookRefund(OnRecovery):
    form_class = BookRefundForm
    submit_label = gettext_lazy("Book what came back")
    done = gettext_lazy("It is booked as a refund in the journal.")


class EndRecovery(OnRecovery):
    form_class = EndRecoveryForm
    submit_label = gettext_lazy("Stop asking")
    done = gettext_lazy("The rest is not asked back any more. Everybody can read why.")

    def get_thing(self) -> Recovery:
        recovery = super().get_thing()
        require(may_end_recovery(self.request.user, recovery))
        return recovery


class RecoveryViewSet(VerbViewSet):
    model = Recovery
    form_class = EndRecoveryForm  # type: ignore[assignment]  # asked for from a report
    name = "recoveries"
    icon = "undo"
    menu_label = gettext_lazy("Money asked back")
    index_view_class = RecoveryIndex
    inspect_view_class = RecoveryDesk
    inspect_view_enabled = True
    inspect_template_name = RecoveryDesk.template_name
    search_backend_name = None
    search_fields = ["award__title"]
    list_display = [
        TitleColumn(
            "award",
            label=gettext_lazy("Grant"),
            accessor="award.title",
            get_url=lambda each: reverse("staff_recoveries:inspect", args=[each.pk]),
        ),
        Column("group", label=gettext_lazy("Group"), accessor="award.organisation.name"),
        MoneyColumn("amount_pence", label=gettext_lazy("Asked back")),
        MoneyColumn("recovered_pence", label=gettext_lazy("Came back")),
        DateColumn("asked_at", label=gettext_lazy("Asked"), sort_key="asked_at"),
        DateColumn("ended_at", label=gettext_lazy("Ended"), sort_key="ended_at"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/book/", BookRefund.as_view(), name="book"),
            path("<int:pk>/end/", EndRecovery.as_view(), name="end"),
        ]
