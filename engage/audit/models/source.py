"""Where published facts came from, and on what terms they may be shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A data set of somebody else's. Pages that show its facts print `attribution`."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    attribution = models.CharField(_("attribution"), max_length=300)
    licence_name = models.CharField(_("licence"), max_length=120)
    licence_url = models.URLField(_("licence address"), blank=True)
    url = models.URLField(_("address"), blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
