"""A resident is for an idea. Once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from engage.residents.models import Resident
from ideas.models.idea import Idea
from ideas.models.merge import Merge


class Support(models.Model):
    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="supports")
    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="supports"
    )
    through = models.ForeignKey(
        Merge, verbose_name=_("through joining"), null=True, on_delete=models.CASCADE, related_name="copies"
    )
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "resident"],
                name="support_once",
                violation_error_message=_("You already support this idea."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} for {self.idea_id}"
