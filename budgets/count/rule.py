"""A rule with everything that decides it, by name: `mes(utility=cost, step=1, exhaustive_stop=no, ties=[cost asc])`.

Two settings alone, the exhaustive stop and the order of ties, change the winners of real elections; so a rule is never
"equal shares" but always the whole line. Presets are short names for such lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from budgets.count.instance import Instance

PRESETS = {
    "pabutools-default": "mes(utility=cost, step=1, exhaustive_stop=yes, completion=none, ties=[id])",
    "wieliczka-2023": "mes(utility=cost, step=1, exhaustive_stop=no, completion=none, ties=[id])",
    "equal-shares": "mes(utility=cost, step=1, exhaustive_stop=no, completion=votes, ties=[cost asc, votes desc])",
    "greedy": "greedy(score=votes, skip=yes, ties=[id])",
    "greedy-no-skip": "greedy(score=votes, skip=no, ties=[id])",
    "greedy-value": "greedy(score=votes/cost, skip=yes, ties=[id])",
}


class UnknownRule(ValueError):
    """The name of a rule that cannot be read, with the reason."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`kind` is "mes" or "greedy"; `ties` are read from left to right, and `id` always comes last.

    `utility` (mes) or `score` (greedy) says how ballots are read; `step` raises every share (None: never), in whole
    units of the currency; `completion` spends what is left by votes; `threshold` is the fewest votes a project needs.
    `seed` is what the lot is drawn by, said as `lot:SEED`; `lot` is an order of projects drawn in another way. Tied
    projects earlier in it win.
    """

    kind: str
    utility: str = "cost"
    score: str = "votes"
    step: int | None = None
    exhaustive_stop: bool = False
    completion: str = "none"
    skip: bool = True
    threshold: int = 0
    ties: tuple[str, ...] = ("id",)
    lot: tuple[str, ...] = ()
    seed: str = ""

    def __str__(self) -> str:
        said = (f"lot:{self.seed}" if tie == "lot" and self.seed else tie for tie in self.ties)
        ties = f"ties=[{', '.join(said)}]"
        threshold = f"threshold=votes>={self.threshold}"
        if self.kind == "greedy":
            return f"greedy(score={self.score}, skip={_yes(self.skip)}, {ties}, {threshold})"
        step = "none" if self.step is None else str(self.step)
        return (
            f"mes(utility={self.utility}, start=B/n, step={step}, stop=before-overspend,"
            f" exhaustive_stop={_yes(self.exhaustive_stop)}, completion={self.completion}, {ties}, {threshold})"
        )


def sealed(rule: Rule, seed: str) -> Rule:
    """The rule with the seed of its lot, so that its line says everything that decides. The seed is in hexadecimal.

    A rule that draws no lot stays what it is.
    """
    if not SEED.fullmatch(seed):
        raise UnknownRule(f"“{seed}” is not a seed: it must be whole bytes in hexadecimal.")
    return replace(rule, seed=seed) if "lot" in rule.ties else rule


def rule_of(instance: Instance) -> Rule | None:
    """The rule that a file says it was counted by, sealed with the seed that it tells; None when it tells no rule."""
    line, seed = instance.meta.get("rule_line", ""), instance.meta.get("tie_seed", "")
    if not line:
        return None
    rule = parse(line)
    _require_promised(instance.meta, rule)
    if seed and "lot" in rule.ties and not rule.seed:
        return replace(rule, lot=drawn(seed, instance.cost))
    return rule


def mixed(sealed: str, value: str) -> str:
    """The seed of the lot: the sealed one or, with a public value, the SHA-256 of its bytes and the value in UTF-8."""
    return sha256(bytes.fromhex(sealed) + value.encode()).hexdigest() if value else sealed


def _require_promised(meta: Mapping[str, str], rule: Rule) -> None:
    """Where a file tells the hash that was published before voting, its seed must be the one that was sealed then, and
    its rule may draw by no other.
    """
    promised, seed, value = (meta.get(f"tie_seed{part}", "") for part in ("_sha256", "", "_value"))
    if not promised:
        return
    sealed = meta.get("tie_seed_sealed", "") if value else seed
    if not SEED.fullmatch(sealed) or sha256(bytes.fromhex(sealed)).hexdigest() != promised:
        raise UnknownRule("The seed of ties is not the one whose hash was published before voting.")
    if mixed(sealed, value) != seed:
        raise UnknownRule("The seed of ties is not made of the sealed seed and the public value.")
    if rule.seed not in {"", seed}:
        raise UnknownRule("The rule draws its lot by another seed than the one that was promised.")


def drawn(seed: str, projects: Iterable[str]) -> tuple[str, ...]:
    """The order drawn by a seed: projects by the SHA-256 of the seed's bytes followed by their id. The first wins."""
    start = bytes.fromhex(seed)
    return tuple(sorted(projects, key=lambda id: sha256(start + id.encode()).digest()))


