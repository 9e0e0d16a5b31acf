"""Ideas, and where each stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import register_permission_policy

from engage.kit.decisions import Denied, Refused
from engage.kit.staff import EditByVerb, OnlyThese, VerbViewSet
from ideas import display, queries
from ideas.forms import StatusForm
from ideas.models import Idea
from ideas.permissions import may_change_status
from ideas.staff.assess import AssessIdea, AssignIdea, WriteNote
from ideas.staff.desk import OnIdea, head
from ideas.staff.merge import ChooseIdea, JoinIdeas, TakeApart

register_permission_policy(Idea, OnlyThese(Idea, view="view_idea", change="change_idea_status"))


class EditStatus(EditByVerb):
    """The next status and why, or an official answer, or both."""

    template_name = "ideas/staff/status.html"

    def get_success_url(self) -> str:
        return reverse("staff_ideas:edit", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stands = queries.idea_of(self.object.pk)
        assert stands is not None
        decision = may_change_status(self.request.user, stands)
        return super().get_context_data(**kwargs) | {
            "head": head(self.request.user, stands, "edit"),
            "closed": decision.reason if isinstance(decision, Denied) else "",
        }


class Trail(OnIdea, WagtailAdminTemplateMixin, TemplateView):
    """The public life line, and under it who did what, from the record."""

    template_name = "ideas/staff/trail.html"
    tab = "trail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("ideas.view_idea"):
            raise Refused(
                Denied(
                    _(
                        "Your account may not look at ideas here. Ask an administrator of this site for a role."
                    )
                )
            )
        self.thing = self.get_thing()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        story = queries.idea_story(self.thing, reader=queries.Reader(None), page=None, sort="")
        return super().get_context_data(**kwargs) | {
            "life": display.life_line(story, at=timezone.now()),
            "records": display.record_rows(queries.records_of(self.thing)),
        }


class IdeaViewSet(VerbViewSet):
    model = Idea
    form_class = StatusForm
    edit_view_class = EditStatus
    name = "ideas"
    icon = "pick"
    menu_label = _("Ideas")
    edit_template_name = EditStatus.template_name
    list_display = ["title", "place", "status", "supports_count", "comments_count", "suggested_at"]
    list_filter = ["status", "place", "theme", "call"]
    ordering = ["-suggested_at"]
    list_per_page = 40

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/assess/", AssessIdea.as_view(), name="assess"),
            path("<int:pk>/assign/", AssignIdea.as_view(), name="assign"),
            path("<int:pk>/notes/", WriteNote.as_view(), name="notes"),
            path("<int:pk>/join/", ChooseIdea.as_view(), name="join"),
            path("<int:pk>/join/<int:kept>/", JoinIdeas.as_view(), name="join_two"),
            path("<int:pk>/apart/<int:merge>/", TakeApart.as_view(), name="take_apart"),
            path("<int:pk>/trail/", Trail.as_view(), name="trail"),
        ]
