from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrantsConfig(AppConfig):
    name = "budgets.grants"
    label = "grants"
    verbose_name = _("Grants")

    def ready(self) -> None:
        """Panels register themselves when they are read, and reactions follow from then on."""
        from budgets.grants import panels, reactions  # noqa: F401, PLC0415
