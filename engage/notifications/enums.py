"""How news reaches somebody."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """Everything but NONE is on the notifications page as well."""

    NOW = "now", _("Email at once")
    DAILY = "daily", _("Email once a day")
    WEEKLY = "weekly", _("Email once a week")
    SITE = "site", _("On this site only")
    NONE = "none", _("Do not tell me")
