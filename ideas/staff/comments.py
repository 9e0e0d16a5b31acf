"""What people said."""

from django.utils.translation import gettext_lazy as _
from wagtail.permissions import register_permission_policy

from engage.kit.staff import OnlyThese, VerbViewSet
from ideas.forms import RemoveCommentForm
from ideas.models import Comment

register_permission_policy(Comment, OnlyThese(Comment, view="remove_comment", change="remove_comment"))


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
