from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from engage.audit.staff import RecordReport


@hooks.register("register_admin_urls")
def record_urls() -> list[URLPattern]:
    return [
        path("reports/record/", RecordReport.as_view(), name="audit_record"),
        path("reports/record/results/", RecordReport.as_view(results_only=True), name="audit_record_results"),
    ]


class RecordMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("audit.view_record")


@hooks.register("register_reports_menu_item")
def record_menu_item() -> MenuItem:
    return RecordMenuItem(_("Record"), reverse("audit_record"), icon_name="history", order=50)
