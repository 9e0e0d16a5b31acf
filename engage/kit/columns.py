"""Columns of the back office's lists: days, money and years as people say them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail.admin.ui.tables import Column

from engage.kit.moments import last_day
from engage.kit.money import pounds
from engage.kit.years import year_label


class DayColumn(Column):
    """A day, or that of a moment. Wagtail's own says how long ago it was, and of what lies ahead “just now”."""

    def get_value(self, instance: Any) -> str:
        day: date | datetime | None = super().get_value(instance)
        if not day:
            return ""
        return date_format(localtime(day) if isinstance(day, datetime) else day, "j F Y")


class LastDayColumn(Column):
    """The last day of what ends at a moment: until midnight is until the day before."""

    def get_value(self, instance: Any) -> str:
        at: datetime | None = super().get_value(instance)
        return last_day(at) if at else ""


class MoneyColumn(Column):
    """Whole pence as pounds."""

    def get_value(self, instance: Any) -> str:
        return pounds(super().get_value(instance))


class YearColumn(Column):
    """A financial year by its first."""

    def get_value(self, instance: Any) -> str:
        return year_label(super().get_value(instance))
