"""The front door at /grants/: an editor's words around what `views.scheme` answers."""

from django.utils.translation import gettext_lazy as _

from engage.kit.pages import FramePage


class GrantsPage(FramePage):
    door = "/grants/"
    is_creatable = True
    max_count = 1
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("front door of the grants")
        verbose_name_plural = _("front doors of the grants")
