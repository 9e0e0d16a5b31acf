"""Random elections counted by pabutools as well: ties, free projects, everything affordable, ballots left blank.

It knows no exclusive groups and no least support, so for these there is an oracle of our own: for groups the plain
fractions of `plain_shares` and `plain_greedy`, for the threshold the same count without the projects below it.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pabutools import election as theirs
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares
from pabutools.tiebreaking import lexico_tie_breaking

from budgets.count import Ballot, Instance, VoteType, count, parse
from tests.budgets.count.elections import elections

pytestmark = pytest.mark.slow
MORE = settings(max_examples=60)


def theirs_of(instance: Instance) -> tuple[theirs.Instance, dict[str, theirs.Project]]:
    projects = {each.id: theirs.Project(each.id, each.cost) for each in instance.projects}
    return theirs.Instance(projects.values(), budget_limit=instance.budget), projects


def profile_of(instance: Instance, projects: dict[str, theirs.Project]) -> theirs.Profile:
    voters = [ballot for ballot, weight in instance.ballots for _ in range(weight)]
    if instance.vote_type == VoteType.ORDINAL:
        return theirs.OrdinalProfile(
            theirs.OrdinalBallot([projects[id] for id in ballot.choices]) for ballot in voters
        )
    if instance.vote_type in {VoteType.CUMULATIVE, VoteType.SCORING}:
        return theirs.CardinalProfile(
            theirs.CardinalBallot(
                {projects[id]: points for id, points in zip(ballot.choices, ballot.points, strict=True)}
            )
            for ballot in voters
        )
    return theirs.ApprovalProfile(
        theirs.ApprovalBallot([projects[id] for id in ballot.choices]) for ballot in voters
    )


def winners(instance: Instance, rule: Callable[..., object], sat: type, **settings: object) -> list[str]:
    their_instance, projects = theirs_of(instance)
    found = rule(
        their_instance,
        profile_of(instance, projects),
        sat_class=sat,
        tie_breaking=lexico_tie_breaking,
        **settings,
    )
    return sorted(project.name for project in found)  # type: ignore[attr-defined]


def wanted(instance: Instance) -> Instance:
    """Without projects that nobody gives anything: pabutools funds them when there is money, or does not."""
    named = {id for ballot, _ in instance.ballots for id in ballot.choices}
    return replace(instance, projects=tuple(each for each in instance.projects if each.id in named))


def without_free(instance: Instance) -> Instance:
    """When utility is cost, pabutools takes a free project for one that nobody gains from; we fund it first."""
    free = {id for id, cost in instance.cost.items() if not cost}
    return Instance.of(
        budget=instance.budget,
        projects=[each for each in instance.projects if each.cost],
        ballots=[
            Ballot(tuple(id for id in ballot.choices if id not in free))
            for ballot, weight in instance.ballots
            for _ in range(weight)
        ],
    )


CASES = [
    ("greedy(score=votes)", VoteType.APPROVAL, greedy_utilitarian_welfare, theirs.Cost_Sat, {}),
    ("greedy(score=votes/cost)", VoteType.APPROVAL, greedy_utilitarian_welfare, theirs.Cardinality_Sat, {}),
    ("mes(utility=cost)", VoteType.APPROVAL, method_of_equal_shares, theirs.Cost_Sat, {}),
    ("mes(utility=votes)", VoteType.APPROVAL, method_of_equal_shares, theirs.Cardinality_Sat, {}),
    (
        "mes(utility=cost, step=1, exhaustive_stop=yes)",
        VoteType.APPROVAL,
        method_of_equal_shares,
        theirs.Cost_Sat,
        {"voter_budget_increment": 1},
    ),
    ("mes(utility=points)", VoteType.CUMULATIVE, method_of_equal_shares, theirs.Additive_Cardinal_Sat, {}),
    ("mes(utility=points)", VoteType.SCORING, method_of_equal_shares, theirs.Additive_Cardinal_Sat, {}),
    ("mes(utility=borda)", VoteType.ORDINAL, method_of_equal_shares, theirs.Additive_Borda_Sat, {}),
]


@pytest.mark.parametrize(("line", "kind", "rule", "sat", "more"), CASES)
def test_pabutools_finds_the_same_winners(line, kind, rule, sat, more) -> None:
    shape = VoteType.CUMULATIVE if kind == VoteType.SCORING else kind

    @MORE
    @given(instance=elections(shape))
    def same(instance: Instance) -> None:
        instance = wanted(replace(instance, vote_type=kind))
        if "utility=cost" in line:
            instance = without_free(instance)
        if not instance.voters or not instance.projects:
            assert count(instance, parse(line)).winners == ()
            return
        assert sorted(count(instance, parse(line)).winners) == winners(instance, rule, sat, **more)

    same()


def plain_greedy(instance: Instance) -> list[str]:
    """By votes, then by id; a project is passed over when it does not fit or its alternative is in."""
    groups = {each.id: each.exclusive or each.id for each in instance.projects}
    found: list[str] = []
    for id in sorted(instance.cost, key=lambda id: (-instance.votes[id], id)):
        fits = sum(instance.cost[won] for won in found) + instance.cost[id] <= instance.budget
        if fits and groups[id] not in {groups[won] for won in found}:
            found.append(id)
    return found


@MORE
@given(instance=elections(groups=True))
def test_of_alternatives_one_is_funded_as_plain_code_finds(instance: Instance) -> None:
    assert list(count(instance, parse("greedy")).winners) == plain_greedy(instance)


@MORE
@given(
    instance=elections(groups=True),
    least=st.integers(1, 4),
    line=st.sampled_from(
        ["greedy(score=votes)", "greedy(score=votes/cost)", "mes()", "mes(step=1, completion=votes)"]
    ),
)
def test_a_least_support_counts_as_if_the_others_stood_on_no_ballot(instance, least, line) -> None:
    kept = {id for id, votes in instance.votes.items() if votes >= least}
    without = replace(
        instance,
        projects=tuple(each for each in instance.projects if each.id in kept),
        ballots=tuple(
            (replace(ballot, choices=tuple(id for id in ballot.choices if id in kept)), weight)
            for ballot, weight in instance.ballots
        ),
    )
    expected = count(without, parse(line)).winners
    found = count(instance, replace(parse(line), threshold=least))
    assert found.winners == expected
    fates = {turn.project: turn.fate for turn in found.turns}
    assert {id for id in fates if fates[id] == "below threshold"} == set(instance.cost) - kept


@MORE
@given(
    instance=elections(groups=False), line=st.sampled_from(["greedy", "mes(completion=votes)", "mes(step=1)"])
)
def test_when_all_can_be_afforded_all_that_is_wanted_is_funded(instance: Instance, line: str) -> None:
    rich = wanted(replace(instance, budget=1000 * sum(instance.cost.values()) * max(1, instance.voters) + 1))
    assert set(count(rich, parse(line)).winners) == set(rich.cost)
