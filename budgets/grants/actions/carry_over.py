"""Opening a year's budgets: the scheme's allocation for every councillor who serves, and what they carry over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.actions import allocate, open_budget, transfer
from budgets.actions.common import lock
from budgets.grants import events
from budgets.grants.actions.scheme import SCHEME_REFUSALS
from budgets.grants.models import Scheme
from budgets.grants.permissions import may_carry_over
from budgets.grants.queries.next_year import Line, carry_over
from budgets.models import Budget
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import require
from engage.kit.refusals import writing
from engage.kit.years import year_dates, year_label


def open_year(*, scheme: Scheme, by: Account | None, at: datetime) -> Iterator[Line]:
    """Open the scheme's budgets one after another; each is answered once it stands as the preview said.

    Every budget is a transaction of its own, and what was done is not done again: a run that was broken off goes on
    where it stopped, and two runs at once open each budget once. Nothing is carried over while the year before may
    still be decided about; run again, it carries what is left then. `by` is None for a command of the operator.
    """
    require(may_carry_over(by, scheme))
    for line in carry_over(scheme, on=localdate(at)).lines:
        if not line.opening.done:
            yield _open_one(scheme, line, by=by, at=at)


def _open_one(scheme: Scheme, seen: Line, *, by: Account | None, at: datetime) -> Line:
    """As it is now, not as it was seen: others may have decided since. The scheme's lock lets one run at a time in."""
    with writing(SCHEME_REFUSALS):
        Scheme.objects.select_for_update().get(pk=scheme.pk)
        budgets = [budget for budget in (seen.before, seen.budget) if budget]
        lock(*sorted(budgets, key=lambda budget: budget.pk))
        (line,) = carry_over(scheme, on=localdate(at), councillor=seen.councillor).lines
        budget = line.budget or open_budget(
            year=scheme.year, place=line.place, councillor=line.councillor, by=by, at=at
        )
        _move(scheme, line, budget, by=by, at=at)
        if not line.opening.done:
            record(
                events.BALANCES_CARRIED_OVER,
                subject=budget,
                actor=by,
                at=at,
                allocated_pence=line.opening.allocate,
                carried_pence=line.opening.carry,
            )
    return line


def _move(scheme: Scheme, line: Line, budget: Budget, *, by: Account | None, at: datetime) -> None:
    first_day = year_dates(scheme.year)[0]
    if line.opening.allocate:
        allocate(
            budget=budget,
            amount_pence=line.opening.allocate,
            on=first_day,
            note=_("The year’s money: %(scheme)s") % {"scheme": scheme},
            key=f"scheme:{scheme.year}:allocation:{budget.pk}",
            by=by,
            at=at,
        )
    if line.before and line.opening.carry:
        transfer(
            source=line.before,
            target=budget,
            amount_pence=line.opening.carry,
            on=first_day,
            note=_("Carried over from %(year)s") % {"year": year_label(line.before.year)},
            key=line.key,
            by=by,
            at=at,
        )
