"""Value maps, worked out by the rules when they are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.db.models import Prefetch, QuerySet

from budgets.impact.enums import InputKind, MapKind
from budgets.impact.models import DiscountRate, ValueInput, ValueLine, ValueMap
from budgets.impact.rules import doubt, sroi
from budgets.models import Award
from engage.kit.decisions import Decision


@dataclass(frozen=True)
class Mapped:
    """A value map with its lines, inputs and the discount rates of its day; what follows from them is worked out."""

    value_map: ValueMap
    rates: tuple[sroi.Rate, ...]

    @cached_property
    def lines(self) -> list[ValueLine]:
        return list(self.value_map.lines.all())

    @cached_property
    def inputs(self) -> list[ValueInput]:
        return list(self.value_map.inputs.all())

    @property
    def own_pence(self) -> int:
        """What the award itself puts in."""
        award = self.value_map.award
        return sroi.own_input(
            actual=self.value_map.kind == MapKind.ACTUAL,
            awarded_pence=award.awarded_pence,
            spent_pence=award.spent_pence,
        )

    @property
    def inputs_pence(self) -> int:
        return self.own_pence + sum(input_pence(given) for given in self.inputs)

    @cached_property
    def rule(self) -> sroi.ValueMap:
        return as_rule(self)

    @cached_property
    def whole(self) -> Decision:
        """Whether it can be worked out, or what is missing."""
        return sroi.may_work_out(self.rule)

    @cached_property
    def worked(self) -> sroi.Worked | None:
        return sroi.work_out(self.rule) if self.whole else None

    @cached_property
    def range(self) -> tuple[sroi.Worked, sroi.Worked] | None:
        return doubt.value_range(self.rule) if self.whole else None

    @cached_property
    def tests(self) -> list[doubt.Test]:
        return doubt.sensitivity(self.rule) if self.whole else []


def rates() -> list[sroi.Rate]:
    """Every discount rate there is; one query."""
    return [
        sroi.Rate(percent=each.percent, first_year=each.first_year, since=each.since)
        for each in DiscountRate.objects.all()
    ]


def mapped(value_maps: QuerySet[ValueMap]) -> list[Mapped]:
    """Four queries, however many maps there are."""
    found = list(
        value_maps.select_related("award__organisation").prefetch_related(
            Prefetch("lines", ValueLine.objects.select_related("proxy", "outcome").order_by("pk")),
            Prefetch("inputs", ValueInput.objects.select_related("proxy").order_by("pk")),
        )
    )
    known = rates() if found else []
    return [Mapped(each, sroi.rates_on(each.valued_on, known)) for each in found]


def value_map_for_rule(value_map: ValueMap) -> Mapped:
    """One map as it is in the database now."""
    return mapped(ValueMap.objects.filter(pk=value_map.pk))[0]


def published_maps(awards: QuerySet[Award]) -> list[Mapped]:
    """Those that everybody may read, by the award's title; four queries."""
    public = ValueMap.objects.filter(published_at__isnull=False, award__in=awards.order_by().values("pk"))
    return [each for each in mapped(public.order_by("award__title", "award_id", "kind")) if each.worked]


def social_return(maps: Iterable[Mapped]) -> sroi.Total:
    """What the actual maps come to together. Forecasts are not counted: they are hopes."""
    actual = (each.worked for each in maps if each.value_map.kind == MapKind.ACTUAL)
    return sroi.add_up(worked for worked in actual if worked is not None)


def as_rule(one: Mapped) -> sroi.ValueMap:
    """As the rules take it, from what is stored."""
    return sroi.ValueMap(
        lines=tuple(line_as_rule(line) for line in one.lines),
        inputs_pence=one.inputs_pence,
        rates=one.rates,
        first_year_discounted=one.value_map.first_year_discounted,
    )


def line_as_rule(line: ValueLine) -> sroi.Line:
    return sroi.Line(
        name=line.name,
        quantity=line.quantity,
        proxy_pence=line.proxy.pence,
        deadweight=line.deadweight,
        displacement=line.displacement,
        attribution=line.attribution,
        drop_off=line.drop_off,
        years=line.years,
        proxy_low=line.proxy.low_pence,
        proxy_high=line.proxy.high_pence,
    )


def input_pence(given: ValueInput) -> int:
    """Time is worth its hours; the product is rounded to the penny."""
    if given.kind == InputKind.TIME:
        assert given.hours is not None
        assert given.proxy is not None
        return sroi.worth_of_hours(Fraction(given.hours), given.proxy.pence)
    return given.pence or 0
