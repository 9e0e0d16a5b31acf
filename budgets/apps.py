from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetsConfig(AppConfig):
    name = "budgets"
    verbose_name = _("Budgets")

    def ready(self) -> None:
        """Panels register themselves when they are read, and reactions follow from then on."""
        from budgets import panels, reactions  # noqa: F401, PLC0415
