"""Who publishes: what the files say about the council itself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from engage.kit.twins import Licence
from engage.opendata.enums import LICENCES, LicenceChoice

ORG_ID = RegexValidator(
    r"^[A-Z]{2}-[A-Z0-9]{2,8}-[A-Za-z0-9._-]+\Z",
    _("Enter an identifier like GB-LAE-TDW: country, register, and your code in that register."),
)
PREFIX = RegexValidator(
    r"^360G-[A-Za-z0-9_]+\Z", _("Enter the prefix that 360Giving gave you. It looks like 360G-tidewold.")
)


@register_setting(icon="download", order=20)
class Publisher(BaseGenericSetting):
    """One for the whole site. Without `org_id` and `prefix` nothing is published in the 360Giving standard."""

    name = models.CharField(
        _("name of the council"),
        max_length=120,
        blank=True,
        help_text=_("As the files say it. Leave it empty to use the name of the site."),
    )
    org_id = models.CharField(
        _("organisation identifier"),
        max_length=60,
        blank=True,
        validators=[ORG_ID],
        help_text=_("Your code in a public register, as org-id.guide gives it, like GB-LAE-TDW."),
    )
    prefix = models.CharField(
        _("360Giving prefix"),
        max_length=40,
        blank=True,
        validators=[PREFIX],
        help_text=_(
            "360Giving gives one to each publisher; every grant’s identifier begins with it."
            " Once grants are published, do not change it: their identifiers would change too."
        ),
    )
    department = models.CharField(
        _("department that pays"),
        max_length=120,
        blank=True,
        help_text=_("The transparency code asks for it, like “Communities”."),
    )
    licence = models.CharField(
        _("licence"), max_length=10, choices=LicenceChoice.choices, default=LicenceChoice.OGL
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("org_id"), FieldPanel("prefix"), FieldPanel("department")],
            heading=_("Who publishes"),
            help_text=_("Grants are published in the 360Giving standard once both identifiers are here."),
        ),
        FieldPanel("licence"),
    ]

    class Meta:
        verbose_name = _("open data")
        permissions = [("see_mending", _("Can see what to mend in the open data"))]

    def __str__(self) -> str:
        return self.name or str(self._meta.verbose_name)

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.org_id and not self.prefix:
            errors["prefix"] = _("Grants cannot be published without it. Ask 360Giving for your prefix.")
        if self.prefix and not self.org_id:
            errors["org_id"] = _("Grants cannot be published without it. Look it up on org-id.guide.")
        if errors:
            raise ValidationError(errors)

    @property
    def terms(self) -> Licence:
        return LICENCES[LicenceChoice(self.licence)]

    @property
    def is_known(self) -> bool:
        """Whether grants can be published in the 360Giving standard."""
        return bool(self.org_id and self.prefix)
