"""The report of what to mend before data is published."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from engage.kit.decisions import require
from engage.opendata import queries
from engage.opendata.permissions import may_publish_giving, may_see_mending

MOST_SHOWN = 300


class MendingReport(WagtailAdminTemplateMixin, TemplateView):
    """Errors first: these keep a grant out. Each leads to the award's desk."""

    template_name = "opendata/staff/mending.html"
    page_title = _("Open data: what to mend")
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may_see_mending(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        publisher = queries.publisher()
        found = queries.to_mend(prefix=publisher.prefix, today=timezone.localdate())
        return super().get_context_data(**kwargs) | {
            "found": found,
            "rows": [
                (finding, reverse("staff_awards:inspect", args=[finding.award_id]))
                for finding in found.findings[:MOST_SHOWN]
            ],
            "not_shown": max(0, len(found.findings) - MOST_SHOWN),
            "can_publish": bool(may_publish_giving(publisher)),
            "settings_url": _settings_url(self.request),
        }


def _settings_url(request: HttpRequest) -> str:
    """Where who publishes is entered, for those who may."""
    if not request.user.has_perm("opendata.change_publisher"):
        return ""
    return reverse("wagtailsettings:edit", args=["opendata", "publisher"])
