"""What we write passes the format's own checker, for every kind of ballot and every rule."""

import contextlib
import io
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pabulib.checker import Checker

from budgets.count import Ballot, Instance, Project, VoteType, count, parse, read, rule_of, sealed, write
from tests.budgets.count.elections import elections

FACTS = {
    "description": "Park “Ost”; money for #1 ideas",
    "country": "United Kingdom",
    "unit": "Tidewold",
    "instance": "2026",
    "date_begin": "2026-05-01",
    "date_end": "2026-05-31",
    "language": "en",
    "currency": "GBP",
    "ballot_sha256": "ab12",
    "comment": "#1: Paper and online together.",
}
KINDS = {
    "approval": (VoteType.APPROVAL, {}),
    "at most two": (VoteType.APPROVAL, {"max_length": "2"}),
    "choose one": (VoteType.CHOOSE_ONE, {"min_length": "1", "max_length": "1"}),
    "knapsack": (VoteType.APPROVAL, {"max_sum_cost": "60"}),
    "points": (VoteType.CUMULATIVE, {"max_sum_points": "30", "max_points": "9"}),
    "scoring": (VoteType.SCORING, {"max_points": "9"}),
    "ranking": (VoteType.ORDINAL, {}),
}
RULES = [
    "greedy",
    "greedy-no-skip",
    "greedy-value",
    "greedy(score=votes, threshold=votes>=2)",
    "mes(step=1, completion=votes, ties=[cost asc, votes desc, lot])",
]


def errors_in(file: str) -> dict[str, object]:
    with contextlib.redirect_stdout(io.StringIO()):
        checked = Checker().process_files([file])
    results = [each["results"] for each in checked.values() if isinstance(each, dict) and "results" in each]
    assert len(results) == 1
    return dict(results[0].get("errors") or {})


def payable(instance: Instance, kind: str) -> Instance:
    """What the checker takes: no blank ballots, nothing free, nothing that costs more than everything there is."""
    budget = 36
    projects = [
        Project(each.id, each.cost or 5, f"Project {each.id.upper()}", each.exclusive)
        for each in instance.projects
    ]
    ballots = [ballot for ballot, weight in instance.ballots for _ in range(weight) if ballot.choices]
    if kind == "choose one":
        ballots = [Ballot(ballot.choices[:1]) for ballot in ballots]
    if kind == "at most two":
        ballots = [Ballot(ballot.choices[:2]) for ballot in ballots]
    vote_type, facts = KINDS[kind]
    return Instance.of(
        budget=budget, projects=projects, ballots=ballots, vote_type=vote_type, meta=FACTS | facts
    )


SHAPES = {VoteType.CUMULATIVE: VoteType.CUMULATIVE, VoteType.SCORING: VoteType.CUMULATIVE}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_checker_finds_no_error(kind: str) -> None:
    @settings(max_examples=15)
    @given(
        instance=elections(SHAPES.get(KINDS[kind][0], VoteType.ORDINAL), groups=True),
        rule=st.sampled_from(RULES),
    )
    def checked(instance: Instance, rule: str) -> None:
        instance = payable(instance, kind)
        assume(instance.ballots)
        chosen = sealed(parse(rule), "5f3c")
        counted = count(instance, chosen)
        told = replace(instance, meta=instance.meta | {"rule": str(chosen)})
        file = write(told, selected=frozenset(counted.winners))
        assert errors_in(file) == {}
        again = read(file)
        assert again == instance
        assert rule_of(again) == chosen
        assert again.meta["ballot_sha256"] == "ab12"
        assert again.meta["comment"] == "#1: Paper and online together."

    checked()


def test_a_city_s_own_words_for_its_rule_are_kept() -> None:
    instance = Instance.of(
        budget=5,
        projects=[Project("a", 9)],
        ballots=[],
        meta=FACTS | {"rule": "most votes, then a show of hands"},
    )
    assert read(write(instance)).meta["rule_line"] == "most votes, then a show of hands"


@pytest.mark.parametrize("id", ["", "a,b", "a;b", " a", "votes", 'a"'])
def test_an_id_that_the_format_cannot_hold_is_not_written(id: str) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        write(Instance.of(budget=1, projects=[Project(id, 1)], ballots=[]))
