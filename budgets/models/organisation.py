"""A group that money is awarded to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from budgets.enums import OrganisationKind


class Organisation(models.Model):
    """`identifier` is an org-id (`GB-CHC-1110767`), or one made here for groups without a public number."""

    name = models.CharField(_("name"), max_length=200)
    identifier = models.CharField(_("identifier"), max_length=120, unique=True)
    kind = models.CharField(
        _("kind"), max_length=10, choices=OrganisationKind.choices, default=OrganisationKind.GROUP
    )
    charity_number = models.CharField(_("charity number"), max_length=20, blank=True)
    company_number = models.CharField(_("company number"), max_length=20, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
