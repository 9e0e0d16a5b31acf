from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResidentsConfig(AppConfig):
    name = "engage.residents"
    label = "residents"
    verbose_name = _("Residents")

    def ready(self) -> None:
        from engage.residents import reactions  # noqa: F401, PLC0415
