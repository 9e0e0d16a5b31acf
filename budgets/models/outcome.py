"""What the money achieved, forecast beside actual."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.models.award import Award


class Outcome(models.Model):
    """One measure ("children at the holiday club") with its forecast and actual numbers, and a story in words."""

    award = models.ForeignKey(
        Award, verbose_name=_("award"), on_delete=models.CASCADE, related_name="outcomes"
    )
    measure = models.CharField(_("what was counted"), max_length=120)
    forecast = models.PositiveIntegerField(_("forecast"), null=True, blank=True)
    actual = models.PositiveIntegerField(_("actual"), null=True, blank=True)
    story = models.TextField(_("what changed, in words"), blank=True)
    reported_on = models.DateField(_("reported on"))

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["award", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "measure"],
                name="outcome_measure_once",
                violation_error_message=_("This measure is already reported for this award."),
            ),
            models.CheckConstraint(
                condition=Q(actual__isnull=False) | ~Q(story=""),
                name="outcome_says_something",
                violation_error_message=_("Give the actual number, or say in words what changed."),
            ),
        ]

    def __str__(self) -> str:
        return self.measure
