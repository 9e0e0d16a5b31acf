from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdeasConfig(AppConfig):
    name = "ideas"
    verbose_name = _("Ideas")

    def ready(self) -> None:
        """Reactions follow events from the moment they are read."""
        from ideas import panels, reactions  # noqa: F401, PLC0415
