"""Where officers and moderators look after ideas, comments and calls. Nothing is added for residents or deleted."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from ideas.staff.calls import CallViewSet
from ideas.staff.comments import CommentViewSet
from ideas.staff.ideas import IdeaViewSet


class IdeasGroup(ViewSetGroup):
    menu_label = _("Ideas")
    menu_icon = "pick"
    menu_order = 290
    items = (IdeaViewSet(), CommentViewSet(), CallViewSet())


ideas_group = IdeasGroup()
