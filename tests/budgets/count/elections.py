"""Small elections, and the Method of Equal Shares in its plainest form: fractions for every voter, no shortcuts."""

from collections.abc import Callable
from fractions import Fraction

from hypothesis import strategies as st

from budgets.count import Ballot, Instance, Project, VoteType


def an_instance(costs: dict[str, int], ballots: list[str], budget: int, **more: object) -> Instance:
    """`ballots` are words of one-letter projects: "ab" approves a and b."""
    return Instance.of(
        budget=budget,
        projects=[Project(id, cost) for id, cost in costs.items()],
        ballots=[Ballot(tuple(ballot)) for ballot in ballots],
        **more,  # type: ignore[arg-type]
    )


@st.composite
def elections(draw: st.DrawFn, vote_type: VoteType = VoteType.APPROVAL, *, groups: bool = False) -> Instance:
    """Few projects, few different costs, few different ballots: so ties, free projects and empty ballots abound.

    With `groups`, some projects exclude each other.
    """
    ids = [chr(ord("a") + n) for n in range(draw(st.integers(1, 6)))]
    group = st.sampled_from(["", "", "site", "road"]) if groups else st.just("")
    projects = [
        Project(id, draw(st.sampled_from([0, 1, 2, 3, 6, 10, 35])), exclusive=draw(group)) for id in ids
    ]
    choices = st.lists(st.sampled_from(ids), unique=True, max_size=len(ids))
    made = [tuple(draw(choices)) for _ in range(draw(st.integers(0, 9)))]
    pointed = vote_type == VoteType.CUMULATIVE
    points = [tuple(draw(st.integers(0, 3)) for _ in ballot) if pointed else () for ballot in made]
    ballots = [Ballot(ballot, given) for ballot, given in zip(made, points, strict=True)]
    return Instance.of(
        budget=draw(st.integers(0, 60)), projects=projects, ballots=ballots, vote_type=vote_type
    )


def plain_shares(
    instance: Instance,
    start: Fraction,
    gives: Callable[[Ballot, str], int],
    ties: Callable[[str], tuple[object, ...]],
) -> list[str]:
    """The winners in order. `gives(ballot, project)` is a voter's utility."""
    groups = {project.id: project.exclusive or project.id for project in instance.projects}
    voters = [ballot for ballot, weight in instance.ballots for _ in range(weight)]
    purse = [start] * len(voters)
    wanted = {id for id in instance.cost if any(gives(ballot, id) for ballot in voters)}
    winners: list[str] = []
    for id in sorted((id for id in wanted if instance.cost[id] == 0), key=ties):
        if groups[id] not in {groups[won] for won in winners}:
            winners.append(id)
    left = {id for id in wanted if instance.cost[id]}
    while True:
        left = {id for id in left if groups[id] not in {groups[won] for won in winners}}
        prices = {id: _price(instance.cost[id], [gives(v, id) for v in voters], purse) for id in left}
        offers = {id: price for id, price in prices.items() if price is not None}
        if not offers:
            return winners
        least = min(offers.values())
        won = min((id for id in offers if offers[id] == least), key=ties)
        for number, voter in enumerate(voters):
            purse[number] -= min(purse[number], least * gives(voter, won))
        winners.append(won)


def _price(cost: int, gives: list[int], purse: list[Fraction]) -> Fraction | None:
    """The lowest price per utility at which supporters can pay; None when they cannot."""
    supporters = [n for n in range(len(gives)) if gives[n]]
    if sum((purse[n] for n in supporters), Fraction(0)) < cost:
        return None
    spent, rest = Fraction(0), sum(gives[n] for n in supporters)
    for n in sorted(supporters, key=lambda n: purse[n] / gives[n]):
        price = (cost - spent) / rest
        if purse[n] >= price * gives[n]:
            return price
        spent, rest = spent + purse[n], rest - gives[n]
    raise AssertionError("Their money was enough.")
