from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Pages and site")

    def ready(self) -> None:
        from cms import figures, letterhead, reactions  # noqa: F401, PLC0415
        from cms.acts import register_acts  # noqa: PLC0415

        register_acts()
