"""The front door at /ideas/: an editor's words around what `views.ideas` answers."""

from django.utils.translation import gettext_lazy as _

from engage.kit.pages import FramePage


class IdeasPage(FramePage):
    door = "/ideas/"
    is_creatable = True
    max_count = 1
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("front door of the ideas")
        verbose_name_plural = _("front doors of the ideas")
