"""A door, a street or a postcode, and where it lies."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from engage.audit.models import Source
from engage.places.models.place import Place
from engage.places.rules.postcodes import printed


class Address(models.Model):
    """What people look for when they say where something is, so that nobody else has to be asked.

    `text` is what they read: an address, a street, or the postcode itself where nothing more is known. `postcode` is
    compact (`QX12AB`). `place` is the electoral place that the point lies in, worked out when it was imported.
    """

    text = models.CharField(_("address"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=8, blank=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    place = models.ForeignKey(
        Place, verbose_name=_("place"), on_delete=models.CASCADE, related_name="addresses"
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["postcode", "text", "id"]
        constraints = [models.UniqueConstraint(fields=["postcode", "text"], name="address_once")]
        indexes = [
            models.Index(fields=["postcode"], name="address_postcode", opclasses=["varchar_pattern_ops"]),
            GinIndex(fields=["text"], name="address_nearly", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        postcode = printed(self.postcode)
        return self.text if not postcode or postcode in self.text else f"{self.text}, {postcode}"
