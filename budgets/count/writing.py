"""Writing `.pb` files that the format's own checker finds no error in, and that read back the same.

The format knows few keys. What else decides (the whole line of the rule, its seed, alternatives that exclude each
other) or is worth telling goes into the comment, which everybody's programs keep: `#1: rule_line=mes(…)`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from budgets.count.instance import Instance, VoteType
from budgets.count.rule import Rule, UnknownRule, parse

# In the order in which the format lists them.
KEYS = [
    "description", "country", "unit", "district", "subunit", "instance", "num_projects", "num_votes", "budget",
    "vote_type", "rule", "date_begin", "date_end", "min_length", "max_length", "min_sum_cost", "max_sum_cost",
    "min_points", "max_points", "min_sum_points", "max_sum_points", "default_score", "min_project_cost",
    "max_project_cost", "min_project_score_threshold", "neighborhoods", "subdistricts", "categories", "edition",
    "language", "currency", "fully_funded", "experimental", "comment", "acknowledgments", "leftover_budget",
    "budget_per_category", "budget_per_neighborhood", "min_length_per_category", "max_length_per_category",
    "min_sum_cost_per_category", "max_sum_cost_per_category",
]  # fmt: skip
RULES = {
    "greedy", "greedy-no-skip", "greedy-threshold", "greedy-exclusive", "greedy-custom", "equalshares",
    "equalshares-comparison", "equalshares/add1", "equalshares/add1-comparison", "unknown",
}  # fmt: skip
SECTIONS = ("META", "PROJECTS", "VOTES")
POINTED = {VoteType.CUMULATIVE, VoteType.SCORING}
# Facts that are names with lists of projects, and what of a project they tell.
GROUPS = {"exclusive": "exclusive", "places": "place"}
REMARK = re.compile(r"#\d+:\s*")
# What no fact may hold, or it would look like remarks of its own.
MARK = re.compile(r"#+(?=\d+:)")
FACT = re.compile(r"([a-z][a-z0-9_]*)=(.*)", re.DOTALL)
DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def write(instance: Instance, *, selected: frozenset[str] | None = None) -> str:
    """The instance as a `.pb` file. Voters are numbered anew in the order of the merged ballots, which says nothing
    of when they voted. `selected` marks the winners. Of the instance's `meta`, `rule` may be a whole line.
    """
    _require_writable(instance)
    out = io.StringIO()
    sheet = csv.writer(out, delimiter=";", lineterminator="\n")
    out.write("META\n")
    sheet.writerows([("key", "value"), *_meta(instance).items()])
    out.write("PROJECTS\n")
    sheet.writerows(_projects(instance, selected))
    out.write("VOTES\n")
    sheet.writerows(_votes(instance))
    return out.getvalue()


def amount(number: int, unit: int) -> str:
    """Minor units in units of the currency: 15005 of which 10 make one are 1500.5."""
    whole, rest = divmod(number, unit)
    return str(whole) if not rest else f"{whole}.{rest:0{len(str(unit)) - 1}}".rstrip("0")


def facts_in(comment: str) -> tuple[list[str], dict[str, str]]:
    """The remarks of a comment without the facts that were put into it, and the facts."""
    remarks = [remark.strip() for remark in REMARK.split(comment) if remark.strip()]
    found = {remark: FACT.fullmatch(remark) for remark in remarks}
    facts = {fact[1]: fact[2] for fact in found.values() if fact}
    return [remark for remark in remarks if not found[remark]], facts


def numbered(remarks: Iterable[str]) -> str:
    return " ".join(f"#{number}: {remark}" for number, remark in enumerate(remarks, 1))


def is_writable(id: str) -> bool:
    """Whether a project's id can stand in every section of a file."""
    return bool(id) and not re.search(r'[,;"\n\r]|^\s|\s$', id) and id.upper() not in SECTIONS


def _require_writable(instance: Instance) -> None:
    for project in instance.projects:
        if not is_writable(project.id):
            raise ValueError(f"A project with the id {project.id!r} cannot be written.")


