"""The result as a document that anybody can compare: the same input and rule give the same bytes anywhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from budgets.count.counting import Count, Tie
from budgets.count.greedy import Fate, Turn
from budgets.count.groups import Place, by_place
from budgets.count.instance import Instance
from budgets.count.reasons import reason
from budgets.count.rule import Rule
from budgets.count.shares import Round, Shares
from budgets.count.writing import amount

ENGINE = "4"  # grows with every change that could change a result, or how it is written

# What a file tells of the seed of its lot, and whether it is the promised one.
SEEDS = ("tie_seed", "tie_seed_sealed", "tie_seed_sha256", "tie_seed_value", "tie_seed_source")


def document(instance: Instance, counted: Count) -> bytes:
    """JSON with sorted keys: the rule, hashes, winners, every project's turn, and every round of equal shares.

    Amounts are in minor units, of which `unit` make one of the currency; fractions are written "3/7".
    """
    body: dict[str, Any] = {
        "engine": ENGINE,
        "rule": str(counted.rule),
        "input_sha256": input_hash(instance),
        "unit": instance.unit,
        "budget": instance.budget,
        "voters": instance.voters,
        "winners": list(counted.winners),
        "cost": counted.cost,
        "left": instance.budget - counted.cost,
        "turns": [_turn(instance, counted.rule, turn) for turn in counted.turns],
        "ties": [_tie(tie) for tie in counted.ties],
    }
    if counted.rule.lot:
        body["lot"] = list(counted.rule.lot)
    if seed := {key: instance.meta[key] for key in SEEDS if key in instance.meta}:
        body["seed"] = seed
    if counted.shares:
        body["shares"] = _shares(counted, counted.shares)
    if places := by_place(instance, counted):
        body["places"] = [_place(place) for place in places]
    body["output_sha256"] = hashlib.sha256(_bytes(body)).hexdigest()
    return (json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def input_hash(instance: Instance) -> str:
    """Of what decides alone: the money, projects with costs and alternatives, and the ballots; no names, no order."""
    projects = sorted(
        (each.id, amount(each.cost, instance.unit), _alternatives(instance, each.exclusive))
        for each in instance.projects
    )
    ballots = [(ballot.choices, ballot.points, weight) for ballot, weight in instance.ballots]
    kind = instance.vote_type.value
    return hashlib.sha256(
        _bytes([kind, amount(instance.budget, instance.unit), projects, ballots])
    ).hexdigest()


def _alternatives(instance: Instance, group: str) -> list[str]:
    return sorted(each.id for each in instance.projects if group and each.exclusive == group)


def _bytes(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def turns_in(result: Mapping[str, Any]) -> list[Turn]:
    """The turns that a document holds."""
    return [
        Turn(
            found["project"],
            Fraction(found["score"]),
            Fate(found["fate"]),
            found["left_before"],
            tuple(found.get("tied_with", ())),
            found.get("beaten_by", ""),
            found.get("decided_by", ""),
            Fraction(found.get("short", 0)),
            Fraction(found["price"]) if "price" in found else None,
            found.get("payers", 0),
            found.get("emptied", 0),
            Fraction(found.get("lacking", 0)),
            found.get("from_what_was_left", False),
        )
        for found in result["turns"]
    ]


def _turn(instance: Instance, rule: Rule, turn: Turn) -> dict[str, Any]:
    why = reason(rule, turn).said(money=lambda part: _money(part, instance.unit), project=str)
    found: dict[str, Any] = {
        "project": turn.project,
        "fate": turn.fate.value,
        "score": str(turn.score),
        "left_before": turn.left,
        "why": why,
    }
    if turn.price is not None:
        found |= {"price": str(turn.price), "payers": turn.payers, "emptied": turn.emptied}
    for name, much in (("short", turn.short), ("lacking", turn.lacking)):
        found |= {name: str(much)} if much else {}
    if turn.tied:
        found["tied_with"] = list(turn.tied)
    if turn.beaten_by:
        found["beaten_by"] = turn.beaten_by
    if turn.decided_by:
        found["decided_by"] = turn.decided_by
    if turn.leftover:
        found["from_what_was_left"] = True
    return found


def _place(place: Place) -> dict[str, Any]:
    payers = place.payers
    return {
        "place": place.name,
        "projects": list(place.projects),
        "got": place.got,
        "from_what_was_left": place.leftover,
        "chose_there": payers
        and {
            "ballots": payers.ballots,
            "shares": str(payers.shares),
            "paid_there": str(payers.here),
            "paid_elsewhere": str(payers.elsewhere),
            "kept": str(payers.kept),
        },
    }


def _tie(tie: Tie) -> dict[str, Any]:
    found: dict[str, Any] = {
        "projects": list(tie.projects),
        "decided_by": tie.decided_by,
        "decisive": tie.decisive,
    }
    return found if tie.round is None else {**found, "round": tie.round}


def _shares(counted: Count, shares: Shares) -> dict[str, Any]:
    found = {
        "start": str(shares.start),
        "steps": shares.steps,
        "stop": shares.stop.value,
        "same_winners": {
            "from": str(shares.same_from),
            "to": str(shares.start),
            "steps": shares.level_steps + 1,
        },
        "winners": list(shares.winners),
        "leftover_steps": len(counted.winners) - len(shares.winners),
        "rounds": [_round(each) for each in shares.rounds],
    }
    if shares.next_cost is not None:
        found["next_step_would_cost"] = shares.next_cost
    return found


def _round(each: Round) -> dict[str, Any]:
    found: dict[str, Any] = {
        "project": each.project,
        "price": str(each.price),
        "per_utility": str(each.per_utility),
        "payers": each.payers,
        "emptied": each.emptied,
    }
    if each.tied:
        found["tied_with"] = list(each.tied)
    if each.runner_up is not None and each.runner_up_per_utility is not None:
        found["runner_up"] = each.runner_up
        found["margin"] = str(each.runner_up_per_utility - each.per_utility)
    return found


def _money(part: Fraction, unit: int) -> str:
    """To the minor unit, in units of the currency."""
    return amount(round(part), unit)
