"""Calls for ideas: announced, their dates moved, and paid for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from budgets.actions import feed_call
from budgets.models import Budget
from engage.demo.content import read
from engage.demo.loaded import Loaded
from engage.demo.plan import LONDON, Suggestion
from engage.demo.prose import page_blocks, rich_text
from ideas.actions import CallFacts, Question, save_call
from ideas.enums import Feeds, PhaseKind, QuestionKind
from ideas.models import Call, CallQuestion, Support
from ideas.permissions import call_allows
from ideas.rules.phases import Act, PhaseDates

QUESTION = ("label", "kind", "help_text", "required", "public")


def load_calls(loaded: Loaded) -> None:
    """Announced by an officer; where dates moved, as they were at first and then as they are."""
    for row in read("calls")["call"]:
        moved = row.get("moved", {})
        first_dates = row["phases"] | {kind: moved[kind] for kind in PhaseKind.values if kind in moved}
        announced = _start(row["announced_on"])
        call = save_call(facts=_facts(loaded, row, first_dates), by=loaded.officer, at=announced)
        Call.objects.filter(pk=call.pk).update(slug=row["slug"])
        if moved:
            now = datetime.combine(moved["on"], time(10, 20), LONDON)
            facts = _facts(loaded, row, row["phases"], known=call.questions.all())
            save_call(facts=facts, call=call, reason=moved["reason"], by=loaded.officer, at=now)


def load_money_for_calls(loaded: Loaded) -> None:
    for row in read("calls")["call"]:
        if row["feeds"] == Feeds.BUDGETS:
            call = Call.objects.get(slug=row["slug"])
            budgets = list(Budget.objects.filter(year=row["year"]))
            feed_call(call=call, budgets=budgets, by=loaded.officer, at=_start(row["announced_on"]))


def call_for(plan: Suggestion, calls: Iterable[Call]) -> Call | None:
    """The one that takes such ideas at that moment, one on few themes before one on all; none if it is for none."""
    if plan.own:
        return None
    taking = [
        call for call in calls if call_allows(call, Act.SUGGEST, at=plan.at) and _is_about(call, plan.theme)
    ]
    return min(taking, key=lambda call: not call.themes.all(), default=None)


def replies_for(plan: Suggestion, call: Call | None) -> dict[CallQuestion, Any]:
    """What its author answered to the questions that everybody can read."""
    rng = Random(f"replies {plan.title}")
    public = [each for each in call.questions.all() if each.public] if call else []
    return {
        question: rng.choice(question.offered())
        if question.kind == QuestionKind.ONE_OF
        else rng.choice([8, 12, 15, 20, 30, 40])
        for question in public
    }


def within_limits(supports: Iterable[Support]) -> Iterator[Support]:
    """Nobody supports more ideas of a call than it lets them, nor before it lets them."""
    used: Counter[tuple[int, int]] = Counter()
    begins: dict[int, datetime | None] = {}
    for support in supports:
        call = support.idea.call
        if call is None:
            yield support
            continue
        if call.pk not in begins:
            phase = call.phases.filter(kind=PhaseKind.SUPPORT).first()
            begins[call.pk] = phase.starts_at if phase else None
        used[call.pk, support.resident_id] += 1
        if call.supports_each is None or used[call.pk, support.resident_id] <= call.supports_each:
            support.given_at = max(filter(None, (support.given_at, begins[call.pk])))
            yield support


def _facts(
    loaded: Loaded,
    row: Mapping[str, Any],
    phases: Mapping[str, list[date]],
    known: Iterable[CallQuestion] = (),
) -> CallFacts:
    numbers = {question.label: question.pk for question in known}
    return CallFacts(
        title=row["title"],
        explanation=row["explanation"].strip(),
        announced_at=_start(row["announced_on"]),
        phases=[PhaseDates(kind, _start(first), _end(last)) for kind, (first, last) in phases.items()],
        places=[loaded.places[slug] for slug in row.get("places", [])],
        themes=[loaded.themes[slug] for slug in row.get("themes", [])],
        questions=[_question(each, numbers) for each in row.get("questions", [])],
        body=_body(row),
        ideas_each=row.get("ideas_each"),
        supports_each=row.get("supports_each"),
        feeds=row["feeds"],
        ballot_pot_pence=row["pot"] * 100 if "pot" in row else None,
    )


def _question(row: Mapping[str, Any], numbers: Mapping[str, int]) -> Question:
    said = {name: row[name] for name in QUESTION if name in row}
    return Question(**said, choices="\n".join(row.get("choices", [])), pk=numbers.get(row["label"]))


def _body(row: Mapping[str, Any]) -> list[tuple[str, Any]]:
    folds = [{"title": each["question"], "text": rich_text(each["answer"])} for each in row.get("faq", [])]
    asked = [("questions", {"title": "Questions people ask", "folds": folds})] if folds else []
    return [*page_blocks(row.get("body", "")), *asked]


def _is_about(call: Call, theme: str) -> bool:
    themes = [each.slug for each in call.themes.all()]
    return not themes or theme in themes


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _end(day: date) -> datetime:
    """Just after its last moment."""
    return _start(day + timedelta(days=1))
