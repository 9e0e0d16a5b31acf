"""An invitation to suggest ideas, for a time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engage.kit.blocks import BodyStream
from engage.kit.fields import BodyField
from engage.kit.models import Theme
from engage.places.models import Place


class Call(models.Model):
    """Open from `opens_at` until just before `closes_at`; whether it is open is asked with the time, never stored."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    explanation = models.TextField(_("explanation"))
    places = models.ManyToManyField(
        Place, verbose_name=_("places"), blank=True, related_name="+", help_text=_("None means everywhere.")
    )
    themes = models.ManyToManyField(
        Theme, verbose_name=_("themes"), blank=True, related_name="+", help_text=_("None means all of them.")
    )
    body = BodyField(BodyStream(), verbose_name=_("explanation page"), blank=True)
    ideas_each = models.PositiveSmallIntegerField(
        _("ideas from each person"), null=True, blank=True, help_text=_("Empty means as many as they like.")
    )
    supports_each = models.PositiveSmallIntegerField(
        _("supports from each person"),
        null=True,
        blank=True,
        help_text=_("Empty means as many as they like."),
    )
    copied_from = models.ForeignKey(
        "self",
        verbose_name=_("copied from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))

    class Meta:
        verbose_name = _("call for ideas")
        verbose_name_plural = _("calls for ideas")
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_it_opens",
                violation_error_message=_("The call must close after it opens."),
            )
        ]

    def __str__(self) -> str:
        return self.title
