"""The dated parts of a call."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from ideas.enums import PhaseKind
from ideas.models.call import Call


class Phase(models.Model):
    """From `starts_at` until just before `ends_at`. Which phase it is, is asked with the time, never stored."""

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(_("phase"), max_length=10, choices=PhaseKind.choices)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="phase_ends_after_it_starts",
                violation_error_message=_("A phase must end after it starts."),
            ),
            models.UniqueConstraint(
                fields=["call", "kind"],
                name="phase_once_in_a_call",
                violation_error_message=_("This call has that phase already."),
            ),
            ExclusionConstraint(
                name="phases_do_not_overlap",
                expressions=[
                    ("call", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_at"),
                            F("ends_at"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=False),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Two phases of a call may not overlap."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class PhaseShift(models.Model):
    """Dates that were changed after the call was announced, with the reason that the public reads.

    Without `from_…` the phase was added, without `to_…` it was called off.
    """

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="shifts")
    kind = models.CharField(_("phase"), max_length=10, choices=PhaseKind.choices)
    from_starts_at = models.DateTimeField(_("started"), null=True)
    from_ends_at = models.DateTimeField(_("ended"), null=True)
    to_starts_at = models.DateTimeField(_("starts"), null=True)
    to_ends_at = models.DateTimeField(_("ends"), null=True)
    reason = models.CharField(_("reason"), max_length=300)
    shifted_at = models.DateTimeField(_("changed"))
    shifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("changed date")
        verbose_name_plural = _("changed dates")
        ordering = ["shifted_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_starts_at__isnull=False, from_ends_at__isnull=False)
                | Q(to_starts_at__isnull=False, to_ends_at__isnull=False),
                name="phase_shift_has_dates",
            )
        ]

    def __str__(self) -> str:
        return self.reason
