from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpenDataConfig(AppConfig):
    name = "engage.opendata"
    label = "opendata"
    verbose_name = _("Open data")

    def ready(self) -> None:
        """The check registers itself when it is read."""
        from engage.opendata import checks  # noqa: F401, PLC0415
