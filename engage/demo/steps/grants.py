"""Grants: the council's schemes, and what became of applications under them."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date, datetime, time
from heapq import heappop, heappush
from typing import Any

from budgets.grants import actions, queries
from budgets.grants.actions import ReportWords, SchemeFacts, Seen, publish_scheme, save_scheme
from budgets.grants.models import Application, Report
from budgets.models import Award
from engage.councillors.actions import save_pre_election
from engage.demo.content import county, read
from engage.demo.loaded import Loaded
from engage.demo.plan import LONDON, OPENED, TODAY
from engage.demo.steps.applications import at_ten, lead_of, life_of

NEVER = [
    "Party politics, or worship",
    "What the council has a duty to pay for",
    "What was bought or done before the decision",
    "Wages of people who work for the group already",
    "One person’s gain",
]


def load_schemes(loaded: Loaded) -> None:
    """One a year, published when the year began; and the county elections to come."""
    for row in read("schemes")["scheme"]:
        year = row["year"]
        at = datetime.combine(max(date(year, 3, 1), OPENED), time(12), LONDON)
        facts = SchemeFacts(
            year=year,
            title="Locality grants",
            summary=row["summary"],
            allocation_pence=county()["locality_budget"][str(year)] * 100,
            grant_min_pence=row["grant_min"] * 100,
            grant_max_pence=row["grant_max"] * 100,
            officer_above_pence=row["officer_above"] * 100 if "officer_above" in row else None,
            opens_on=date(year, 4, 1),
            closes_on=date(year, 12, 31),
            decide_by=date(year + 1, 2, 28),
            spend_by=date(year + 2, 3, 31),
            carry_over_percent=row["carry_over_percent"],
            joint_grants=row["joint_grants"],
            monitoring_months=row["monitoring_months"],
            prohibited=NEVER if year > 2024 else NEVER[:-1],
            documents={kind: pounds * 100 for kind, pounds in row["documents"].items()},
            fences={kind: pounds * 100 for kind, pounds in row.get("fences", {}).items()},
        )
        scheme = save_scheme(facts=facts, by=loaded.officer, at=at)
        loaded.schemes[year] = publish_scheme(scheme=scheme, by=loaded.officer, at=at)
    save_pre_election(
        by=loaded.officer,
        name="Town and parish elections",
        starts_on=date(2027, 3, 22),
        ends_on=date(2027, 5, 6),
        at=datetime.combine(date(2026, 11, 2), time(10), LONDON),
    )


type Life = Generator[date]


def lives_of_grants(loaded: Loaded) -> list[tuple[date, int, Life]]:
    """Every application, each at its first day; `live_until` takes them on."""
    waiting: list[tuple[date, int, Life]] = []
    rows = [*read("reported")["application"], *read("applications")["application"]]
    for number, row in enumerate(rows):
        life = _life(loaded, row)
        heappush(waiting, (next(life), number, life))
    return waiting


def live_until(waiting: list[tuple[date, int, Life]], day: date) -> None:
    """Everything up to that day, in the order of its days: a journal is written in the order of its dates."""
    while waiting and waiting[0][0] <= day:
        _day, number, life = heappop(waiting)
        if (then := next(life, None)) is not None:
            heappush(waiting, (then, number, life))


def load_reminders(loaded: Loaded) -> None:
    for report in queries.reports_to_chase(on=TODAY):
        actions.remind(report=report, on=TODAY, at=at_ten(TODAY))


def _life(loaded: Loaded, row: dict[str, Any]) -> Life:
    application = yield from life_of(loaded, row)
    if "paid" not in row:
        return
    yield row["paid"]
    _pay(application, loaded, row["paid"])
    actions.schedule_reports(application=application, at=at_ten(row["paid"]))
    for said, report in zip(row.get("reports", []), application.reports.order_by("due_on"), strict=False):
        yield said["sent"]
        _report(application, report, said)
        if "accepted" in said:
            yield said["accepted"]
            actions.accept_report(report=report, by=loaded.officer, at=at_ten(said["accepted"]))


def _pay(application: Application, loaded: Loaded, day: date) -> None:
    """By three people."""
    at = at_ten(day)
    awards = list(Award.objects.filter(ask__application=application))
    run = actions.make_run(awards=awards, by=loaded.officer, at=at)
    seen = Seen(len(awards), run.total_pence)
    actions.approve_run(run=run, seen=seen, by=loaded.accounts["approver"], at=at)
    payer = loaded.accounts["payer"]
    actions.export_run(run=run, by=payer, at=at)
    actions.pay_run(run=run, on=day, bank_reference=f"BACS {day:%d%m%y}", by=payer, at=at)


def _report(application: Application, report: Report, row: dict[str, Any]) -> None:
    at, expected = at_ten(row["sent"]), application.expected.order_by("id")
    words = ReportWords(
        used_pence=row["used"] * 100,
        story=row["story"],
        actual={each.pk: number for each, number in zip(expected, row["actual"], strict=True)},
    )
    actions.send_report(report=report, words=words, by=lead_of(application.organisation), at=at)
