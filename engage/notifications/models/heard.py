"""How far we have listened to the record."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Heard(models.Model):
    """One row. Reactions run just after a commit, and a process can die in between: so what was recorded is gone
    through again, and `record_id` is how far. `checked_at` is when that was."""

    record_id = models.BigIntegerField(_("up to record"))
    checked_at = models.DateTimeField(_("checked"))

    class Meta:
        verbose_name = _("listening")
        verbose_name_plural = _("listening")

    def __str__(self) -> str:
        return str(self.record_id)
