"""What an idea looks like."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ideas.models.draft import IdeaDraft
from ideas.models.idea import Idea

# The collection that holds these pictures and no others; staff/pictures.py keeps it out of the library of editors.
PICTURES_APART = "Pictures from residents"


class IdeaPicture(models.Model):
    """Belongs to a draft until the idea is sent, to the idea from then on."""

    idea = models.ForeignKey(
        Idea, verbose_name=_("idea"), null=True, on_delete=models.CASCADE, related_name="pictures"
    )
    draft = models.ForeignKey(
        IdeaDraft, verbose_name=_("draft"), null=True, on_delete=models.CASCADE, related_name="pictures"
    )
    image = models.ForeignKey(
        "wagtailimages.Image", verbose_name=_("picture"), on_delete=models.PROTECT, related_name="+"
    )
    alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        help_text=_("One sentence for people who cannot see it."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(idea__isnull=True, draft__isnull=False)
                | Q(idea__isnull=False, draft__isnull=True),
                name="picture_of_idea_or_draft",
            )
        ]

    def __str__(self) -> str:
        return self.alt
