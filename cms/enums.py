from django.db import models
from django.utils.translation import gettext_lazy as _


class Typeface(models.TextChoices):
    """Only what is served from this site: no font of another site is ever fetched."""

    CIVIC = "civic", _("Bricolage for headings, Atkinson Hyperlegible for text")
    PLAIN = "plain", _("Atkinson Hyperlegible for everything")
    SYSTEM = "system", _("The reader's own device font")


class NoticeLevel(models.TextChoices):
    INFO = "info", _("Information")
    WARNING = "warning", _("Warning")
    URGENT = "urgent", _("Emergency")


class MenuKind(models.TextChoices):
    MAIN = "main", _("Main menu, at the top of every page")
    FOOTER = "footer", _("Links at the foot of every page")


class SearchKind(models.TextChoices):
    ALL = "all", _("Everything")
    PAGES = "pages", _("Pages")
    IDEAS = "ideas", _("Ideas")
    AWARDS = "awards", _("Awards")
