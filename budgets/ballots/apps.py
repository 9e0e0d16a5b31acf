from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BallotsConfig(AppConfig):
    name = "budgets.ballots"
    label = "ballots"
    verbose_name = _("Ballots")

    def ready(self) -> None:
        """Panels register themselves when they are read, and reactions follow from then on."""
        from budgets.ballots import panels, reactions  # noqa: F401, PLC0415
