"""What things are worth, and what later years are worth today: whole files, or nothing of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from budgets.impact import events
from budgets.impact.models import DiscountRate, Proxy
from budgets.impact.rules.files import ProxyFacts, RateFacts
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.tables import Problems, Tally


@transaction.atomic
def add_proxies(*, proxies: Sequence[ProxyFacts], by: Account | None, at: datetime | None = None) -> Tally:
    """Add those that are new. What is there already stays as it is, because maps were worked out with it.

    Raises BadFile, and adds nothing, when a line says of a known name and day something else than is there.
    """
    added, tally = _add(Proxy, ("name", "since"), proxies)
    if added:
        record(events.PROXIES_ADDED, subject=added[0], actor=by, at=at, proxies=[each.pk for each in added])
    return tally


@transaction.atomic
def add_rates(*, rates: Sequence[RateFacts], by: Account | None, at: datetime | None = None) -> Tally:
    """Add those that are new; as with proxies, nothing that is there is changed."""
    added, tally = _add(DiscountRate, ("since", "first_year"), rates)
    if added:
        record(
            events.DISCOUNT_RATES_ADDED, subject=added[0], actor=by, at=at, rates=[each.pk for each in added]
        )
    return tally


def _add(
    model: type[Proxy] | type[DiscountRate], key: tuple[str, str], rows: Sequence[ProxyFacts | RateFacts]
) -> tuple[list[Any], Tally]:
    known = {tuple(getattr(each, name) for name in key): each for each in model._default_manager.all()}
    problems, tally, added = Problems(), Tally(), []
    for row in rows:
        facts = asdict(row)
        line = facts.pop("line")
        there = known.get(tuple(facts[name] for name in key))
        name = ", ".join(str(facts[each]) for each in key)
        if there is None:
            added.append(model(**facts))
            tally.count("added", name)
        elif any(getattr(there, column) != value for column, value in facts.items()):
            problems.add(
                _("Line %(line)s") % {"line": line},
                _(
                    "“%(name)s” is here already with other figures, and value maps may use them. Give the newer"
                    " figures a newer day in “In force from”."
                )
                % {"name": name},
            )
        else:
            tally.count("unchanged", name)
    problems.stop_if_any()
    return model._default_manager.bulk_create(added), tally  # type: ignore[arg-type]
