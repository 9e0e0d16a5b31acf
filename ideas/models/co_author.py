"""Somebody who is asked to stand beside the author."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engage.residents.models import Resident
from ideas.models.idea import Idea


class CoAuthor(models.Model):
    """Shown only after accepting. The address is kept until the answer, or until the invitation ends."""

    idea = models.ForeignKey(
        Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="co_authors"
    )
    email = models.EmailField(_("email"), blank=True)
    token_hash = models.CharField(max_length=64, blank=True)
    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), null=True, on_delete=models.CASCADE, related_name="co_authored"
    )
    invited_at = models.DateTimeField(_("invited"))
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    declined_at = models.DateTimeField(_("declined"), null=True)

    class Meta:
        verbose_name = _("co-author")
        verbose_name_plural = _("co-authors")
        ordering = ["invited_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "email"], condition=~Q(email=""), name="co_author_invited_once"
            ),
            models.UniqueConstraint(fields=["idea", "resident"], name="co_author_once"),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="co_author_token_once"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(resident__isnull=False, declined_at=None),
                name="co_author_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.resident) if self.resident else str(_("Somebody who was asked"))
