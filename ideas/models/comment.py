"""What somebody says about an idea."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from engage.residents.models import Resident
from ideas.models.idea import Idea


class CommentQuerySet(models.QuerySet["Comment"]):
    def counted(self) -> CommentQuerySet:
        """Those that everybody can read."""
        return self.filter(removed_at=None)


class Comment(models.Model):
    """Plain text. `official` marks an answer given for the council.

    A comment that a moderator removed keeps its place and says why; its words are shown to nobody.
    """

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        Resident, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="comments"
    )
    text = models.TextField(_("comment"), max_length=2000)
    official = models.BooleanField(_("official answer"), default=False)
    written_at = models.DateTimeField(_("written"))
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    removed_reason = models.CharField(_("reason for removing"), max_length=300, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["written_at", "id"]
        indexes = [models.Index(fields=["idea", "written_at"], name="comment_of_idea")]
        permissions = [
            ("answer_officially", _("Can answer for the council")),
            ("remove_comment", _("Can remove comments")),
        ]

    def __str__(self) -> str:
        return self.text[:60]
