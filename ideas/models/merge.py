"""Two ideas that say the same, made one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ideas.models.idea import Idea


class Merge(models.Model):
    """`merged` leads to `kept`. Its own supports stay; `kept` has copies that point here, so it can be undone."""

    wagtail_reference_index_ignore = True  # nothing here holds pages or pictures

    merged = models.ForeignKey(
        Idea, verbose_name=_("joined idea"), on_delete=models.PROTECT, related_name="merges"
    )
    kept = models.ForeignKey(
        Idea, verbose_name=_("kept idea"), on_delete=models.PROTECT, related_name="merges_into_it"
    )
    reason = models.CharField(_("reason"), max_length=300)
    status_before = models.CharField(_("status before"), max_length=10)
    merged_at = models.DateTimeField(_("joined"))
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("joining of ideas")
        verbose_name_plural = _("joinings of ideas")
        ordering = ["merged_at", "id"]
        permissions = [("merge_ideas", _("Can join ideas that say the same"))]
        constraints = [
            models.CheckConstraint(condition=~Q(merged=F("kept")), name="merge_of_two"),
            models.UniqueConstraint(
                fields=["merged"],
                condition=Q(undone_at=None),
                name="merge_once",
                violation_error_message=_("This idea has been joined with another one already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"
