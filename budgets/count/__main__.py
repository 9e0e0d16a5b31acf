"""Count a published file again: `python -m budgets.count FILE.pb`.

Without --rule it takes the rule that the file says it was counted by. The same file and rule give the same output on
any machine; --json prints the result byte for byte as it is published.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from fractions import Fraction

from budgets.count import (
    ENGINE,
    PRESETS,
    BadFile,
    Comparison,
    Count,
    Fate,
    Instance,
    Rule,
    UnknownRule,
    compare,
    count,
    document,
    input_hash,
    parse,
    read,
    reason,
    rule_of,
)
from budgets.count.shares import Shares

COUNTED, DIFFERENT, UNREADABLE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """0 when counted; 1 when --check finds other winners than the file marks; 2 when file or rule cannot be read."""
    asked = _parser().parse_args(arguments)
    try:
        with open(asked.file, "rb") as file:
            instance = read(file.read())
        if asked.compare is not None:
            sys.stdout.write(_side_by_side(compare(instance, _rules(asked.compare, instance)), instance))
            return COUNTED
        counted = count(instance, _rule(asked.rule, instance))
    except (OSError, BadFile, UnknownRule) as error:
        sys.stderr.write(f"{asked.file}: {getattr(error, 'strerror', None) or error}\n")
        return UNREADABLE
    sys.stdout.write(document(instance, counted).decode() if asked.json else _words(instance, counted))
    return _checked(instance, counted) if asked.check else COUNTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m budgets.count",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Exit codes: 0 counted; 1 the winners are not those the file marks (--check); 2 it cannot be read.",
    )
    parser.add_argument("file", metavar="FILE.pb", help="ballots in the Pabulib format")
    parser.add_argument(
        "--rule",
        help=f"{', '.join(PRESETS)}, or a whole line such as “{PRESETS['wieliczka-2023']}”",
    )
    parser.add_argument(
        "--json", action="store_true", help="the whole result, with every round and its fractions"
    )
    parser.add_argument(
        "--compare",
        nargs="*",
        metavar="RULE",
        help="what several rules would have funded; without names, all presets",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="say whether the winners are those that the file marks as selected",
    )
    return parser


def _rule(line: str | None, instance: Instance) -> Rule:
    if line:
        return parse(line)
    found = rule_of(instance)
    if found is None:
        raise UnknownRule(f"the file does not say its whole rule. Say one with --rule: {', '.join(PRESETS)}.")
    return found


def _rules(lines: Sequence[str], instance: Instance) -> list[Rule]:
    own = rule_of(instance)
    return ([own] if own and not lines else []) + [parse(line) for line in lines or PRESETS]


# --- words ------------------------------------------------------------------------------------------------


def _words(instance: Instance, counted: Count) -> str:
    names = _names(instance)
    left = instance.budget - counted.cost
    lines = [
        f"Rule      {counted.rule}",
        f"Ballots   {instance.voters:,}",
        f"Projects  {len(instance.projects)}",
        f"Money     {_money(instance.budget, instance)}",
        f"Input     {input_hash(instance)}",
        f"Engine    {_engine_in_words(instance)}",
        *_seed_in_words(instance),
        *_shares_in_words(instance, counted.shares),
        "",
        f"Funded: {len(counted.winners)} for {_money(counted.cost, instance)}; {_money(left, instance)} is left.",
        "",
    ]
    funded = [turn for turn in counted.turns if turn.fate == Fate.FUNDED]
    lost = [turn for turn in counted.turns if turn.fate != Fate.FUNDED]
    for heading, turns in (("", funded), ("Not funded", lost)):
        lines += [heading, ""] if heading and turns else []
        for place, turn in enumerate(turns, 1):
            why = reason(counted.rule, turn).said(money=lambda part: _money(part, instance), project=str)
            cost = _money(instance.cost[turn.project], instance)
            name = f"  {names[turn.project]}" if names[turn.project] else ""
            lines += [f"{place:>4}  {cost:>14}  {turn.project}{name}", f"{'':22}{why}"]
        lines.append("")
    lines += _ties_in_words(counted)
    return "\n".join(lines).rstrip("\n") + "\n"


def _engine_in_words(instance: Instance) -> str:
    told = instance.meta.get("engine", "")
    if told in {"", ENGINE}:
        return f"{ENGINE}, the one that the file was counted by" if told else ENGINE
    return f"{ENGINE}; the file was counted by {told}"


def _seed_in_words(instance: Instance) -> list[str]:
    """Only of a seed that was promised: with another one the file is not counted."""
    if not instance.meta.get("tie_seed_sha256"):
        return []
    value, source = instance.meta.get("tie_seed_value", ""), instance.meta.get("tie_seed_source", "")
    return ["Seed      the one whose hash was published before voting"] + [
        f"          with the public value “{value}” ({source})"
    ] * bool(value)


def _shares_in_words(instance: Instance, shares: Shares | None) -> list[str]:
    if shares is None or not instance.voters:
        return []
    first = Fraction(instance.budget, instance.voters)
    return [
        f"Share     {_money(first, instance)} for each voter, in the end {_money(shares.start, instance)}"
        f" (steps: {shares.steps}, {shares.stop.value})",
        f"          the same winners from {_money(shares.same_from, instance)} on",
    ]


def _ties_in_words(counted: Count) -> list[str]:
    decisive = [tie for tie in counted.ties if tie.decisive]
    if not decisive:
        return ["No tie decided what is funded."] if counted.ties else ["There was no tie."]
    return ["Ties that decided what is funded (the first won, and by what):"] + [
        f"      {', '.join(tie.projects)}: {tie.decided_by}" for tie in decisive
    ]


def _side_by_side(found: Comparison, instance: Instance) -> str:
    names = _names(instance)
    letters = [chr(ord("A") + number) for number in range(len(found.sides))]
    lines = [f"{letter}  {side.counted.rule}" for letter, side in zip(letters, found.sides, strict=True)]
    lines += ["", f"{'':24}" + "".join(f"{letter:>14}" for letter in letters)]
    for label, figures in (
        ("projects funded", [f"{len(side.counted.winners)}" for side in found.sides]),
        ("spent", [_money(side.counted.cost, instance) for side in found.sides]),
        ("left", [_money(side.left, instance) for side in found.sides]),
        ("voters with one funded", [f"{side.reached:,}" for side in found.sides]),
        ("funded for each voter", [f"{float(side.on_average):.2f}" for side in found.sides]),
    ):
        lines.append(f"{label:<24}" + "".join(f"{figure:>14}" for figure in figures))
    lines += ["", f"Funded by every rule: {len(found.agreed)}. Funded by some:", ""]
    funded = dict(found.rows)
    for id in found.disputed:
        marks = "".join(letter if yes else "·" for letter, yes in zip(letters, funded[id], strict=True))
        lines.append(f"  {marks}  {_money(instance.cost[id], instance):>14}  {id}  {names[id]}".rstrip())
    return "\n".join(lines) + "\n"


def _checked(instance: Instance, counted: Count) -> int:
    marked = frozenset(instance.selected)
    if marked == frozenset(counted.winners):
        sys.stderr.write("The file marks the same winners.\n")
        return COUNTED
    missing, more = sorted(marked - {*counted.winners}), sorted({*counted.winners} - marked)
    sys.stderr.write(
        f"The file marks other winners. In the file alone: {', '.join(missing) or 'none'}."
        f" In this count alone: {', '.join(more) or 'none'}.\n"
    )
    return DIFFERENT


def _names(instance: Instance) -> dict[str, str]:
    return {project.id: project.name for project in instance.projects}


def _money(part: Fraction | int, instance: Instance) -> str:
    value = Fraction(part, instance.unit)
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.2f}"


if __name__ == "__main__":
    raise SystemExit(main())
