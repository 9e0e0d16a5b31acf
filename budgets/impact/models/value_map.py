"""The third level: what each outcome is worth, and what was put in."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.impact.enums import InputKind, MapKind
from budgets.impact.models.proxy import Proxy
from budgets.impact.rules.sroi import LONGEST
from budgets.models import Award, Outcome


def _percent(words: Any) -> Any:
    return models.DecimalField(words, max_digits=5, decimal_places=2)


class ValueMap(models.Model):
    """What an award is expected to be worth, or turned out to be: one of each at most.

    No figure of it is stored: `rules/sroi.py` works them out when they are read. `valued_on` picks the discount
    rates. It is public from `published_at` on, and from then on does not change until it is taken back.
    """

    award = models.ForeignKey(
        Award, verbose_name=_("award"), on_delete=models.CASCADE, related_name="value_maps"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=MapKind.choices)
    valued_on = models.DateField(_("worked out for the day"))
    first_year_discounted = models.BooleanField(
        _("the first year is discounted too"),
        help_text=_("Yes when its value comes at the end of the year, no when it comes at once."),
    )
    asked = models.TextField(_("who was asked, and how"), max_length=1000)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("value map")
        verbose_name_plural = _("value maps")
        ordering = ["-valued_on", "-id"]
        permissions = [
            ("write_value_map", _("Can write value maps")),
            ("publish_value_map", _("Can publish value maps and take them back")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "kind"],
                name="value_map_once_per_kind",
                violation_error_message=_("This award already has such a value map."),
            ),
            models.CheckConstraint(condition=~Q(asked=""), name="value_map_says_who_was_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.award} ({self.get_kind_display()})"


class ValueLine(models.Model):
    """One outcome. Every adjustment is compulsory: no column has a default, and nought must be said."""

    value_map = models.ForeignKey(ValueMap, on_delete=models.CASCADE, related_name="lines")
    outcome = models.ForeignKey(
        Outcome,
        verbose_name=_("reported outcome"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="value_lines",
    )
    name = models.CharField(_("outcome"), max_length=140)
    who = models.CharField(_("for whom"), max_length=140)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2)
    proxy = models.ForeignKey(
        Proxy, verbose_name=_("value of one"), on_delete=models.PROTECT, related_name="lines"
    )
    deadweight = _percent(_("deadweight, %"))
    displacement = _percent(_("displacement, %"))
    attribution = _percent(_("attribution, %"))
    drop_off = _percent(_("drop-off, %"))
    years = models.PositiveSmallIntegerField(_("duration, years"))
    reasons = models.TextField(_("how you know"), max_length=1500)

    class Meta:
        verbose_name = _("outcome of a value map")
        verbose_name_plural = _("outcomes of value maps")
        ordering = ["value_map", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    *(
                        Q(**{f"{name}__gte": 0, f"{name}__lte": 100})
                        for name in ("deadweight", "displacement", "attribution", "drop_off")
                    )
                ),
                name="value_line_shares",
                violation_error_message=_("Each percentage is a number from 0 to 100."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=0, years__gte=1, years__lte=LONGEST), name="value_line_amounts"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="value_line_gives_reasons"),
        ]

    def __str__(self) -> str:
        return self.name


class ValueInput(models.Model):
    """Something else that was put in. The award itself is always counted and never entered here.

    Time is `hours` × an hour of a volunteer's time (`proxy`); everything else is `pence`.
    """

    value_map = models.ForeignKey(ValueMap, on_delete=models.CASCADE, related_name="inputs")
    what = models.CharField(_("what was put in"), max_length=140)
    kind = models.CharField(_("kind"), max_length=5, choices=InputKind.choices)
    pence = models.BigIntegerField(_("amount"), null=True, blank=True)
    hours = models.DecimalField(_("hours"), max_digits=9, decimal_places=2, null=True, blank=True)
    proxy = models.ForeignKey(
        Proxy,
        verbose_name=_("value of an hour"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="inputs",
    )

    class Meta:
        verbose_name = _("input of a value map")
        verbose_name_plural = _("inputs of value maps")
        ordering = ["value_map", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind=InputKind.TIME,
                    pence=None,
                    hours__isnull=False,
                    hours__gt=0,
                    proxy__isnull=False,
                )
                | (~Q(kind=InputKind.TIME) & Q(pence__isnull=False, pence__gt=0, hours=None, proxy=None)),
                name="value_input_money_or_hours",
                violation_error_message=_(
                    "Give hours and what one is worth for time, an amount for all else."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.what
