"""The front door at /data/: an editor's words around what `views.front` answers."""

from django.utils.translation import gettext_lazy as _

from engage.kit.pages import FramePage


class OpenDataPage(FramePage):
    door = "/data/"
    is_creatable = True
    max_count = 1
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("front door of the open data")
        verbose_name_plural = _("front doors of the open data")
