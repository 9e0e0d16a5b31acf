"""A time in which somebody may read, but not post."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from engage.residents.models.resident import Resident

LONGEST_BLOCK = timedelta(days=366)


class BlockQuerySet(models.QuerySet["Block"]):
    def running(self, at: datetime) -> BlockQuerySet:
        return self.filter(lifted_at=None, starts_at__lte=at, ends_at__gt=at)


class Block(models.Model):
    """From `starts_at` until just before `ends_at`, unless it was lifted. It ends by the clock; nothing runs for that.

    The resident may object once; somebody other than who blocked them answers.
    """

    # It holds no pages or pictures; looking for some would take several statements each time.
    wagtail_reference_index_ignore = True

    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="blocks"
    )
    reason = models.CharField(_("reason"), max_length=300)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("blocked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    objection = models.TextField(_("objection"), max_length=2000, blank=True)
    objected_at = models.DateTimeField(_("objected"), null=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        ordering = ["-starts_at", "-id"]
        permissions = [("block_resident", _("Can block residents for a time"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), ends_at__lte=F("starts_at") + LONGEST_BLOCK),
                name="block_ends_within_a_year",
            ),
            ExclusionConstraint(
                name="blocks_do_not_overlap",
                expressions=[
                    ("resident", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(lifted_at=None),
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | (Q(objected_at__isnull=False) & ~Q(answer="")),
                name="block_answered_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident} ({self.resident_id})"

    @property
    def waits_for_answer(self) -> bool:
        return self.objected_at is not None and self.answered_at is None
