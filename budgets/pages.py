"""The front door at /budgets/: an editor's words around what `views.budgets` answers."""

from django.utils.translation import gettext_lazy as _

from engage.kit.pages import FramePage


class BudgetsPage(FramePage):
    door = "/budgets/"
    is_creatable = True
    max_count = 1
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("front door of the budgets")
        verbose_name_plural = _("front doors of the budgets")
