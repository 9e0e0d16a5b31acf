"""The weeks before an election in which the council decides nothing new and publishes nothing that promotes."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _


class PreElectionQuerySet(models.QuerySet["PreElection"]):
    def holding(self, day: date) -> PreElection | None:
        """The one that covers the day; there are never two."""
        return self.filter(starts_on__lte=day, ends_on__gte=day).first()


class PreElection(models.Model):
    """From `starts_on` to `ends_on`, both days included. Payments that are due go on."""

    name = models.CharField(_("election"), max_length=120)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to the end of"))

    objects = PreElectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pre-election period")
        verbose_name_plural = _("pre-election periods")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="pre_election_ends_after_start",
                violation_error_message=_("It cannot end before it starts."),
            ),
            ExclusionConstraint(
                name="pre_elections_do_not_overlap",
                expressions=[
                    (
                        Func(F("starts_on"), F("ends_on"), Value("[]"), function="DATERANGE"),
                        RangeOperators.OVERLAPS,
                    )
                ],
                violation_error_message=_("Another pre-election period covers some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
