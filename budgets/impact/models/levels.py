"""From which amounts on a year's scheme asks groups to tell more."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.grants.models import Scheme


class Levels(models.Model):
    """One a scheme. A scheme without its own has the amounts of `rules/levels.py`."""

    scheme = models.OneToOneField(
        Scheme, verbose_name=_("grant scheme"), on_delete=models.CASCADE, related_name="levels"
    )
    before_and_after_pence = models.BigIntegerField(_("before and after, from"))
    value_map_pence = models.BigIntegerField(_("value map, from"))

    class Meta:
        verbose_name = _("what groups are asked to report")
        verbose_name_plural = _("what groups are asked to report")
        ordering = ["-scheme__year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(before_and_after_pence__gt=0, value_map_pence__gte=F("before_and_after_pence")),
                name="levels_in_order",
                violation_error_message=_(
                    "Both amounts are above £0, and a value map is not asked for below “before and after”."
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.scheme)
