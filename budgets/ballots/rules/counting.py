"""From frozen sheet and opened votes to a count, by `budgets.count`; sample ballots for a rehearsal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from budgets.ballots.enums import Kind
from budgets.ballots.rules.sheet import PotOnSheet, Sheet, problems
from budgets.count import Ballot, Count, Instance, Project, Rule, VoteType, count, parse
from budgets.count.rule import SCORES, UTILITIES

VOTE_TYPES = {
    Kind.APPROVAL: VoteType.APPROVAL,
    Kind.PICK: VoteType.APPROVAL,
    Kind.KNAPSACK: VoteType.APPROVAL,
    Kind.POINTS: VoteType.CUMULATIVE,
    Kind.RANKING: VoteType.ORDINAL,
}
TIES = "ties=[cost asc, votes desc, lot]"
_POUND = 100

# What staff choose from: a short name → (what it is called, the line for ballots, for points, for rankings).
CHOICES = {
    "shares": (
        _("Equal shares, what is left by votes"),
        f"mes(utility=cost, step=1, exhaustive_stop=no, completion=votes, {TIES})",
        f"mes(utility=points, step=1, exhaustive_stop=no, completion=points, {TIES})",
        f"mes(utility=position, step=1, exhaustive_stop=no, completion=votes, {TIES})",
    ),
    "most-votes": (
        _("Most votes first, skipping what no longer fits"),
        f"greedy(score=votes, skip=yes, {TIES})",
        f"greedy(score=points, skip=yes, {TIES})",
        f"greedy(score=position, skip=yes, {TIES})",
    ),
    "most-votes-stop": (
        _("Most votes first, until one does not fit"),
        f"greedy(score=votes, skip=no, {TIES})",
        f"greedy(score=points, skip=no, {TIES})",
        f"greedy(score=position, skip=no, {TIES})",
    ),
    "value": (
        _("Most votes for each pound first"),
        f"greedy(score=votes/cost, skip=yes, {TIES})",
        f"greedy(score=points/cost, skip=yes, {TIES})",
        f"greedy(score=position/cost, skip=yes, {TIES})",
    ),
}


def rule_line(choice: str, kind: Kind, *, threshold: int = 1) -> str:
    """The whole rule that a short name stands for with this kind of ballot and this many votes as the least.

    At least one: what nobody voted for is not funded, however much is left.
    """
    _name, plain, pointed, ranked = CHOICES[choice]
    rule = parse({Kind.POINTS: pointed, Kind.RANKING: ranked}.get(kind, plain))
    return str(replace(rule, threshold=max(1, threshold)))


def reads(rule: Rule, kind: Kind) -> bool:
    """Whether ballots of this kind have what the rule looks at: points, or an order."""
    reading = UTILITIES[rule.utility][0] if rule.kind == "mes" else SCORES[rule.score][0]
    needed = {"points": Kind.POINTS, "borda": Kind.RANKING, "position": Kind.RANKING}
    return needed.get(reading, kind) == kind and (rule.completion != "points" or kind == Kind.POINTS)


def instance(
    sheet: Sheet, pot: PotOnSheet, votes: Iterable[Sequence[Sequence[object]]], meta: dict[str, str]
) -> Instance:
    """One pot as it is counted. A vote is a list of [project, points]; one left blank is no ballot here."""
    pointed = sheet.kind == Kind.POINTS
    ballots = (
        Ballot(
            tuple(str(key) for key, _points in vote),
            tuple(int(str(points)) for _key, points in vote) if pointed else (),
        )
        for vote in votes
        if vote
    )
    return Instance.of(
        budget=pot.amount,
        projects=[
            Project(each.key, each.cost, each.title, each.exclusive, each.place) for each in pot.options
        ],
        ballots=ballots,
        vote_type=VOTE_TYPES[sheet.kind],
        unit=_POUND,
        meta=meta,
    )


def counted(found: Instance, line: str, drawn: tuple[str, ...]) -> Count:
    """The count by this rule, ties by the order that was drawn."""
    return count(found, replace(parse(line), lot=drawn))


def compared(found: Instance, kind: Kind, drawn: tuple[str, ...]) -> dict[str, list[str]]:
    """The winners by each rule that staff can choose, ties by the same order."""
    return {choice: list(counted(found, rule_line(choice, kind), drawn).winners) for choice in CHOICES}


@dataclass(frozen=True, slots=True)
class Alike:
    """How many ballots of a pot no other ballot equals: whoever knows one of those can point at it."""

    ballots: int
    unique: int

    @property
    def percent(self) -> int:
        return -(-100 * self.unique // self.ballots) if self.ballots else 0


def alike(found: Instance) -> Alike:
    return Alike(found.voters, sum(weight for _ballot, weight in found.ballots if weight == 1))


def samples(sheet: Sheet, number: int, chance: Callable[[], float]) -> list[dict[str, list[tuple[str, int]]]]:
    """Valid made-up papers. `chance` gives numbers from 0 to 1; some projects are better liked than others."""
    liking = {option.key: 0.1 + 0.8 * chance() for pot in sheet.pots for option in pot.options}
    return [_sample(sheet, liking, chance) for _n in range(number)]


def _sample(
    sheet: Sheet, liking: dict[str, float], chance: Callable[[], float]
) -> dict[str, list[tuple[str, int]]]:
    made: dict[str, list[tuple[str, int]]] = {}
    for pot in sheet.pots:
        chosen: list[tuple[str, int]] = []
        for option in sorted(pot.options, key=lambda option: chance() - liking[option.key]):
            tried = [*chosen, (option.key, 1)]
            if chance() < liking[option.key] and not problems(sheet, {pot.key: tuple(tried)}):
                chosen = tried
        made[pot.key] = chosen
    return made


def blank(votes: Iterable[Sequence[object]]) -> int:
    return Counter(bool(vote) for vote in votes)[False]
