"""That a moderator took something off the page, why, and whether it came back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ideas.enums import FlagSource
from ideas.models.comment import Comment
from ideas.models.idea import Idea


class Removal(models.Model):
    """Of an idea, or of one comment on it. `why` is the rule it broke, `reason` what everybody reads in its place."""

    # It holds no pages or pictures; looking for some would take several statements each time.
    wagtail_reference_index_ignore = True

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="removals")
    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), null=True, on_delete=models.CASCADE, related_name="removals"
    )
    why = models.CharField(_("rule"), max_length=12, choices=FlagSource.choices)
    reason = models.CharField(_("reason"), max_length=2000)
    removed_at = models.DateTimeField(_("removed"))
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("removed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    status_before = models.CharField(_("status before"), max_length=10, blank=True)
    restored_at = models.DateTimeField(_("put back"), null=True)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("removal")
        verbose_name_plural = _("removals")
        ordering = ["-removed_at", "-id"]
        indexes = [models.Index(fields=["-removed_at", "-id"], name="removal_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "comment"],
                condition=Q(restored_at=None),
                nulls_distinct=False,
                name="removed_once",
            )
        ]

    def __str__(self) -> str:
        return self.reason
