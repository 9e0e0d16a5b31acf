"""Names of the kinds of things that say what money did."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How much a group tells of what it did; `rules/levels.py` says from which amount on."""

    COUNTS = "counts", _("Counts and a story")
    BEFORE_AND_AFTER = "before", _("Before and after")
    VALUE_MAP = "map", _("Value map")


class MapKind(models.TextChoices):
    FORECAST = "forecast", _("Forecast")
    ACTUAL = "actual", _("Actual")


class InputKind(models.TextChoices):
    """What else went in, besides the award."""

    MONEY = "money", _("Money from somebody else")
    GOODS = "goods", _("Goods or rooms given for nothing")
    TIME = "time", _("Volunteers’ time")


class Licence(models.TextChoices):
    """The open licences under which a proxy may be shown and used again by anybody."""

    OGL = "OGL-UK-3.0", _("Open Government Licence v3.0")
    CC_BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0")
    CC0 = "CC0-1.0", _("Creative Commons Zero (no rights reserved)")
    ODC_BY = "ODC-By-1.0", _("Open Data Commons Attribution 1.0")
    PDDL = "PDDL-1.0", _("Open Data Commons Public Domain Dedication")


class Says(models.TextChoices):
    """What a resident says of a claimed outcome."""

    CONFIRM = "confirm", _("Yes, I saw this")
    DISPUTE = "dispute", _("No, I disagree")


class Doubt(models.TextChoices):
    """Why somebody disputes an outcome: one of a few, so that nobody's free text needs checking first."""

    NEVER = "never", _("It did not happen")
    FEWER = "fewer", _("It was fewer than they say")
    ELSEWHERE = "elsewhere", _("It happened somewhere else or at another time")
    STOPPED = "stopped", _("It happened, but has stopped")
