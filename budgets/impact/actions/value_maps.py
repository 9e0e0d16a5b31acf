"""Writing a value map, line by line, and publishing it when it is whole."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from budgets.actions.common import not_before_an_election
from budgets.impact import events
from budgets.impact.actions.common import REFUSALS
from budgets.impact.models import Proxy, ValueInput, ValueLine, ValueMap
from budgets.impact.permissions import takes_changes
from budgets.impact.queries import as_rule, line_as_rule, value_map_for_rule
from budgets.impact.rules.sroi import may_value, may_work_out
from budgets.models import Award, Outcome
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import writing


def begin_value_map(
    *,
    award: Award,
    kind: str,
    valued_on: date,
    first_year_discounted: bool,
    asked: str,
    by: Account | None,
    at: datetime | None = None,
) -> ValueMap:
    """An empty map that only staff can see. Refused (409) when the award has one of this kind."""
    with writing(REFUSALS):
        value_map = ValueMap.objects.create(
            award=award,
            kind=kind,
            valued_on=valued_on,
            first_year_discounted=first_year_discounted,
            asked=asked.strip(),
        )
        record(events.VALUE_MAP_BEGUN, subject=award, actor=by, at=at, value_map=value_map.pk, kind=kind)
    return value_map


def change_value_map(
    *,
    value_map: ValueMap,
    valued_on: date,
    first_year_discounted: bool,
    asked: str,
    by: Account | None,
    at: datetime | None = None,
) -> ValueMap:
    with writing(REFUSALS):
        held = _held(value_map)
        held.valued_on, held.first_year_discounted, held.asked = (
            valued_on,
            first_year_discounted,
            asked.strip(),
        )
        held.save(update_fields=["valued_on", "first_year_discounted", "asked"])
        _changed(held, by, at, what="map")
    return held


# --- its lines -------------------------------------------------------------------------------------------


def add_line(
    *,
    value_map: ValueMap,
    name: str,
    who: str,
    quantity: Decimal | None,
    proxy: Proxy,
    deadweight: Decimal | None,
    displacement: Decimal | None,
    attribution: Decimal | None,
    drop_off: Decimal | None,
    years: int | None,
    reasons: str,
    outcome: Outcome | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> ValueLine:
    """Refused (422) with the names of all that is missing: there is no default, and nought must be said."""
    facts: dict[str, Any] = {
        "name": name,
        "who": who,
        "quantity": quantity,
        "proxy": proxy,
        "deadweight": deadweight,
        "displacement": displacement,
        "attribution": attribution,
        "drop_off": drop_off,
        "years": years,
        "reasons": reasons.strip(),
        "outcome": outcome,
    }
    line = ValueLine(value_map=value_map, **facts)
    return _written(line, by, at, what="line_added")


def change_line(
    *, line: ValueLine, by: Account | None, at: datetime | None = None, **facts: Any
) -> ValueLine:
    """`facts` are those of `add_line`; what is not given stays."""
    for name, value in facts.items():
        setattr(line, name, value)
    return _written(line, by, at, what="line_changed")


def _written(line: ValueLine, by: Account | None, at: datetime | None, *, what: str) -> ValueLine:
    require(may_value(line_as_rule(line)))
    with writing(REFUSALS):
        held = _held(line.value_map)
        if line.outcome is not None and line.outcome.award_id != held.award_id:
            raise Refused(
                Denied(
                    _("This outcome was reported for another award. Choose one of this award."),
                    status=422,
                    field="outcome",
                )
            )
        line.save()
        _changed(held, by, at, what=what, line=line.pk)
    return line


def remove_line(*, line: ValueLine, by: Account | None, at: datetime | None = None) -> None:
    with writing(REFUSALS):
        held = _held(line.value_map)
        _changed(held, by, at, what="line_removed", line=line.pk, name=line.name)
        line.delete()


# --- what was put in -------------------------------------------------------------------------------------


def add_input(
    *,
    value_map: ValueMap,
    what: str,
    kind: str,
    pence: int | None = None,
    hours: Decimal | None = None,
    proxy: Proxy | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> ValueInput:
    given = ValueInput(value_map=value_map, what=what, kind=kind, pence=pence, hours=hours, proxy=proxy)
    return _put_in(given, by, at, what="input_added")


def change_input(
    *, given: ValueInput, by: Account | None, at: datetime | None = None, **facts: Any
) -> ValueInput:
    """`facts` are those of `add_input`; what is not given stays."""
    for name, value in facts.items():
        setattr(given, name, value)
    return _put_in(given, by, at, what="input_changed")


def _put_in(given: ValueInput, by: Account | None, at: datetime | None, *, what: str) -> ValueInput:
    if given.proxy is not None and not given.proxy.volunteer_time:
        raise Refused(
            Denied(_("Choose the value of an hour of a volunteer’s time."), status=422, field="proxy")
        )
    with writing(REFUSALS):
        held = _held(given.value_map)
        given.save()
        _changed(held, by, at, what=what, input=given.pk)
    return given


def remove_input(*, given: ValueInput, by: Account | None, at: datetime | None = None) -> None:
    with writing(REFUSALS):
        held = _held(given.value_map)
        _changed(held, by, at, what="input_removed", input=given.pk, name=given.what)
        given.delete()


# --- publishing ------------------------------------------------------------------------------------------


def publish_value_map(*, value_map: ValueMap, by: Account | None, at: datetime) -> ValueMap:
    """For everybody to read, whatever the ratio is. Refused (422) while anything is missing.

    Refused (409) to staff before an election.
    """
    not_before_an_election(by, at)
    with writing(REFUSALS):
        held = _held(value_map)
        require(may_work_out(as_rule(value_map_for_rule(held))))
        held.published_at = at
        held.save(update_fields=["published_at"])
        _changed(held, by, at, event=events.VALUE_MAP_PUBLISHED, kind=held.kind)
    return held


def take_back_value_map(
    *, value_map: ValueMap, reason: str, by: Account | None, at: datetime | None = None
) -> ValueMap:
    """Off the public pages, to be changed. The record keeps the reason."""
    if not reason.strip():
        raise Refused(Denied(_("Say why it is taken back: the record keeps it."), status=422, field="reason"))
    with writing(REFUSALS):
        held = ValueMap.objects.select_for_update(of=("self",)).select_related("award").get(pk=value_map.pk)
        if held.published_at is None:
            raise Refused(
                Denied(_("This value map is not published, so you can change it at once."), status=409)
            )
        held.published_at = None
        held.save(update_fields=["published_at"])
        _changed(held, by, at, event=events.VALUE_MAP_TAKEN_BACK, kind=held.kind, reason=reason.strip())
    return held


def _held(value_map: ValueMap) -> ValueMap:
    """Locked, and open to changes."""
    held = ValueMap.objects.select_for_update(of=("self",)).select_related("award").get(pk=value_map.pk)
    require(takes_changes(held))
    return held


def _changed(
    held: ValueMap,
    by: Account | None,
    at: datetime | None,
    *,
    event: str = events.VALUE_MAP_CHANGED,
    **data: Any,
) -> None:
    held.version += 1
    held.save(update_fields=["version"])
    record(event, subject=held.award, actor=by, at=at, value_map=held.pk, **data)
