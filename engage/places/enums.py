from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceKind(models.TextChoices):
    COUNCIL = "council", _("Council")
    DIVISION = "division", _("Division")
    WARD = "ward", _("Ward")
    LOCALITY = "locality", _("Locality")
    PARISH = "parish", _("Parish")
