"""An email that goes out, or went out, to one resident."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from engage.residents.models import Resident


class Mail(models.Model):
    """Made in the same transaction that takes its notifications, so none is in two emails.

    A worker that sends it claims it until `claimed_until`; when that worker dies, another takes it over after that
    time. `attempts` counts the claims; `given_up_at` ends them. What is in it is written when it is sent.
    """

    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)

    class Meta:
        verbose_name = _("email")
        verbose_name_plural = _("emails")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["id"], name="mail_to_be_sent", condition=models.Q(sent_at=None, given_up_at=None)
            ),
            models.Index(fields=["made_at"], name="mail_made"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
