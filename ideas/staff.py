"""Where officers and moderators look after ideas, comments and calls. Nothing is added for residents or deleted."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from engage.kit.staff import OnlyThese, VerbViewSet
from ideas.forms import CallForm, RemoveCommentForm, StatusForm
from ideas.models import Call, Comment, Idea

register_permission_policy(Idea, OnlyThese(Idea, view="view_idea", change="change_idea_status"))
register_permission_policy(Comment, OnlyThese(Comment, view="remove_comment", change="remove_comment"))
register_permission_policy(Call, OnlyThese(Call, view="view_call", add="add_call", change="change_call"))


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


class CommentViewSet(VerbViewSet):
    model = Comment
    form_class = RemoveCommentForm
    name = "comments"
    icon = "comment"
    menu_label = _("Comments")
    list_display = ["__str__", "idea", "author", "official", "written_at", "removed_at"]
    list_filter = ["official"]
    search_fields = ["text"]
    ordering = ["-written_at"]
    list_per_page = 40


class CallViewSet(VerbViewSet):
    model = Call
    form_class = CallForm
    name = "calls"
    icon = "date"
    menu_label = _("Calls for ideas")
    list_display = ["title", "opens_at", "closes_at"]
    search_fields = ["title"]
    ordering = ["-opens_at"]


class IdeasGroup(ViewSetGroup):
    menu_label = _("Ideas")
    menu_icon = "pick"
    menu_order = 290
    items = (IdeaViewSet(), CommentViewSet(), CallViewSet())


ideas_group = IdeasGroup()
