from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImpactConfig(AppConfig):
    name = "budgets.impact"
    label = "impact"
    verbose_name = _("Impact")

    def ready(self) -> None:
        """Panels register themselves when they are read, and reactions follow from then on."""
        from budgets.impact import panels, reactions  # noqa: F401, PLC0415
