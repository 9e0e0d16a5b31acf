"""An invitation to suggest ideas, for a time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Call(models.Model):
    """Open from `opens_at` until just before `closes_at`; whether it is open is asked with the time, never stored."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    explanation = models.TextField(_("explanation"))
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
