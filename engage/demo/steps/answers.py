"""Who assesses ideas, what they found out and answered, and two ideas that were made one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from engage.accounts.actions import open_account
from engage.accounts.models import Account
from engage.demo.content import read
from engage.demo.loaded import Loaded
from engage.demo.plan import LONDON, START
from ideas.actions import (
    Findings,
    answer_idea,
    appeal_answer,
    assign_ideas,
    merge_ideas,
    recount,
    save_assessment,
    save_team,
    suggest_idea,
    support_idea,
    write_note,
)
from ideas.models import Idea, Support, Team


def load_answers(loaded: Loaded) -> None:
    """Through the verbs, each as if on its day. Nobody supports an idea after it was answered."""
    content = read("assessments")
    people = {"officer": loaded.officer} | {row["key"]: _officer(row) for row in content["officer"]}
    teams = {row["name"]: _team(row, people) for row in content["team"]}
    _join(loaded, content["joined"])
    for row in content["assessment"]:
        _assess(loaded.ideas[row["idea"]], row, people, teams)
    recount()
    fresh = Idea.objects.in_bulk([idea.pk for idea in loaded.ideas.values()])
    loaded.ideas = {title: fresh[idea.pk] for title, idea in loaded.ideas.items()}


def _officer(row: dict[str, Any]) -> Account:
    names = {name: row[name] for name in ("email", "first_name", "last_name")}
    return open_account(**names, roles=["officer"], at=START)


def _team(row: dict[str, Any], people: dict[str, Account]) -> Team:
    members = [people[key] for key in row["members"]]
    return save_team(name=row["name"], members=members, by=people["officer"], at=START)


def _assess(idea: Idea, row: dict[str, Any], people: dict[str, Account], teams: dict[str, Team]) -> None:
    at = max(_at(row["assigned_on"]), _last_change(idea) + timedelta(hours=1))
    assign_ideas(
        ideas=[idea],
        officer=people.get(row.get("who", "")),
        team=teams.get(row.get("team", "")),
        due_on=row.get("due_on"),
        by=people["officer"],
        at=at,
    )
    for hours, note in enumerate(row.get("notes", []), 2):
        write_note(idea=idea, text=note, by=people[row["who"]], at=at + timedelta(hours=hours))
    if "answered_on" in row:
        _answer(idea, row, people)
    elif "verdict" in row:
        words = {name: row[name] for name in ("verdict", "answer", "reason")}
        save_assessment(
            idea=idea, findings=_findings(row), by=people[row["who"]], at=at + timedelta(days=1), **words
        )
    if "appealed_on" in row:
        appealed = _at(row["appealed_on"], 19)
        appeal_answer(idea=idea, words=row["objection"], by=_login(idea), at=appealed)
    if again := row.get("again"):
        at = _at(again["answered_on"]) - timedelta(days=7)
        assign_ideas(ideas=[idea], officer=people[again["who"]], by=people["officer"], at=at)
        _answer(idea, again, people)


def _answer(idea: Idea, row: dict[str, Any], people: dict[str, Account]) -> None:
    at = _at(row["answered_on"], 11)
    words = {name: row[name].strip() for name in ("verdict", "answer", "reason")}
    answer_idea(idea=idea, findings=_findings(row), by=people[row["who"]], at=at, **words)
    Support.objects.filter(idea=idea, given_at__gt=at).delete()


def _join(loaded: Loaded, row: dict[str, Any]) -> None:
    kept, at = loaded.ideas[row["kept"]], _at(row["suggested_on"], 18)
    author = loaded.ideas[row["neighbour"]].author
    assert author is not None
    twin = suggest_idea(
        author=author, title=row["title"], description=row["text"], at=at, place=kept.place, theme=kept.theme
    )
    neighbours = Support.objects.filter(idea=loaded.ideas[row["supporters_of"]]).select_related("resident")
    for days, support in enumerate(neighbours.order_by("pk")[: row["supporters"]], 1):
        support_idea(idea=twin, resident=support.resident, at=at + timedelta(days=days))
    joined_at = _at(row["joined_on"], 14)
    merge_ideas(kept=kept, merged=twin, reason=row["reason"], by=loaded.officer, at=joined_at)
    loaded.ideas[twin.title] = twin


def _findings(row: dict[str, Any]) -> Findings:
    return Findings(row["low"] * 100, row["high"] * 100, row["feasibility"], row["policy_fit"])


def _last_change(idea: Idea) -> datetime:
    last = idea.status_changes.last()
    return last.changed_at if last else idea.suggested_at


def _login(idea: Idea) -> Account:
    """Most of the demo's residents have no login; to object takes one."""
    author = idea.author
    assert author is not None
    if author.account is None:
        author.account = open_account(
            email=f"resident-{author.pk}@demo.example", roles=["resident"], at=START
        )
        author.save(update_fields=["account"])
    return author.account


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour, 20), LONDON)
