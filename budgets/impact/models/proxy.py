"""What one of something is worth that has no price."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.impact.enums import Licence


class Proxy(models.Model):
    """A value with its source. It is never changed: a newer figure is a newer row, with its own `since`.

    `prices_of` is the year whose prices it is in. `low_pence` and `high_pence` are the range that the source gives.
    """

    name = models.CharField(_("what it is the value of"), max_length=120)
    unit = models.CharField(_("value of one"), max_length=80, help_text=_("For example “hour”."))
    pence = models.BigIntegerField(_("value"))
    low_pence = models.BigIntegerField(_("low end of its range"), null=True, blank=True)
    high_pence = models.BigIntegerField(_("high end of its range"), null=True, blank=True)
    prices_of = models.PositiveSmallIntegerField(_("in prices of the year"))
    since = models.DateField(_("in force from"))
    volunteer_time = models.BooleanField(
        _("it is what an hour of a volunteer’s time is worth"), default=False
    )
    source = models.CharField(_("source"), max_length=200)
    licence = models.CharField(_("licence"), max_length=12, choices=Licence.choices)
    url = models.URLField(_("address of the source"), max_length=300)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("proxy")
        verbose_name_plural = _("proxies")
        ordering = ["name", "-since"]
        permissions = [("add_proxies", _("Can add proxies and discount rates"))]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "since"],
                name="proxy_once_per_day",
                violation_error_message=_("There is already a value of this name from that day on."),
            ),
            models.CheckConstraint(
                condition=Q(pence__gt=0),
                name="proxy_above_nought",
                violation_error_message=_("Enter a value above £0."),
            ),
            models.CheckConstraint(
                condition=Q(low_pence=None, high_pence=None)
                | Q(
                    low_pence__isnull=False,
                    high_pence__isnull=False,
                    low_pence__gte=0,
                    low_pence__lte=F("pence"),
                    high_pence__gte=F("pence"),
                ),
                name="proxy_within_its_range",
                violation_error_message=_(
                    "Give both ends of the range or none; the value lies between them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(licence__in=Licence.values),
                name="proxy_openly_licensed",
                violation_error_message=_("Only openly licensed values can be used."),
            ),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(url="") & ~Q(name="") & ~Q(unit=""), name="proxy_names_source"
            ),
        ]

    def __str__(self) -> str:
        return self.name
