"""The history of an idea's status, with the reason that the public reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ideas.enums import IdeaStatus
from ideas.models.idea import Idea


class StatusChange(models.Model):
    idea = models.ForeignKey(
        Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="status_changes"
    )
    status = models.CharField(_("status"), max_length=10, choices=IdeaStatus.choices)
    reason = models.TextField(_("reason"), blank=True)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ["changed_at", "id"]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.status}"
