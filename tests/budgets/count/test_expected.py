"""Real elections: the same winners as other engines found, for every rule that this one knows."""

import json
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from budgets.count import Count, Instance, Rule, count, counting, parse, read
from budgets.count.rule import UnknownRule
from budgets.count.shares import Shop

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "pabulib"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not DATA.exists(), reason="The published elections lie beside the project, not in it."
    ),
]
UTILITIES = {
    "cost": "cost",
    "card": "votes",
    "points": "points",
    "pointscost": "points*cost",
    "borda": "borda",
    "pos": "position",
}
COMPLETIONS = {
    "": "",
    "_u": "completion={by}",
    "_add1": "step=1, exhaustive_stop=yes",
    "_add1u": "step=1, exhaustive_stop=yes, completion={by}",
    "_add1_noexh": "step=1, exhaustive_stop=no",
    "_add1@mincost_maxvotes": "step=1, exhaustive_stop=yes, ties=[cost asc, votes desc]",
}
GREEDY = {
    "greedy_votes": "score=votes",
    "greedy_votes@mincost": "score=votes, ties=[cost asc]",
    "greedy_cost": "score=votes/cost",
    "greedy_points": "score=points",
    "greedy_points_density": "score=points/cost",
    "greedy_borda_density": "score=borda/cost",
    "greedy_pos": "score=position",
}


def rules() -> dict[str, str]:
    """The names in the file of expectations → our lines."""
    found = {name: f"greedy({line})" for name, line in GREEDY.items()}
    for name, utility in UTILITIES.items():
        by = "points" if name == "points" else "votes"
        for suffix, line in COMPLETIONS.items():
            settings = ", ".join(filter(None, [f"utility={utility}", line.format(by=by)]))
            found[f"mes_{name}{suffix}"] = f"mes({settings})"
    return found


RULES = rules()
EXPECTED = json.loads((DATA / "expected.json").read_text())["instances"] if DATA.exists() else {}


def instance_of(file: str) -> Instance:
    with (DATA / file).open(encoding="utf-8", newline="") as text:
        return read(text.read())


def winners(counted: Count, ordered: bool) -> list[str]:
    return list(counted.winners) if ordered else sorted(counted.winners)


def remembering(shop_of: Callable[[Instance, Rule], Shop]) -> Callable[[Instance, Rule], Shop]:
    """Rules that raise shares in the same way and differ in when they stop ask for the same runs: each is made once."""
    shops: dict[object, Shop] = {}

    def remembered(instance: Instance, rule: Rule) -> Shop:
        key = (rule.utility, rule.ties, rule.lot, rule.threshold)
        if key not in shops:
            shops[key] = shop_of(instance, rule)
            run, found = shops[key].run, dict[Fraction, list[str]]()

            def once(start: Fraction, *, likely: Sequence[str] = ()) -> list[str]:
                if start not in found:
                    found[start] = run(start, likely=likely)
                return found[start]

            shops[key].run = once  # type: ignore[method-assign]
        return shops[key]

    return remembered


@pytest.mark.parametrize("file", EXPECTED)
def test_every_rule_gives_the_winners_that_were_found_elsewhere(
    file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance = instance_of(file)
    asked = {name: said for name, said in EXPECTED[file]["rules"].items() if name in RULES}
    assert asked
    monkeypatch.setattr(counting, "shop_of", remembering(counting.shop_of))
    for name, said in asked.items():
        ordered = said.get("ordered", False)
        expected = said["winners"] if ordered else sorted(said["winners"])
        assert winners(count(instance, parse(RULES[name])), ordered) == expected, name


def test_only_one_rule_of_the_expectations_is_not_ours() -> None:
    named = {name for each in EXPECTED.values() for name in each["rules"]}
    assert named - set(RULES) == {"phragmen"}


def test_the_exhaustive_stop_alone_changes_who_wins_in_wieliczka() -> None:
    file = "Poland_Wieliczka_2023_Green_Budget.pb"
    instance = instance_of(file)
    as_announced = count(instance, parse("wieliczka-2023"))
    assert set(as_announced.winners) == set(EXPECTED[file]["published_selected"])
    assert len(count(instance, parse("pabutools-default")).winners) == len(as_announced.winners) + 1


def test_a_rule_that_is_not_known_is_not_guessed() -> None:
    with pytest.raises(UnknownRule):
        parse("phragmen")
