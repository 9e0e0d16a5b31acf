"""Where officers and moderators look after ideas, comments and calls. Nothing is added for residents or deleted."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from ideas.staff.assess import TeamViewSet, ToAssessViewSet
from ideas.staff.calls import CallViewSet
from ideas.staff.comments import CommentViewSet
from ideas.staff.ideas import IdeaViewSet
from ideas.staff.moderation import moderation_group, moderation_urls
from ideas.staff.pictures import keep_out_of_the_library


class IdeasGroup(ViewSetGroup):
    menu_label = _("Ideas")
    menu_icon = "pick"
    menu_order = 290
    items = (IdeaViewSet(), ToAssessViewSet(), CommentViewSet(), CallViewSet(), TeamViewSet())


ideas_group = IdeasGroup()

__all__ = ["ideas_group", "keep_out_of_the_library", "moderation_group", "moderation_urls"]
