"""The worked count of docs/rules/count.md, read from the page."""

import re
from fractions import Fraction

import pytest

from budgets.count import Ballot, Count, Instance, Project, count, parse, reason
from engage.local.folders import ROOT

PAGE = (ROOT / "docs" / "rules" / "count.md").read_text(encoding="utf-8")


def table_after(words: str) -> list[list[str]]:
    rows = PAGE[PAGE.index(words) :].split("\n\n")[1].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def the_election() -> Instance:
    rows = table_after("everybody's share is 3.")
    voters: dict[str, list[str]] = {}
    for project, _, names in rows:
        for name in names.split(", "):
            voters.setdefault(name, []).append(project)
    return Instance.of(
        budget=12,
        projects=[Project(project, int(cost)) for project, cost, _ in rows],
        ballots=[Ballot(tuple(chosen)) for chosen in voters.values()],
    )


def said(instance: Instance, counted: Count) -> list[list[str]]:
    def money(part: Fraction) -> str:
        return str(part)

    return [
        [
            str(number),
            turn.project,
            reason(counted.rule, turn).said(money=money, project=str),
            str(turn.left),
        ]
        for number, turn in enumerate(counted.turns, 1)
    ]


@pytest.mark.parametrize("line", re.findall(r"^By `(.+)`:$", PAGE, re.MULTILINE))
def test_the_page_tells_what_comes_out(line: str) -> None:
    instance = the_election()
    assert said(instance, count(instance, parse(line))) == table_after(f"By `{line}`:")


def test_the_line_on_the_page_is_a_rule_and_whole() -> None:
    line = re.findall(r"^ {4}(mes\(.*\))$", PAGE, re.MULTILINE)[0]
    assert str(parse(line)) == line


def test_both_rules_are_on_the_page() -> None:
    assert len(re.findall(r"^By `(.+)`:$", PAGE, re.MULTILINE)) == 2
