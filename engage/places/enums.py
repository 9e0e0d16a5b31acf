from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceKind(models.TextChoices):
    COUNCIL = "council", _("Council")
    DIVISION = "division", _("Division")
    WARD = "ward", _("Ward")
    LOCALITY = "locality", _("Locality")
    PARISH = "parish", _("Parish")


# Words that stand where a place's slug may stand in an address (/budgets/awards/), so no place may be called so.
RESERVED_SLUGS = frozenset({"awards", "journal", "mine", "new"})
