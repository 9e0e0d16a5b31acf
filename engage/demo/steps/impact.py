"""What some awards did: measured before and after, worked out in value maps, confirmed or disputed by residents."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from budgets.impact.actions import (
    Said,
    add_input,
    add_line,
    add_proxies,
    begin_value_map,
    measure_before_after,
    publish_value_map,
    take_words,
)
from budgets.impact.enums import Doubt, InputKind, Licence, MapKind, Says
from budgets.impact.models import Proxy
from budgets.impact.rules.files import ProxyFacts
from budgets.models import Award, Outcome
from engage.demo.content import read
from engage.demo.loaded import Loaded
from engage.demo.plan import LONDON, TODAY
from engage.kit.money import parse_pounds
from engage.kit.progress import track

SHARE_WITH_WORDS = 0.4


def load_impact(loaded: Loaded) -> None:
    told = read("impact")
    _add_proxies(loaded, told["proxy"])
    awards = {award.title: award for award in loaded.awards.values()}
    for row in told["before_after"]:
        _measure(loaded, awards[row["award"]], row)
    for row in told["map"]:
        award = awards[row["award"]]
        for kind in row.get("kinds", [MapKind.FORECAST, MapKind.ACTUAL]):
            _draw(loaded, award, row, MapKind(kind))


def load_words(loaded: Loaded) -> None:
    """What residents say of results: many of a few, none of most, and here and there somebody disagrees."""
    rng = Random("words")
    outcomes = [
        outcome
        for outcome in Outcome.objects.select_related("award").order_by("pk")
        if rng.random() < SHARE_WITH_WORDS
    ]
    for outcome in track(outcomes, "Words on results"):
        said: list[Said] = []
        for resident in rng.sample(loaded.residents, rng.choice((1, 2, 4, 7, 12))):
            disagrees = rng.random() < 0.08
            after = timedelta(days=rng.randint(1, 60), hours=rng.randint(8, 20))
            begin = datetime.combine(outcome.reported_on, time(0), LONDON)
            said.append(
                Said(
                    resident,
                    says=Says.DISPUTE if disagrees else Says.CONFIRM,
                    doubt=rng.choice((Doubt.FEWER, Doubt.STOPPED)) if disagrees else "",
                    at=min(begin + after, datetime.combine(TODAY, time(9), LONDON)),
                )
            )
        take_words(outcome=outcome, said=said)


def _add_proxies(loaded: Loaded, rows: list[dict[str, Any]]) -> None:
    add_proxies(
        proxies=[
            ProxyFacts(
                line=number,
                name=row["name"],
                unit=row["unit"],
                pence=parse_pounds(row["pounds"]),
                low_pence=parse_pounds(row["low"]),
                high_pence=parse_pounds(row["high"]),
                prices_of=row["prices_of"],
                since=row["since"],
                volunteer_time=False,
                source=row["source"],
                licence=Licence.OGL,
                url="https://example.org/taxi-fares",
            )
            for number, row in enumerate(rows, 1)
        ],
        by=loaded.officer,
    )


def _measure(loaded: Loaded, award: Award, row: dict[str, Any]) -> None:
    outcome = award.outcomes.get(measure=row["outcome"])
    measure_before_after(
        outcome=outcome,
        question=row["question"],
        unit=row["unit"],
        before=Decimal(row["before"]),
        after=Decimal(row["after"]),
        people=row["people"],
        higher_is_better=row.get("higher_is_better", True),
        how=row["how"],
        by=loaded.officer,
        at=_on(outcome),
    )


def _draw(loaded: Loaded, award: Award, row: dict[str, Any], kind: MapKind) -> None:
    """The forecast as it was when the award was decided, the actual as of its report."""
    actual = kind == MapKind.ACTUAL
    day = award.outcomes.order_by("pk")[0].reported_on if actual else award.decided_on
    at = datetime.combine(day, time(11), LONDON)
    who: dict[str, Any] = {"by": loaded.officer, "at": at}
    value_map = begin_value_map(
        award=award,
        kind=kind,
        valued_on=day,
        first_year_discounted=row["first_year_discounted"],
        asked=row["asked"],
        **who,
    )
    for line in row["line"]:
        add_line(
            value_map=value_map,
            name=line["name"],
            who=line["who"],
            quantity=Decimal(line[kind.value]),
            proxy=Proxy.objects.get(unit="WELLBY") if line["proxy"] == "WELLBY" else _proxy(line["proxy"]),
            outcome=award.outcomes.filter(measure=line.get("outcome")).first(),
            years=line["years"],
            reasons=line["reasons"],
            deadweight=Decimal(line["deadweight"]),
            displacement=Decimal(line["displacement"]),
            attribution=Decimal(line["attribution"]),
            drop_off=Decimal(line["drop_off"]),
            **who,
        )
    for given in row["input"]:
        hours = given.get("hours")
        add_input(
            value_map=value_map,
            what=given["what"],
            kind=InputKind.TIME if hours else given["kind"],
            pence=None if hours else parse_pounds(given["pounds"]),
            hours=Decimal(hours) if hours else None,
            proxy=Proxy.objects.filter(volunteer_time=True, since__lte=day).latest("since")
            if hours
            else None,
            **who,
        )
    if row.get("draft"):
        return
    publish_value_map(value_map=value_map, by=loaded.officer, at=at)


def _proxy(name: str) -> Proxy:
    return Proxy.objects.filter(name=name).latest("since")


def _on(outcome: Outcome) -> datetime:
    return datetime.combine(outcome.reported_on, time(12), LONDON)
