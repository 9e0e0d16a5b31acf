"""Thousands of invented residents and what they ask for: a site as full as a big council's after some years.

Pure and deterministic: the same seed gives the same crowd. It is for measuring and for trying out, so it is
many, plausible and near to each other, and says nothing that a person would want to read in full; the demo council
(`engage.demo.plan`) is for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from itertools import accumulate, pairwise
from random import Random

from engage.demo.content import read, residents
from engage.demo.plan import LONDON, TODAY

NOW = datetime.combine(TODAY, time(17), LONDON)
FIRST = NOW - timedelta(days=700)
# How unlike popular ideas are: each is this power of its rank less supported than the most supported one.
STEEP = 0.75
PINNED = 0.7
REPLIES = 0.35
STANCES = {"for": 50, "against": 20, "neutral": 30}
# What became of an idea, with how many of a hundred, and which of the reasons the public reads.
LIVES = {"open": (78, 0), "assessing": (8, 1), "accepted": (5, 2), "done": (3, 3), "declined": (6, 4)}


@dataclass(frozen=True, slots=True)
class Asked:
    """One idea. `author` is a resident's position; `status` other than "open" came at `changed_at` for a reason."""

    title: str
    text: str
    theme: str
    author: int
    at: datetime
    pinned: bool
    status: str
    reason: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """One comment on the idea at position `idea`; `stance` is for, against or neutral, and a reply has none.

    `answers` is the position among the idea's comments of what a reply answers; None for a comment of its own.
    """

    idea: int
    author: int
    text: str
    at: datetime
    stance: str
    answers: int | None


@dataclass(frozen=True)
class Crowd:
    """`busiest` is how many of the comments are under the one idea that everybody talks about."""

    ideas: int = 5_000
    supports: int = 200_000
    comments: int = 50_000
    busiest: int = 2_000
    residents: int = 6_000
    seed: str = "crowd"

    def names(self) -> list[str]:
        """Public names: a first name and a letter, as most people choose."""
        rng, known = Random(f"{self.seed} names"), residents()
        return [
            f"{rng.choice(known).split()[0]} {rng.choice('ABCDEFGHJKLMNPRSTW')}"
            for _ in range(self.residents)
        ]

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """The ideas; no two have the same title until every ask has been made everywhere."""
        rng = Random(f"{self.seed} ideas")
        content = read("crowd")
        every = [
            (topic, ask, where)
            for topic in content["topic"]
            for ask in topic["asks"]
            for where in content["where"]
        ]
        rounds, rest = divmod(self.ideas, len(every))
        chosen = every * rounds + rng.sample(every, rest)
        return tuple(_asked(rng, self.residents, *each) for each in chosen)

    def supported(self) -> Iterator[tuple[int, int, datetime]]:
        """(idea, resident, when): nobody supports an idea twice, and some ideas have hundreds of supports."""
        rng = Random(f"{self.seed} supports")
        for idea, number in enumerate(self._shares(self.supports, most=self.residents)):
            at = self.asked[idea].at
            for resident in rng.sample(range(self.residents), number):
                yield idea, resident, at + (NOW - at) * rng.random()

    def said(self) -> Iterator[Said]:
        """Idea by idea, each one's oldest first; the busiest is the last idea."""
        rng = Random(f"{self.seed} comments")
        busiest = min(self.busiest, self.comments)
        shares = self._shares(self.comments - busiest, most=max(busiest, 1))
        shares[-1] += busiest
        for idea, number in enumerate(shares):
            yield from self._discussion(idea, number, rng)

    def _discussion(self, idea: int, number: int, rng: Random) -> Iterator[Said]:
        say, at = read("crowd")["say"], self.asked[idea].at
        heads: list[int] = []
        for position, when in enumerate(sorted(rng.random() for _ in range(number))):
            answers = rng.choice(heads[-10:]) if heads and rng.random() < REPLIES else None
            stance = "" if answers is not None else rng.choices(list(STANCES), list(STANCES.values()))[0]
            if answers is None:
                heads.append(position)
            text = " ".join(rng.sample(say[stance or "reply"], rng.randint(1, 2)))
            yield Said(idea, rng.randrange(self.residents), text, at + (NOW - at) * when, stance, answers)

    def _shares(self, total: int, *, most: int) -> list[int]:
        """`total` spread over the ideas, unevenly; none gets more than `most` while another has room."""
        rng = Random(f"{self.seed} shares {total}")
        weights = [(rank + 8) ** -STEEP for rank in range(self.ideas)]
        rng.shuffle(weights)
        sums = list(accumulate(weights, initial=0.0))
        marks = [round(total * mark / sums[-1]) for mark in sums]
        shares = [min(most, after - before) for before, after in pairwise(marks)]
        left = total - sum(shares)
        for idea, share in enumerate(shares):
            more = min(left, most - share)
            shares[idea] += more
            left -= more
        return shares


def _asked(rng: Random, residents: int, topic: dict[str, Sequence[str]], ask: str, where: str) -> Asked:
    at = FIRST + (NOW - FIRST) * rng.random()
    status = rng.choices(list(LIVES), [share for share, _reason in LIVES.values()])[0]
    why = rng.sample(topic["why"], rng.randint(1, 3))
    return Asked(
        title=ask.replace("{where}", where),
        text=" ".join([*why, rng.choice(read("crowd")["also"])]),
        theme=str(topic["theme"]),
        author=rng.randrange(residents),
        at=at,
        pinned=rng.random() < PINNED,
        status=status,
        reason=read("crowd")["say"]["reason"][LIVES[status][1]] if status != "open" else "",
        changed_at=at + (NOW - at) * (0.5 + rng.random() / 2),
    )
