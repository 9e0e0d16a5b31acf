"""What the data twins say of what money did, column by column. Percentages and ratios are exact text, never floats."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.display import year_words
from budgets.impact.display import kind_name
from budgets.impact.enums import Level
from budgets.impact.queries import (
    AwardImpact,
    Effect,
    KindShare,
    Mapped,
    PlaceShare,
    Told,
    WhereItWent,
    input_pence,
)
from budgets.impact.rules.levels import From
from budgets.impact.rules.sroi import Total, decimals
from budgets.impact.rules.waiting import Waits
from budgets.queries import ThemeShare
from engage.kit.twins import Column, Pence, Table, Twin, Value, filters_of, page_of

TOLD_COLUMNS: list[Column[Told]] = [
    Column("measure", lambda told: told.outcome.measure),
    Column("forecast", lambda told: told.outcome.forecast),
    Column("actual", lambda told: told.outcome.actual),
    Column("residents_confirm", lambda told: told.confirmed),
    Column("residents_dispute", lambda told: told.disputed),
    Column("measured", lambda told: told.before_after.question if told.before_after else ""),
    Column("unit", lambda told: told.before_after.unit if told.before_after else ""),
    Column("before", lambda told: str(told.before_after.before) if told.before_after else ""),
    Column("after", lambda told: str(told.before_after.after) if told.before_after else ""),
    Column("measured_people", lambda told: told.before_after.people if told.before_after else None),
]

LINE_COLUMNS: list[Column[tuple[Mapped, int]]] = [
    Column("map", lambda row: row[0].value_map.kind),
    Column("outcome", lambda row: row[0].lines[row[1]].name),
    Column("for_whom", lambda row: row[0].lines[row[1]].who),
    Column("quantity", lambda row: str(row[0].lines[row[1]].quantity)),
    Column("proxy", lambda row: row[0].lines[row[1]].proxy.name),
    Column("proxy_value", lambda row: Pence(row[0].lines[row[1]].proxy.pence)),
    Column("proxy_source", lambda row: row[0].lines[row[1]].proxy.source),
    Column("proxy_address", lambda row: row[0].lines[row[1]].proxy.url),
    Column("deadweight_percent", lambda row: str(row[0].lines[row[1]].deadweight)),
    Column("displacement_percent", lambda row: str(row[0].lines[row[1]].displacement)),
    Column("attribution_percent", lambda row: str(row[0].lines[row[1]].attribution)),
    Column("drop_off_percent", lambda row: str(row[0].lines[row[1]].drop_off)),
    Column("years", lambda row: row[0].lines[row[1]].years),
    Column("present_value", lambda row: Pence(row[0].worked.parts_pence[row[1]] if row[0].worked else 0)),
]

INPUT_COLUMNS: list[Column[Any]] = [
    Column("what", lambda given: given.what),
    Column("kind", lambda given: given.kind),
    Column("amount", lambda given: Pence(input_pence(given))),
]


def told_table(found: AwardImpact, *, in_csv: bool = True) -> Table[Told]:
    return Table("what_residents_say", "what residents say", TOLD_COLUMNS, found.outcomes, in_csv=in_csv)


def map_totals(one: Mapped | None, prefix: str) -> dict[str, Value]:
    if one is None or one.worked is None or one.range is None:
        return {}
    low, high = one.range
    return {
        f"{prefix}present_value": Pence(one.worked.present_pence),
        f"{prefix}inputs": Pence(one.inputs_pence),
        f"{prefix}ratio": decimals(one.worked.ratio, 2),
        f"{prefix}ratio_low": decimals(low.ratio, 2),
        f"{prefix}ratio_high": decimals(high.ratio, 2),
    }


def impact_twin(found: AwardImpact, request: HttpRequest) -> Twin:
    maps = [each for each in (found.forecast, found.actual) if each]
    return _twin(
        request,
        _("Impact of %(award)s") % {"award": found.award.title},
        {"asked_to_tell": found.asked.value, "told": found.told.value}
        | map_totals(found.forecast, "forecast_")
        | map_totals(found.actual, "actual_"),
        [
            told_table(found),
            Table(
                "value_map_lines",
                "value map",
                LINE_COLUMNS,
                [(one, place) for one in maps for place in range(len(one.lines))],
            ),
            Table("other_inputs", "input", INPUT_COLUMNS, [given for one in maps for given in one.inputs]),
        ],
        [source for one in maps for source in {line.proxy.source for line in one.lines}],
    )


PLACE_COLUMNS: list[Column[PlaceShare]] = [
    Column("place", lambda share: share.name),
    Column("place_slug", lambda share: share.slug),
    Column("awards", lambda share: share.awards),
    Column("amount", lambda share: Pence(share.pence)),
]

THEME_COLUMNS: list[Column[ThemeShare]] = [
    Column("theme", lambda share: share.name),
    Column("amount", lambda share: Pence(share.awarded_pence)),
]

KIND_COLUMNS: list[Column[KindShare]] = [
    Column("kind", lambda share: kind_name(share.kind)),
    Column("groups", lambda share: share.groups),
    Column("awards", lambda share: share.awards),
    Column("amount", lambda share: Pence(share.pence)),
]


def where_twin(found: WhereItWent, request: HttpRequest) -> Twin:
    return _twin(
        request,
        _("Where the money went, %(year)s") % {"year": year_words(found.year)},
        _where_totals(found),
        [
            Table("places", "place", PLACE_COLUMNS, found.places),
            Table("themes", "theme", THEME_COLUMNS, found.themes),
            Table("kinds_of_group", "kind of group", KIND_COLUMNS, found.kinds),
        ],
        [source.attribution for source in found.sources],
    )


def _where_totals(found: WhereItWent) -> dict[str, Value]:
    about: dict[str, Value] = {
        "awards": found.awards,
        "amount": Pence(found.pence),
        "groups": found.groups,
        "first_time_groups": found.first_time_groups,
        "first_time_amount": Pence(found.first_time_pence),
        "results_reported": found.reported,
        "given_by_others": Pence(found.others_pence),
        "awarded_after_application": Pence(found.applied_pence),
        "leverage": "" if found.leverage is None else decimals(found.leverage, 2),
    }
    return (
        about
        | _waits("days_from_application_to_payment", found.from_application)
        | _waits("days_from_decision_to_payment", found.from_decision)
        | value_totals(found.value)
    )


def value_totals(total: Total) -> dict[str, Value]:
    if total.ratio is None:
        return {"value_maps": 0}
    return {
        "value_maps": total.maps,
        "social_value": Pence(total.present_pence),
        "social_value_inputs": Pence(total.inputs_pence),
        "social_return": decimals(total.ratio, 2),
    }


def effect_totals(found: Effect) -> dict[str, Value]:
    about: dict[str, Value] = {
        "awards_kept": found.awards,
        "awarded_and_kept": Pence(found.pence),
        "groups": found.groups,
        "first_time_groups": found.first_time_groups,
        "results_reported": found.reported,
        "leverage": "" if found.leverage is None else decimals(found.leverage, 2),
        "residents_confirm": found.confirmed,
        "residents_dispute": found.disputed,
    }
    return about | value_totals(found.value)


def award_tables(found: AwardImpact) -> tuple[dict[str, Value], list[Table[Any]]]:
    """What impact adds to the twin of an award; the rows are in the CSV of impact's own page."""
    totals = map_totals(found.forecast, "forecast_") | map_totals(found.actual, "actual_")
    return totals, [told_table(found, in_csv=False)]


def _waits(name: str, found: Waits | None) -> dict[str, Value]:
    return {f"{name}_median": found.median, f"{name}_nine_in_ten": found.nine_in_ten} if found else {}


def _twin(
    request: HttpRequest,
    title: str,
    totals: dict[str, Value],
    tables: list[Table[Any]],
    attribution: Iterable[str],
) -> Twin:
    return Twin(
        title=title,
        page=page_of(request),
        as_of=timezone.localtime(),
        totals=totals,
        tables=tables,
        filters=filters_of(request),
        attribution=list(dict.fromkeys(attribution)),
    )


def levels_table(amounts: From) -> Table[Any]:
    """From which amount on groups tell more of what their grant did."""
    columns: list[Column[tuple[Level, int]]] = [
        Column("level", lambda row: row[0].value),
        Column("name", lambda row: str(row[0].label)),
        Column("from", lambda row: Pence(row[1])),
    ]
    rows = [
        (Level.COUNTS, 0),
        (Level.BEFORE_AND_AFTER, amounts.before_and_after),
        (Level.VALUE_MAP, amounts.value_map),
    ]
    return Table("reporting_levels", "reporting level", columns, rows)
