"""The banner above every page, for when something must be known at once."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.enums import NoticeLevel


@register_setting(icon="warning", order=20)
class Notice(BaseSiteSetting):
    """Shown while there is text and the time is between `starts_at` and `ends_at`, either of which may be open."""

    level = models.CharField(_("level"), max_length=10, choices=NoticeLevel.choices, default=NoticeLevel.INFO)
    text = models.CharField(
        _("text"),
        max_length=250,
        blank=True,
        help_text=_("What is the matter, and what to do. Empty: no banner."),
    )
    link = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page with more"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    starts_at = models.DateTimeField(_("from"), null=True, blank=True, help_text=_("Empty: at once."))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until removed."))

    select_related = ["link"]

    panels = [
        FieldPanel("level"),
        FieldPanel("text"),
        FieldPanel("link"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    ]

    class Meta:
        verbose_name = _("emergency banner")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at=None)
                | models.Q(ends_at=None)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="notice_ends_after_it_starts",
                violation_error_message=_(
                    "The banner must end after it starts. Change one of the two times."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.text or str(_("No banner"))

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The banner must end after it starts.")})
