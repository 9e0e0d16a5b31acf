from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "engage.notifications"
    label = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from engage.notifications import panels, reactions, topics  # noqa: F401, PLC0415
