"""The text of the agreement that a group signs before it is paid: from facts alone, and kept as it was signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.kit.money import pounds


@dataclass(frozen=True, slots=True)
class Promise:
    """What was approved. `parts` are the budgets that pay, by name, with their pence."""

    reference: str
    group: str
    title: str
    purpose: str
    parts: Sequence[tuple[str, int]]
    starts_on: date | None
    ends_on: date | None
    spend_by: date
    report_months: Sequence[int] = ()
    never: Sequence[str] = ()
    expected: Sequence[tuple[str, int]] = ()

    @property
    def total(self) -> int:
        return sum(pence for _name, pence in self.parts)


def agreement(promise: Promise) -> str:
    """Plain text: one condition a line, an empty line between what belongs apart."""
    return "\n\n".join(
        [
            _("Agreement %(reference)s between the council and %(group)s about “%(title)s”.")
            % {"reference": promise.reference, "group": promise.group, "title": promise.title},
            _money(promise),
            _("The money is for this and nothing else:") + "\n" + promise.purpose,
            _dates(promise),
            _("The group:")
            + "\n"
            + "\n".join(f"{n}. {each}" for n, each in enumerate(_conditions(promise), 1)),
        ]
    )


def _money(promise: Promise) -> str:
    if len(promise.parts) == 1:
        return _("The council gives %(total)s from the budget of %(name)s.") % {
            "total": pounds(promise.total),
            "name": promise.parts[0][0],
        }
    said = _("The council gives %(total)s.") % {"total": pounds(promise.total)}
    parts = [
        _("%(amount)s from the budget of %(name)s") % {"amount": pounds(pence), "name": name}
        for name, pence in promise.parts
    ]
    return said + "\n" + "\n".join(parts)


def _dates(promise: Promise) -> str:
    lines = []
    if promise.starts_on and promise.ends_on:
        lines.append(
            _("The project runs from %(start)s to %(end)s.")
            % {"start": _day(promise.starts_on), "end": _day(promise.ends_on)}
        )
    lines.append(_("The money is spent by %(day)s.") % {"day": _day(promise.spend_by)})
    return "\n".join(lines)


def _conditions(promise: Promise) -> list[str]:
    said = [
        _("spends the money on what is written above, and asks before it changes anything;"),
        _("keeps receipts for everything for six years, and shows them when asked;"),
        _("gives back what is not spent, and what was spent on something else;"),
        _("says in public that the grant comes from a councillor’s budget;"),
        _(
            "keeps to the law, above all on equality, safety and the protection of children and adults at risk;"
        ),
    ]
    if promise.never:
        said.append(_("does not spend it on any of this: %(what)s;") % {"what": "; ".join(promise.never)})
    if promise.expected:
        hoped = ", ".join(f"{number} {measure}" for measure, number in promise.expected)
        said.append(_("counts what it hopes for (%(hoped)s) and says what came of it;") % {"hoped": hoped})
    if promise.report_months:
        *before, last = (str(each) for each in promise.report_months)
        months = _("%(some)s and %(last)s") % {"some": ", ".join(before), "last": last} if before else last
        said.append(
            ngettext(
                "reports %(months)s month after it is paid.",
                "reports %(months)s months after it is paid.",
                max(promise.report_months),
            )
            % {"months": months}
        )
    return said


def _day(day: date) -> str:
    return date_format(day, "j F Y")