def _meta(instance: Instance) -> dict[str, str]:
    known = {key: _one_line(value) for key, value in instance.meta.items()}
    remarks, facts = facts_in(known.pop("comment", ""))
    line = known.pop("rule_line", "") or facts.pop("rule_line", "") or known.get("rule", "")
    rule = _parsed(line)
    if rule:
        facts["rule_line"] = line
        known.pop("min_project_score_threshold", None)
        known |= _rule_named(rule, instance)
    elif known.get("rule", "unknown") not in RULES:
        facts["rule_line"], known["rule"] = line, "unknown"
    facts |= {key.replace("#", ""): known.pop(key) for key in list(known) if key not in KEYS}
    facts |= {"minor_units": str(instance.unit)} if instance.unit > 1 else {}
    for fact, of in GROUPS.items():
        if groups := _grouped(instance, of):
            facts[fact] = json.dumps(groups, ensure_ascii=False, sort_keys=True).replace("#", r"\u0023")
    known |= {key: DATE.sub(r"\3.\2.\1", known[key]) for key in ("date_begin", "date_end") if key in known}
    known |= _counted(instance)
    if instance.vote_type == VoteType.CUMULATIVE and "max_sum_points" not in known:
        known["max_sum_points"] = str(max((sum(ballot.points) for ballot, _ in instance.ballots), default=1))
    comment = numbered([*remarks, *(f"{key}={MARK.sub('', value)}" for key, value in facts.items())])
    known |= {"comment": comment} if comment else {}
    return {key: known[key] for key in KEYS if known.get(key, "")}


def _one_line(words: str) -> str:
    return " ".join(str(words).split())


def _parsed(line: str) -> Rule | None:
    with suppress(UnknownRule):
        return parse(line) if "(" in line else None
    return None


def _rule_named(rule: Rule, instance: Instance) -> dict[str, str]:
    """The format's name for a rule, where it has one that says the same; it breaks ties in an order of its own."""
    if rule.kind == "mes":
        return {"rule": "unknown"}
    reading = "points" if instance.vote_type in POINTED else "votes"
    support = instance.support(reading).values()
    totals = [int(instance.weights[each.who] @ each.base) for each in support]
    if len(set(totals)) < len(totals) or rule.score != reading or (rule.threshold and reading == "points"):
        return {"rule": "greedy-custom"}
    if any(project.exclusive for project in instance.projects):
        return {"rule": "greedy-exclusive"}
    if rule.threshold:
        named = {"rule": "greedy-threshold", "min_project_score_threshold": str(rule.threshold)}
        return named if rule.skip else {"rule": "greedy-custom"}
    return {"rule": "greedy" if rule.skip else "greedy-no-skip"}


def _grouped(instance: Instance, of: str) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for project in instance.projects:
        if name := getattr(project, of):
            groups.setdefault(name, []).append(project.id)
    return groups


def _counted(instance: Instance) -> Mapping[str, str]:
    everything = sum(project.cost // instance.unit for project in instance.projects)
    found = {
        "num_projects": str(len(instance.projects)),
        "num_votes": str(instance.voters),
        "budget": amount(instance.budget, instance.unit),
        "vote_type": instance.vote_type.value,
    }
    # More than there are is no other limit, and the format takes none that is higher.
    if instance.meta.get("max_length", "").isdecimal():
        found["max_length"] = str(min(int(instance.meta["max_length"]), len(instance.projects)))
    return found | ({"fully_funded": "1"} if everything <= instance.budget // instance.unit else {})


def _projects(instance: Instance, selected: frozenset[str] | None) -> Iterable[list[Any]]:
    pointed = instance.vote_type in POINTED
    marked = selected is not None
    yield ["project_id", "cost", "votes"] + ["score"] * pointed + ["name"] + ["selected"] * marked
    points = instance.support("points") if pointed else {}
    for project in instance.projects:
        row: list[Any] = [project.id, amount(project.cost, instance.unit), instance.votes[project.id]]
        if pointed:
            each = points[project.id]
            row.append(int(instance.weights[each.who] @ each.base))
        row.append(_one_line(project.name) or project.id)
        yield row + [int(project.id in (selected or ()))] * marked


def _votes(instance: Instance) -> Iterable[list[Any]]:
    pointed = instance.vote_type in POINTED
    yield ["voter_id", "vote"] + ["points"] * pointed
    voter = 0
    for ballot, weight in instance.ballots:
        row = [",".join(ballot.choices)] + [",".join(map(str, ballot.points))] * pointed
        for _ in range(weight):
            voter += 1
            yield [voter, *row]
