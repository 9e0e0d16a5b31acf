"""What opening a year's budgets will do, or has done: the preview is the list of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from budgets.grants.models import Scheme
from budgets.grants.rules.next_year import Opening, opening
from budgets.models import Budget, Entry
from engage.councillors.models import Councillor, Term
from engage.kit.years import year_dates
from engage.places.models import Place


@dataclass(frozen=True, slots=True)
class Line:
    """One councillor: the budget of the year before, the one of the new year if it is open, and what is to be done.

    `carried_pence` is what was carried over already.
    """

    councillor: Councillor
    place: Place
    before: Budget | None
    budget: Budget | None
    opening: Opening
    carried_pence: int

    @property
    def key(self) -> str:
        return carry_key(self.before) if self.before else ""


@dataclass(frozen=True, slots=True)
class CarryOver:
    """`percent` is what the scheme of the year before says, 0 when there is none. While that year may still be decided
    about, nothing is carried: `carry_from` is the first day on which it is, None when that has come.
    """

    scheme: Scheme
    percent: int
    carry_from: date | None
    lines: list[Line]

    @property
    def to_do(self) -> list[Line]:
        return [line for line in self.lines if not line.opening.done]

    @property
    def allocate_pence(self) -> int:
        return sum(line.opening.allocate for line in self.lines)

    @property
    def carry_pence(self) -> int:
        return sum(line.opening.carry for line in self.lines)


def carry_key(before: Budget) -> str:
    return f"carry-over:{before.year + 1}:{before.pk}"


def carry_over(scheme: Scheme, *, on: date, councillor: Councillor | None = None) -> CarryOver:
    """For every councillor (or the one) who serves on the first day of the scheme's year; four queries."""
    earlier = Scheme.objects.filter(year=scheme.year - 1).only("carry_over_percent", "decide_by").first()
    percent = earlier.carry_over_percent if earlier else 0
    too_early = earlier is not None and percent > 0 and on <= earlier.decide_by
    carry_from = earlier.decide_by + timedelta(days=1) if earlier and too_early else None
    terms = Term.objects.running(year_dates(scheme.year)[0]).select_related("councillor", "place")
    budgets = Budget.objects.filter(year__in=[scheme.year - 1, scheme.year], councillor__isnull=False)
    if councillor:
        terms, budgets = terms.filter(councillor=councillor), budgets.filter(councillor=councillor)
    known = {(each.year, each.councillor_id): each for each in budgets.select_related("place")}
    keys = [f"{carry_key(each)}:out" for each in known.values() if each.year < scheme.year]
    carried = dict(Entry.objects.filter(key__in=keys).values_list("budget_id", "amount_pence"))
    lines: dict[int, Line] = {}
    for term in terms.order_by("place__name", "councillor__name", "starts_on"):
        before = known.get((scheme.year - 1, term.councillor_id))
        lines.setdefault(
            term.councillor_id,
            _line(
                scheme,
                0 if carry_from else percent,
                term,
                before,
                known.get((scheme.year, term.councillor_id)),
                carried,
            ),
        )
    return CarryOver(scheme, percent, carry_from, list(lines.values()))


def _line(
    scheme: Scheme,
    percent: int,
    term: Term,
    before: Budget | None,
    budget: Budget | None,
    carried: dict[int, int],
) -> Line:
    return Line(
        councillor=term.councillor,
        place=term.place,
        before=before,
        budget=budget,
        opening=opening(
            allocation=scheme.allocation_pence,
            has_money=bool(budget and budget.entries_count),
            remaining=before.remaining_pence if before else 0,
            percent=percent,
            already_carried=bool(before and before.pk in carried),
        ),
        carried_pence=-carried.get(before.pk, 0) if before else 0,
    )
