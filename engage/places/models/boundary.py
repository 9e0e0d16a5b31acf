"""Where a place lies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from engage.audit.models import Source
from engage.places.models.place import Place


class Boundary(models.Model):
    """A table of its own, because a boundary weighs a hundred times what else is known of a place.

    `geometry` is a GeoJSON Polygon or MultiPolygon (WGS 84 longitude and latitude). What maps and look-ups need
    of it is worked out once, when it is written: `outline` is an SVG path of the simplified boundary in
    Web-Mercator metres with y pointing down, `west … south` its bounds in the same metres (so `north` < `south`),
    `label_x`, `label_y` the point farthest from every edge, `hectares` its true area on the ground.
    """

    place = models.OneToOneField(
        Place, verbose_name=_("place"), primary_key=True, on_delete=models.CASCADE, related_name="boundary"
    )
    geometry = models.JSONField(_("boundary"))
    source = models.ForeignKey(
        Source,
        verbose_name=_("source of the boundary"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    outline = models.TextField(editable=False, default="")
    west = models.IntegerField(editable=False)
    east = models.IntegerField(editable=False)
    north = models.IntegerField(editable=False)
    south = models.IntegerField(editable=False)
    label_x = models.IntegerField(editable=False)
    label_y = models.IntegerField(editable=False)
    hectares = models.FloatField(_("hectares"), editable=False)

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")
        indexes = [models.Index(fields=["west", "east", "north", "south"], name="boundary_bounds")]

    def __str__(self) -> str:
        return str(self.place)
