"""How much less a pound of a later year is worth today."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DiscountRate(models.Model):
    """A year's rate from year `first_year` after today on, by the guidance in force from the day `since`.

    Guidance of one day is a set: the latest set replaces all earlier ones (`rules.sroi.rates_on`).
    """

    since = models.DateField(_("in force from"))
    first_year = models.PositiveSmallIntegerField(
        _("from year"), help_text=_("1 for the years from now on; 31 for a rate that begins in year 31.")
    )
    percent = models.DecimalField(_("per cent a year"), max_digits=4, decimal_places=2)
    source = models.CharField(_("source"), max_length=200)
    url = models.URLField(_("address of the source"), max_length=300)

    class Meta:
        verbose_name = _("discount rate")
        verbose_name_plural = _("discount rates")
        ordering = ["-since", "first_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["since", "first_year"],
                name="discount_rate_once",
                violation_error_message=_("There is already a rate for that year and day."),
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=0, first_year__gte=1),
                name="discount_rate_not_negative",
                violation_error_message=_("A rate is 0 or more, and its first year 1 or more."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} %, {self.first_year}+"
