"""The second level: what was measured before and after."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.models import Outcome


class BeforeAfter(models.Model):
    """The same people asked, or the same thing measured, before the money was spent and after it."""

    outcome = models.OneToOneField(
        Outcome, verbose_name=_("outcome"), on_delete=models.CASCADE, related_name="before_after"
    )
    question = models.CharField(_("what was asked or measured"), max_length=200)
    unit = models.CharField(_("unit or scale"), max_length=60)
    before = models.DecimalField(_("before"), max_digits=11, decimal_places=2)
    after = models.DecimalField(_("after"), max_digits=11, decimal_places=2)
    people = models.PositiveIntegerField(_("how many were asked or measured"))
    higher_is_better = models.BooleanField(_("a higher number is better"), default=True)
    how = models.TextField(_("how it was measured"), max_length=600)

    class Meta:
        verbose_name = _("before and after")
        verbose_name_plural = _("before and after")
        ordering = ["outcome"]
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gt=0),
                name="before_after_somebody_asked",
                violation_error_message=_("Say how many were asked or measured."),
            ),
            models.CheckConstraint(condition=~Q(how="") & ~Q(question=""), name="before_after_says_how"),
        ]

    def __str__(self) -> str:
        return self.question
