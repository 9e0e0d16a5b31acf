from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from engage.opendata.permissions import may_see_mending
from engage.opendata.staff import MendingReport


@hooks.register("register_admin_urls")
def mending_url() -> list[URLPattern]:
    return [path("reports/open-data/", MendingReport.as_view(), name="opendata_mending")]


class MendingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_see_mending(request.user))


@hooks.register("register_reports_menu_item")
def mending_menu_item() -> MenuItem:
    return MendingMenuItem(
        _("Open data: what to mend"), reverse("opendata_mending"), icon_name="download", order=60
    )
