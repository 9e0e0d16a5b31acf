"""Files of proxies and of discount rates: all of a file or nothing, and twice changes nothing."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from budgets.impact.actions import add_proxies, add_rates
from budgets.impact.rules.files import FROM_YEAR, read_proxies, read_rates
from engage.accounts.models import Account
from engage.kit.tables import Tally, read_text

SHIPPED = Path(__file__).parent / "data"


def import_values(text: str, *, today: date, by: Account | None, at: datetime | None = None) -> Tally:
    """Proxies, or discount rates when the file has a column “From year”. Raises BadFile with numbered lines."""
    heading = text.partition("\n")[0].casefold()
    if FROM_YEAR.casefold() in heading:
        return add_rates(rates=read_rates(text), by=by, at=at)
    return add_proxies(proxies=read_proxies(text, today=today), by=by, at=at)


def add_shipped() -> None:
    """What comes with the product, each with its source. A council adds its own to it."""
    for name in ("rates.csv", "proxies.csv"):
        import_values(read_text(SHIPPED / name), today=timezone.localdate(), by=None)
