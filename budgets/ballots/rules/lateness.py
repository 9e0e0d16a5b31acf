"""Whether what was promised is done, due or late: said plainly, by the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Promise:
    """`first` is the day that was promised at the beginning; lateness is counted from it, however often it moved."""

    first: date
    now: date
    done: date | None = None

    def days_late(self, today: date) -> int:
        return max(0, ((self.done or today) - self.first).days)

    def sentence(self, today: date) -> str:
        late = self.days_late(today)
        days = ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late}
        if self.done is not None:
            when = {"day": date_format(self.done, "j F Y"), "late": days}
            return (_("Done on %(day)s, %(late)s.") if late else _("Done on %(day)s, on time.")) % when
        when = {"day": date_format(self.now, "j F Y"), "late": days}
        return (_("Promised for %(day)s: %(late)s.") if late else _("Promised for %(day)s.")) % when
