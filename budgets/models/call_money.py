"""Which budgets the ideas of a call may be paid from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from budgets.models.budget import Budget
from ideas.models import Call


class CallMoney(models.Model):
    """One budget that feeds one call. It moves no money: an award does, from whichever budget pays it."""

    call = models.ForeignKey(
        Call, verbose_name=_("call for ideas"), on_delete=models.CASCADE, related_name="money"
    )
    budget = models.ForeignKey(
        Budget, verbose_name=_("budget"), on_delete=models.PROTECT, related_name="calls_fed"
    )

    class Meta:
        verbose_name = _("money for a call")
        verbose_name_plural = _("money for calls")
        ordering = ["call_id", "budget__place__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "budget"],
                name="call_fed_once_by_a_budget",
                violation_error_message=_("This budget feeds this call already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.call}: {self.budget}"
