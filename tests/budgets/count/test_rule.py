"""Names of rules: whole lines that are read back as they are written, and refused with the reason."""

import pytest

from budgets.count import UnknownRule, parse
from budgets.count.rule import PRESETS


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_a_whole_line_that_reads_back(name: str) -> None:
    rule = parse(name)
    assert parse(str(rule)) == rule


def test_a_line_says_everything_that_decides() -> None:
    line = (
        "mes(utility=points*cost, start=B/n, step=2, stop=before-overspend, exhaustive_stop=no,"
        " completion=votes, ties=[cost asc, votes desc, lot, id], threshold=votes>=50)"
    )
    assert str(parse(line)) == line


@pytest.mark.parametrize(
    "wrong",
    [
        "best",
        "mes(utility=joy)",
        "mes(step=0)",
        "mes(step=-1)",
        "mes(colour=red)",
        "mes(ties=[coin])",
        "mes(ties=cost asc)",
        "mes(utility=cost",
        "mes(utility=cost; step=1)",
        "greedy(threshold=votes>50)",
        "mes(start=9)",
    ],
)
def test_what_is_not_a_rule_is_refused(wrong: str) -> None:
    with pytest.raises(UnknownRule):
        parse(wrong)