def _yes(value: bool) -> str:
    return "yes" if value else "no"


UTILITIES = {
    # name → (how a ballot is read, whether utility is that times the project's cost)
    "cost": ("votes", True),
    "votes": ("votes", False),
    "points": ("points", False),
    "points*cost": ("points", True),
    "borda": ("borda", False),
    "position": ("position", False),
}
SCORES = {
    f"{name}{per}": (name, bool(per))
    for name in ("votes", "points", "borda", "position")
    for per in ("", "/cost")
}
COMPLETIONS = ("none", "votes", "points")
TIES = {"cost asc", "cost desc", "votes asc", "votes desc", "lot", "id"}
SEED = re.compile(r"([0-9a-f]{2})+")
SETTING = re.compile(r"\s*([a-z_]+)\s*=\s*(\[[^\]]*\]|[^,\[\]]+)\s*(?:,|$)")


def parse(text: str) -> Rule:
    """The rule a line or a preset names. Raises UnknownRule with the reason."""
    line = PRESETS.get(text.strip(), text.strip())
    found = re.fullmatch(r"(mes|greedy)\((.*)\)", line)
    if not found:
        raise UnknownRule(f"“{text}” is not a rule. Known are {', '.join(PRESETS)}, mes(…) and greedy(…).")
    rule = Rule(kind=found[1])
    end = 0
    for setting in SETTING.finditer(found[2]):
        if setting.start() != end:
            break
        rule, end = _set(rule, setting[1], setting[2].strip()), setting.end()
    if end != len(found[2]):
        raise UnknownRule(f"“{found[2][end:]}” is not a setting.")
    return rule


def _set(rule: Rule, name: str, value: str) -> Rule:
    """The rule with one setting read from its words."""
    reader = SETTINGS.get(name)
    found = reader(value) if reader else None
    if found is None:
        raise UnknownRule(f"{name}={value} is not a setting.")
    return replace(rule, **found)


def _one_of(field: str, known: Iterable[str]) -> Callable[[str], dict[str, Any] | None]:
    return lambda value: {field: value} if value in known else None


def _switch(field: str) -> Callable[[str], dict[str, Any] | None]:
    return lambda value: {field: value == "yes"} if value in {"yes", "no"} else None


def _steps(value: str) -> dict[str, Any] | None:
    if value == "none":
        return {"step": None}
    return {"step": int(value)} if value.isdecimal() and int(value) > 0 else None


def _threshold(value: str) -> dict[str, Any] | None:
    found = re.fullmatch(r"votes>=(\d+)", value)
    return {"threshold": int(found[1])} if found else None


def _ties(value: str) -> dict[str, Any] | None:
    ties = [tie.strip() for tie in value.strip("[]").split(",") if tie.strip()]
    seeds = [tie.removeprefix("lot:") for tie in ties if tie.startswith("lot:")]
    ties = ["lot" if tie.startswith("lot:") else tie for tie in ties]
    if not value.startswith("[") or not set(ties) <= TIES or len(set(ties)) < len(ties):
        return None
    if not all(SEED.fullmatch(seed) for seed in seeds):
        return None
    return {"ties": (*(tie for tie in ties if tie != "id"), "id"), "seed": "".join(seeds)}


SETTINGS: dict[str, Callable[[str], dict[str, Any] | None]] = {
    "utility": _one_of("utility", UTILITIES),
    "score": _one_of("score", SCORES),
    "step": _steps,
    "exhaustive_stop": _switch("exhaustive_stop"),
    "skip": _switch("skip"),
    "completion": _one_of("completion", COMPLETIONS),
    "threshold": _threshold,
    "ties": _ties,
    # Said so that the line is whole; there is no other choice.
    "start": lambda value: {} if value == "B/n" else None,
    "stop": lambda value: {} if value == "before-overspend" else None,
}
