"""The council's published spending beside our payments: files read in, and the report of what came of it."""

from __future__ import annotations

import csv
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import register_permission_policy

from budgets.grants import actions, queries
from budgets.grants.display import compared_cells, compared_rows, match_tiles
from budgets.grants.forms.pay import ReportForm, SpendFileForm
from budgets.grants.models import SpendFile
from budgets.grants.permissions import may_reconcile
from engage.kit.decisions import require
from engage.kit.staff import AddByVerb, ListInOneQuery, OnlyThese, RemoveByVerb, VerbViewSet
from engage.kit.tables import BadFile
from engage.kit.twins import cell

register_permission_policy(
    SpendFile,
    OnlyThese(SpendFile, view="reconcile_spending", add="reconcile_spending", delete="reconcile_spending"),
)
SHOWN, IN_CSV = 500, 100_000


class SpendIndex(ListInOneQuery):
    def get_base_queryset(self) -> QuerySet[SpendFile]:
        return queries.spend_files()

    def get_edit_url(self, instance: SpendFile) -> str:
        return f"{reverse('staff_spendfiles:report')}?file={instance.pk}"


class ReadFile(AddByVerb):
    template_name = "grants/staff/read_spend_file.html"
    page_title = gettext_lazy("Read a file of published spending")
    submit_button_label = gettext_lazy("Read the file")

    def get_success_url(self) -> str:
        return f"{reverse('staff_spendfiles:report')}?file={self.object.pk}"

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except BadFile as bad:
            form.add_problems(bad)
            self.produced_error_message = self.get_error_message()
            response = self.form_invalid(form)
            response.status_code = 422
            return response


class ForgetFile(RemoveByVerb):
    def remove(self, thing: SpendFile, by: Any) -> None:
        actions.forget_spend_file(file=thing, by=by, at=timezone.now())


class Report(WagtailAdminTemplateMixin, View):
    """Payments of ours that a file names, that it should name and does not, or names with another amount."""

    template_name = "grants/staff/reconcile.html"
    page_title = gettext_lazy("Payments and published spending")
    header_icon = "table"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may_reconcile(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("staff_spendfiles:index"), "label": _("Published spending")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        form = ReportForm(request.GET)
        asked = form.asked()
        if request.GET.get("format") == "csv":
            return _as_csv(queries.comparison(**asked, most=IN_CSV))
        rows = queries.comparison(**asked, most=SHOWN + 1)
        query = request.GET.copy()
        query["format"] = "csv"
        context = self.get_context_data(
            filter=form,
            tiles=match_tiles(queries.tally(asked["file"])),
            rows=compared_rows(rows[:SHOWN]),
            more=len(rows) > SHOWN,
            shown=SHOWN,
            any_file=SpendFile.objects.exists(),
            csv_url=f"?{query.urlencode()}",
        )
        return self.render_to_response(context)


def _as_csv(rows: Any) -> HttpResponse:
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="reconciled-payments.csv"'},
    )
    writer = csv.writer(response)
    for cells in compared_cells(rows):
        writer.writerow([cell(value) for value in cells])
    return response


class SpendViewSet(VerbViewSet):
    model = SpendFile
    form_class = SpendFileForm
    name = "spendfiles"
    icon = "table"
    menu_label = gettext_lazy("Published spending")
    index_view_class = SpendIndex
    add_view_class = ReadFile
    delete_view_class = ForgetFile
    create_template_name = ReadFile.template_name
    search_backend_name = None
    list_per_page = 40
    list_display = [
        "name",
        Column("from_on", label=gettext_lazy("From"), sort_key="from_on"),
        Column("to_on", label=gettext_lazy("To"), sort_key="to_on"),
        Column("payments_named", label=gettext_lazy("Payments named")),
        Column("of_ours", label=gettext_lazy("Ours")),
        DateColumn("read_at", label=gettext_lazy("Read"), sort_key="read_at"),
    ]
    ordering = ["-read_at"]

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("report/", Report.as_view(), name="report")]
