"""The cooking club of docs/rules/impact.md, written down with the verbs."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from budgets.actions import report_outcome
from budgets.impact import actions
from budgets.impact.enums import InputKind, MapKind
from budgets.impact.models import DiscountRate, Proxy, ValueLine, ValueMap
from budgets.models import Award, Outcome
from tests.factories import AwardFactory

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def proxy(**more: Any) -> Proxy:
    facts = {
        "name": "Cooking at home instead of buying meals",
        "unit": "person and year",
        "pence": 300_00,
        "prices_of": 2026,
        "since": date(2026, 1, 1),
        "source": "Example survey 2026",
        "licence": "OGL-UK-3.0",
        "url": "https://example.org/survey",
    }
    return Proxy.objects.create(**facts | more)


def green_book() -> None:
    for first_year, percent in ((1, "3.5"), (31, "3.0")):
        DiscountRate.objects.get_or_create(
            since=date(2003, 1, 1),
            first_year=first_year,
            defaults={
                "percent": Decimal(percent),
                "source": "The Green Book",
                "url": "https://example.org/green-book",
            },
        )


def begun(award: Award | None = None, kind: str = MapKind.ACTUAL, **more: Any) -> ValueMap:
    green_book()
    facts: dict[str, Any] = {
        "valued_on": date(2026, 9, 1),
        "first_year_discounted": True,
        "asked": "All 20 people who came, on paper, in June and in September.",
    }
    award = award or AwardFactory(paid_pence=1_000_00)
    return actions.begin_value_map(award=award, kind=kind, by=None, **facts | more)


def cooks(value_map: ValueMap, **more: Any) -> ValueLine:
    facts: dict[str, Any] = {
        "name": "People who cook at home",
        "who": "People who came",
        "quantity": Decimal(20),
        "deadweight": Decimal(25),
        "displacement": Decimal(10),
        "attribution": Decimal(30),
        "drop_off": Decimal(40),
        "years": 3,
        "reasons": "Asked before and after; a quarter would have learned it anyway.",
    }
    if "proxy" not in more:
        more["proxy"] = Proxy.objects.filter(prices_of=2026, pence=300_00).first() or proxy()
    return actions.add_line(value_map=value_map, by=None, **facts | more)


def cooking_club(
    award: Award | None = None, kind: str = MapKind.ACTUAL, *, published: bool = True
) -> ValueMap:
    """£1,000 of the award and £650 of others: a present value of £5,247.55, £3.18 for each pound."""
    value_map = begun(award, kind)
    cooks(value_map)
    actions.add_input(
        value_map=value_map, what="The parish hall", kind=InputKind.GOODS, pence=650_00, by=None
    )
    if published:
        value_map = actions.publish_value_map(value_map=value_map, by=None, at=NOON)
    return value_map


def claimed(award: Award | None = None, **more: Any) -> Outcome:
    """An outcome as a group reported it."""
    facts: dict[str, Any] = {
        "measure": "People who came",
        "forecast": 15,
        "actual": 20,
        "on": date(2026, 9, 1),
    }
    return report_outcome(award=award or AwardFactory(paid_pence=1_000_00), by=None, **facts | more)
