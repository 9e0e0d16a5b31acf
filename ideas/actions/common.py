"""What the verbs of ideas share: the lock on an idea, its counters, and words that fit.

Whoever changes what an idea counts holds the lock on that idea's row, so its counters are right however many
people press at once.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from django.db.models import F, QuerySet

from engage.kit.words import words_of
from ideas.models import Idea
from ideas.queries import knowing_phases, with_call

__all__ = [
    "COMMENT_LIMIT",
    "DESCRIPTION_LIMIT",
    "REASON_LIMIT",
    "REMOVAL_LIMIT",
    "SENT_TWICE",
    "TITLE_LIMIT",
    "lock",
    "move",
    "words_of",
]

TITLE_LIMIT = 100

DESCRIPTION_LIMIT = 4000

COMMENT_LIMIT = 2000

REASON_LIMIT = 2000

REMOVAL_LIMIT = 300

SENT_TWICE = timedelta(minutes=10)


def lock(idea: Idea) -> Idea:
    """The idea as it is now, held until the transaction ends. Rows that refer to it may still be inserted.

    Its author, its call and the call's phases come with it; those are not held.
    """
    return knowing_phases(_to_hold().get(pk=idea.pk))


@cache
def _to_hold() -> QuerySet[Idea]:
    """Put together once: every verb on ideas begins with it, and putting it together is half of what it takes."""
    return with_call(Idea.objects.select_for_update(of=("self",), no_key=True).select_related("author"))


def move(idea: Idea, locked: Idea, **steps: int) -> None:
    """Move counters of the locked idea, and show the caller's copy what they are now."""
    Idea.objects.filter(pk=locked.pk).update(**{name: F(name) + step for name, step in steps.items()})
    for name, step in steps.items():
        setattr(idea, name, getattr(locked, name) + step)
