"""A picture of what the money did."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from budgets.models.award import Award


class Photo(models.Model):
    award = models.ForeignKey(Award, verbose_name=_("award"), on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey(
        "wagtailimages.Image", verbose_name=_("picture"), on_delete=models.PROTECT, related_name="+"
    )
    alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        help_text=_("One sentence for people who cannot see it."),
    )
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.caption or self.alt
