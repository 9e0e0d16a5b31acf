"""The time a councillor serves for a place."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _

from engage.councillors.models.councillor import Councillor
from engage.places.models import Place


class TermQuerySet(models.QuerySet["Term"]):
    def running(self, day: date) -> TermQuerySet:
        """Terms that hold on a day."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day), starts_on__lte=day)


class Term(models.Model):
    """From `starts_on` to `ends_on`, both included; no end while it runs."""

    councillor = models.ForeignKey(
        Councillor, verbose_name=_("councillor"), on_delete=models.CASCADE, related_name="terms"
    )
    place = models.ForeignKey(Place, verbose_name=_("place"), on_delete=models.PROTECT, related_name="terms")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=F("starts_on")),
                name="term_ends_after_it_starts",
                violation_error_message=_("The term must end after it starts."),
            ),
            ExclusionConstraint(
                name="term_once_at_a_time",
                expressions=[
                    ("councillor", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("This councillor already serves for this place at that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.councillor} · {self.place}"
