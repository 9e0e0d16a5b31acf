"""What somebody says about an idea."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from engage.residents.models import Resident
from ideas.models.idea import Idea


class Comment(models.Model):
    """Plain text. `official` marks an answer given for the council."""

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        Resident, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="comments"
    )
    text = models.TextField(_("comment"), max_length=2000)
    official = models.BooleanField(_("official answer"), default=False)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["written_at", "id"]
        indexes = [models.Index(fields=["idea", "written_at"], name="comment_of_idea")]
        permissions = [("answer_officially", _("Can answer for the council"))]

    def __str__(self) -> str:
        return self.text[:60]
