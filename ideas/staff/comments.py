"""What people said."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import register_permission_policy

from engage.kit.staff import EditByVerb, OnlyThese, VerbViewSet
from ideas import display
from ideas.forms import RemoveCommentForm
from ideas.models import Comment

register_permission_policy(Comment, OnlyThese(Comment, view="remove_comment", change="remove_comment"))


class RemoveFromList(EditByVerb):
    template_name = "ideas/moderation/staff/comment.html"

    def get_base_object_queryset(self) -> QuerySet[Comment]:
        return super().get_base_object_queryset().select_related("idea", "author")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "thing": display.quoted_thing(self.object.idea, self.object)
        }


class CommentViewSet(VerbViewSet):
    model = Comment
    form_class = RemoveCommentForm
    edit_view_class = RemoveFromList
    name = "comments"
    icon = "comment"
    menu_label = _("Comments")
    list_display = ["__str__", "idea", "author", "official", "written_at", "held_at", "removed_at"]
    list_filter = ["official"]
    search_fields = ["text"]
    ordering = ["-written_at"]
    list_per_page = 40
