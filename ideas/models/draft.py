"""An idea that is still being written."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from engage.residents.models import Resident


class IdeaDraft(models.Model):
    """`data` holds what was typed, step by step, as it was typed. Drafts have an end: see `IdeaDraft.KEPT_DAYS`.

    A guest's draft has no author. Once sent, it waits under `email` for the link whose token hashes to `token_hash`.
    """

    KEPT_DAYS = 90
    CONFIRM_DAYS = 7

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(
        Resident, verbose_name=_("author"), null=True, on_delete=models.CASCADE, related_name="drafts"
    )
    data = models.JSONField(_("what was typed"), default=dict)
    changed_at = models.DateTimeField(_("changed"), db_index=True)
    email = models.EmailField(_("email"), blank=True)
    token_hash = models.CharField(max_length=64, blank=True)
    confirm_until = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-changed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["token_hash"], condition=~models.Q(token_hash=""), name="draft_token_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.data.get("title", "")) or str(_("A draft without a title"))
