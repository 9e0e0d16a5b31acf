"""How a resident wants to hear."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engage.residents.models import Resident


def quiet(here: time) -> Q:
    """Whose quiet hours hold the time on the council's clock; they may run over midnight."""
    inside_day = Q(quiet_from__lt=F("quiet_until"), quiet_from__lte=here, quiet_until__gt=here)
    over_midnight = Q(quiet_from__gt=F("quiet_until")) & (Q(quiet_from__lte=here) | Q(quiet_until__gt=here))
    return inside_day | over_midnight


class Preference(models.Model):
    """Only for residents who chose something; the others have each kind's own default and no quiet hours.

    `channels` maps the key of a kind to a Channel. `mail_on` off stops every email of this app at once and leaves
    the channels as they were. `language` is the one they last saved this page in.
    """

    resident = models.OneToOneField(
        Resident,
        verbose_name=_("resident"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="notification_preference",
    )
    channels = models.JSONField(_("how to be told"), default=dict)
    mail_on = models.BooleanField(_("send emails"), default=True)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | (Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=F("quiet_until"))),
                name="quiet_hours_are_whole",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
