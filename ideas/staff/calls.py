"""Calls for ideas."""

from django.utils.translation import gettext_lazy as _
from wagtail.permissions import register_permission_policy

from engage.kit.staff import OnlyThese, VerbViewSet
from ideas.forms import CallForm
from ideas.models import Call

register_permission_policy(Call, OnlyThese(Call, view="view_call", add="add_call", change="change_call"))


class CallViewSet(VerbViewSet):
    model = Call
    form_class = CallForm
    name = "calls"
    icon = "date"
    menu_label = _("Calls for ideas")
    list_display = ["title", "opens_at", "closes_at"]
    search_fields = ["title"]
    ordering = ["-opens_at"]
