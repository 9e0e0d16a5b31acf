"""What is counted: projects with costs, and ballots, of which equal ones are merged into one with a weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray


class VoteType(StrEnum):
    """Kinds of ballot, by the names of the Pabulib format."""

    APPROVAL = "approval"
    CHOOSE_ONE = "choose-1"
    CUMULATIVE = "cumulative"
    SCORING = "scoring"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Project:
    """`cost` in whole minor units. Of projects in the same `exclusive` group at most one is funded.

    `place` is the neighbourhood for which it is; it decides nothing.
    """

    id: str
    cost: int
    name: str = ""
    exclusive: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """The projects chosen; in order of preference when ranked, with as many `points` when points were given."""

    choices: tuple[str, ...]
    points: tuple[int, ...] = ()


@dataclass(frozen=True)
class Support:
    """Who supports one project: numbers of merged ballots, and what each of its voters gives it (at least 1)."""

    who: NDArray[np.intp]
    base: NDArray[np.int64]


@dataclass(frozen=True)
class Marks:
    """All that is marked on all ballots, one after another; `below` is how many follow on the same ballot."""

    ballot: NDArray[np.intp]
    project: NDArray[np.int32]
    points: NDArray[np.int64]
    below: NDArray[np.int64]

    def given(self, utility: str) -> NDArray[np.int64]:
        match utility:
            case "votes":
                return np.ones_like(self.points)
            case "points":
                return self.points
            case "borda":
                return self.below
            case "position":
                return self.below + 1
        raise LookupError(f"Ballots cannot be read by {utility!r}.")


@dataclass(frozen=True)
class Instance:
    """`budget` in minor units, of which `unit` make one of the currency (100 pence, or 1 where costs are whole).

    `selected` are the winners that a file marks; they decide nothing.
    """

    budget: int
    projects: tuple[Project, ...]
    ballots: tuple[tuple[Ballot, int], ...]
    vote_type: VoteType = VoteType.APPROVAL
    unit: int = 1
    meta: dict[str, str] = field(default_factory=dict, compare=False)
    selected: frozenset[str] = field(default=frozenset(), compare=False)

    @classmethod
    def of(
        cls,
        *,
        budget: int,
        projects: Iterable[Project],
        ballots: Iterable[Ballot],
        vote_type: VoteType = VoteType.APPROVAL,
        unit: int = 1,
        meta: dict[str, str] | None = None,
        selected: frozenset[str] = frozenset(),
    ) -> Instance:
        """Merge equal ballots, and put them in an order that does not tell in which they came."""
        merged = Counter(canonical(ballot, vote_type) for ballot in ballots)
        in_order = sorted(merged.items(), key=lambda pair: (pair[0].choices, pair[0].points))
        return cls(
            budget=budget,
            projects=tuple(projects),
            ballots=tuple(in_order),
            vote_type=vote_type,
            unit=unit,
            meta=meta or {},
            selected=selected,
        )

    @cached_property
    def voters(self) -> int:
        return sum(weight for _, weight in self.ballots)

    @cached_property
    def weights(self) -> NDArray[np.int64]:
        return np.array([weight for _, weight in self.ballots], dtype=np.int64)

    @cached_property
    def cost(self) -> dict[str, int]:
        return {project.id: project.cost for project in self.projects}

    @cached_property
    def votes(self) -> dict[str, int]:
        """How many ballots name each project."""
        return {id: int(self.weights[each.who].sum()) for id, each in self.support("votes").items()}

    def support(self, utility: str) -> dict[str, Support]:
        """Supporters of each project, with what each gives it by this way of reading a ballot.

        "votes": 1 for each project named. "points": its points. "borda": the number of projects ranked below it on
        the same ballot. "position": the same and one, so that the last ranked has 1.
        """
        if utility not in self._supports:
            self._supports[utility] = self._read(utility)
        return self._supports[utility]

    @cached_property
    def _supports(self) -> dict[str, dict[str, Support]]:
        return {}

    def choices(self, utility: str) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.int64]]:
        """The same ballot by ballot: number of the merged ballot, place of the project, what the project is given."""
        marks = self._marks
        base = marks.given(utility)
        given = base > 0
        if given.all():  # as a rule, and copying takes time
            return marks.ballot, marks.project, base
        return marks.ballot[given], marks.project[given], base[given]

    def _read(self, utility: str) -> dict[str, Support]:
        ballot, project, base = self.choices(utility)
        order = np.argsort(project, kind="stable")
        ends = np.searchsorted(project[order], np.arange(1, len(self.projects)))
        who, given = np.split(ballot[order], ends), np.split(base[order], ends)
        return {project.id: Support(who[n], given[n]) for n, project in enumerate(self.projects)}

    @cached_property
    def _marks(self) -> Marks:
        number = {project.id: n for n, project in enumerate(self.projects)}
        lengths = np.array([len(ballot.choices) for ballot, _ in self.ballots], dtype=np.intp)
        named = chain.from_iterable(ballot.choices for ballot, _ in self.ballots)
        points = chain.from_iterable(
            ballot.points or repeat(1, len(ballot.choices)) for ballot, _ in self.ballots
        )
        marks = int(lengths.sum())
        return Marks(
            ballot=np.repeat(np.arange(len(lengths)), lengths),
            project=np.fromiter(map(number.__getitem__, named), dtype=np.int32, count=marks),
            points=np.fromiter(points, dtype=np.int64, count=marks),
            below=np.repeat(lengths.cumsum(), lengths) - np.arange(1, marks + 1),
        )


def canonical(ballot: Ballot, vote_type: VoteType) -> Ballot:
    """The same choices in the same order, where the order says nothing: most points first."""
    if vote_type == VoteType.ORDINAL:
        return ballot
    if not ballot.points:
        return Ballot(tuple(sorted(ballot.choices)))
    pairs = sorted(zip(ballot.choices, ballot.points, strict=True), key=lambda pair: (-pair[1], pair[0]))
    return Ballot(tuple(id for id, _ in pairs), tuple(points for _, points in pairs))
