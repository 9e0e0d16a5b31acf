"""Ideas, and where each stands."""

from django.utils.translation import gettext_lazy as _
from wagtail.permissions import register_permission_policy

from engage.kit.staff import OnlyThese, VerbViewSet
from ideas.forms import StatusForm
from ideas.models import Idea

register_permission_policy(Idea, OnlyThese(Idea, view="view_idea", change="change_idea_status"))


class IdeaViewSet(VerbViewSet):
    model = Idea
    form_class = StatusForm
    name = "ideas"
    icon = "pick"
    menu_label = _("Ideas")
    list_display = ["title", "place", "status", "supports_count", "comments_count", "suggested_at"]
    list_filter = ["status", "place", "theme", "call"]
    ordering = ["-suggested_at"]
    list_per_page = 40
