"""A person who takes part."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from engage.places.models import Place


class Resident(models.Model):
    """`name` is what others see beside ideas and comments; blank shows as "A resident"."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="resident",
    )
    name = models.CharField(_("public name"), max_length=80, blank=True)
    home = models.ForeignKey(
        Place,
        verbose_name=_("home place"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    class Meta:
        verbose_name = _("resident")
        verbose_name_plural = _("residents")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name or str(_("A resident"))
