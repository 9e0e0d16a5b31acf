from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "engage.kit"
    label = "kit"
    verbose_name = _("Kit")

    def ready(self) -> None:
        from engage.kit import checks  # noqa: F401, PLC0415
