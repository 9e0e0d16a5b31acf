"""Moments as people say them, in the site's time zone, and how long something takes."""

from datetime import datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

DAY = "l j F Y"
SHORT = "j F Y"
LONG = 90  # minutes; what takes longer is told in hours


def moment(at: datetime) -> str:
    """5pm on Sunday 8 June 2027."""
    here = localtime(at)
    return _("%(time)s on %(day)s") % {
        "time": date_format(here, "TIME_FORMAT"),
        "day": date_format(here, DAY),
    }


def start(at: datetime) -> str:
    """When something begins. Midnight is the start of its day: nobody is sure what 12am is."""
    here = localtime(at)
    if here.time() != time():
        return moment(at)
    return _("the start of %(day)s") % {"day": date_format(here, DAY)}


def end(at: datetime) -> str:
    """When something stops. Midnight belongs to the day before it, where nobody takes it for the wrong one."""
    here = localtime(at)
    if here.time() != time():
        return moment(at)
    return _("the end of %(day)s") % {"day": date_format(here - timedelta(days=1), DAY)}


def first_day(at: datetime) -> str:
    """1 March 2026, with the time when it is not the very start of the day."""
    here = localtime(at)
    day = date_format(here, SHORT)
    return day if here.time() == time() else f"{day}, {date_format(here, 'TIME_FORMAT')}"


def last_day(at: datetime) -> str:
    """The last day that belongs to it: until midnight is until the day before."""
    here = localtime(at)
    return date_format(here - timedelta(days=1), SHORT) if here.time() == time() else first_day(at)


def length(minutes: int) -> str:
    """About 40 minutes; about 3 hours."""
    if minutes < LONG:
        return ngettext("about %(count)d minute", "about %(count)d minutes", minutes) % {"count": minutes}
    hours = (minutes + 30) // 60
    return ngettext("about %(count)d hour", "about %(count)d hours", hours) % {"count": hours}
