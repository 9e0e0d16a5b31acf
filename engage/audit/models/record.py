"""One line per thing that happened."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """Append-only. The actor is kept by number without a foreign key, so that an account can be deleted."""

    at = models.DateTimeField(_("when"), db_index=True)
    event = models.CharField(_("event"), max_length=60, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    subject_type = models.CharField(_("kind of thing"), max_length=60)
    subject_id = models.BigIntegerField(_("number of the thing"))
    data = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="record_subject")]
        triggers = [
            pgtrigger.Protect(name="record_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject_type} {self.subject_id}"
