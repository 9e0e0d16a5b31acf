"""The front door at /ballots/: an editor's words around what `views.browse.ballots` answers."""

from django.utils.translation import gettext_lazy as _

from engage.kit.pages import FramePage


class BallotsPage(FramePage):
    door = "/ballots/"
    is_creatable = True
    max_count = 1
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("front door of the ballots")
        verbose_name_plural = _("front doors of the ballots")
