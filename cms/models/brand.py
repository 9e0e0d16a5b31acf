"""How the site looks and whom to ask: a council's own name, logo, colours and contacts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.enums import Typeface
from cms.rules.contrast import NotAColour, TooFaint, faults, text_on

COLOUR = RegexValidator(
    r"^#[0-9a-fA-F]{6}\Z", _("Enter a colour as a hash sign and six characters, like #0a4a3c.")
)
FAINT = {
    ("colour", "text"): _(
        "White words on this colour would be hard to read: the contrast is %(ratio)s to 1 and must be at least"
        " %(wanted)s to 1. Choose a darker colour."
    ),
    ("colour", "link"): _(
        "Links in this colour would be hard to read on the page: the contrast is %(ratio)s to 1 and must be at"
        " least %(wanted)s to 1. Choose a darker colour."
    ),
    ("accent", "text"): _(
        "Words on this colour would be hard to read: the contrast is %(ratio)s to 1 and must be at least"
        " %(wanted)s to 1. Choose a lighter or a darker colour."
    ),
    ("accent", "brand"): _(
        "This colour cannot be told apart from the main colour: the contrast is %(ratio)s to 1 and must be at"
        " least %(wanted)s to 1. Choose a lighter accent or a darker main colour."
    ),
}


def _sentence(fault: TooFaint) -> str:
    # Rounded down: 4.49 must not be reported as the 4.5 that it is not.
    return FAINT[fault.field, fault.against] % {
        "ratio": f"{int(fault.ratio * 10) / 10:.1f}",
        "wanted": f"{fault.wanted:g}",
    }


@register_setting(icon="palette", order=10)
class Brand(BaseSiteSetting):
    site_name = models.CharField(_("name of the site"), max_length=60, default="Engage")
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown beside the name on the main colour, 44 pixels high."),
    )
    colour = models.CharField(
        _("main colour"),
        max_length=7,
        default="#0a4a3c",
        validators=[COLOUR],
        help_text=_("Header, buttons and links. White words must be readable on it."),
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#ffc53d",
        validators=[COLOUR],
        help_text=_("Marks what is left to decide, and the most important button."),
    )
    typeface = models.CharField(
        _("typeface"), max_length=10, choices=Typeface.choices, default=Typeface.CIVIC
    )
    contact_email = models.EmailField(_("email address for questions"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_address = models.TextField(_("postal address"), blank=True)
    footer_text = models.CharField(
        _("words at the foot of every page"),
        max_length=250,
        blank=True,
        help_text=_("One sentence about who runs this site."),
    )

    select_related = ["logo"]

    panels = [
        FieldPanel("site_name"),
        FieldPanel("logo"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("colour", widget=forms.TextInput(attrs={"type": "color"})),
                        FieldPanel("accent", widget=forms.TextInput(attrs={"type": "color"})),
                    ]
                ),
                FieldPanel("typeface"),
            ],
            heading=_("Look"),
            help_text=_("Colours that people could not read are refused, with the reason."),
        ),
        MultiFieldPanel(
            [FieldPanel("contact_email"), FieldPanel("contact_phone"), FieldPanel("contact_address")],
            heading=_("Contact"),
        ),
        FieldPanel("footer_text"),
    ]

    class Meta:
        verbose_name = _("name, look and contact")

    def __str__(self) -> str:
        return self.site_name

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        try:
            for fault in faults(self.colour, self.accent):
                errors.setdefault(fault.field, []).append(_sentence(fault))
        except NotAColour:
            return  # the field's own validator says so
        if errors:
            raise ValidationError(errors)

    @property
    def accent_text(self) -> str:
        return text_on(self.accent)
