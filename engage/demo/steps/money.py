"""Budgets, awards and their results. Every pound moves through the verbs of `budgets.actions`, in order of date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from budgets.actions import (
    add_photo,
    allocate,
    commit_award,
    open_budget,
    pay_award,
    refund_award,
    register_organisation,
    release_award,
    report_outcome,
)
from budgets.models import Budget
from engage.demo.content import county, read
from engage.demo.loaded import Loaded
from engage.demo.pictures import alt_text
from engage.demo.plan import LONDON, OPENED, START, TODAY, YEARS, Grant, Movement, councillors, grants
from engage.demo.steps.grants import live_until, lives_of_grants
from engage.kit.progress import track

MOVES = {"pay": pay_award, "release": release_award, "refund": refund_award}


def load_budgets(loaded: Loaded) -> None:
    for year in track(YEARS, "Budgets"):
        pounds = county()["locality_budget"][str(year)]
        on = max(date(year, 4, 1), OPENED)
        for slug, row in councillors().items():
            budget = open_budget(
                year=year,
                place=loaded.places[row["division"]],
                councillor=loaded.councillors[slug],
                by=loaded.officer,
                at=_noon(on),
            )
            allocate(
                budget=budget,
                amount_pence=pounds * 100,
                on=on,
                note="Set by full council in February.",
                key=f"demo:{year}:{slug}",
                by=loaded.officer,
                at=_noon(on),
            )


def load_organisations(loaded: Loaded) -> None:
    for number, (slug, (name, kind, _division)) in enumerate(
        read("organisations")["organisations"].items(), 1
    ):
        loaded.organisations[slug] = register_organisation(
            name=name, kind=kind, identifier=f"ENGAGE-DEMO-{number:04d}", by=loaded.officer, at=START
        )


@dataclass(frozen=True)
class Event:
    """One thing that happens to one award; events of a day keep the order in which they were planned."""

    on: date
    grant: Grant
    movement: Movement | None = None
    number: int = 0


def load_awards(loaded: Loaded) -> None:
    slugs = {councillor.pk: slug for slug, councillor in loaded.councillors.items()}
    budgets = {
        (budget.year, slugs[budget.councillor_id or 0]): budget
        for budget in Budget.objects.select_related("place")
    }
    applied_for = lives_of_grants(loaded)
    for event in track(sorted(_events(), key=lambda event: event.on), "Awards"):
        live_until(applied_for, event.on)
        if event.movement is None:
            _commit(loaded, event.grant, budgets[event.grant.year, event.grant.councillor])
        else:
            _move(loaded, event)
    live_until(applied_for, TODAY)


def load_results(loaded: Loaded) -> None:
    for grant in track([grant for grant in grants() if grant.report], "Results"):
        report, award = grant.report, loaded.awards[grant.key]
        if report is None:
            continue
        for number, (measure, forecast, actual) in enumerate(report.outcomes):
            report_outcome(
                award=award,
                measure=measure,
                on=report.on,
                forecast=forecast,
                actual=actual,
                story=report.story if number == 0 else "",
                by=loaded.officer,
                at=_noon(report.on),
            )


def load_photos(loaded: Loaded) -> None:
    for grant in track([grant for grant in grants() if grant.picture], "Photos"):
        add_photo(
            award=loaded.awards[grant.key],
            image=loaded.images[grant.picture],
            alt=alt_text(grant.picture),
            caption=f"{loaded.organisations[grant.organisation].name}. Drawn for this demonstration.",
            by=loaded.officer,
            at=_noon(grant.report.on if grant.report else grant.decided_on),
        )


def _events() -> Iterator[Event]:
    for grant in grants():
        yield Event(grant.decided_on, grant)
        for number, movement in enumerate(grant.movements):
            yield Event(movement.on, grant, movement, number)


def _commit(loaded: Loaded, grant: Grant, budget: Budget) -> None:
    loaded.awards[grant.key] = commit_award(
        budget=budget,
        organisation=loaded.organisations[grant.organisation],
        title=grant.title,
        purpose=grant.purpose,
        amount_pence=grant.amount_pence,
        decided_on=grant.decided_on,
        theme=loaded.themes[grant.theme],
        idea=loaded.ideas[grant.idea] if grant.idea else None,
        decided_by=grant.decided_by,
        reason=grant.reason,
        key=f"demo:{grant.key}",
        by=loaded.officer,
        at=_noon(grant.decided_on),
    )


def _move(loaded: Loaded, event: Event) -> None:
    movement = event.movement
    if movement is None:
        return
    MOVES[movement.kind](
        award=loaded.awards[event.grant.key],
        amount_pence=movement.amount_pence,
        on=movement.on,
        note=movement.note,
        key=f"demo:{event.grant.key}:{event.number}",
        by=loaded.officer,
        at=_noon(movement.on),
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LONDON)
