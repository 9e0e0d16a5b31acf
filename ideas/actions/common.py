"""What the verbs of ideas share: the lock on an idea, its counters, and words that fit.

Whoever changes what an idea counts holds the lock on that idea's row, so its counters are right however many
people press at once.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F

from engage.kit.words import words_of
from ideas.models import Idea

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

    Its call with the phases is the one that the caller fetched, if there is one: those need no lock.
    """
    held = Idea.objects.select_for_update(of=("self",), no_key=True)
    locked = held.select_related("author", "call").get(pk=idea.pk)
    if idea.call_id == locked.call_id and Idea._meta.get_field("call").is_cached(idea):
        locked.call = idea.call
    return locked


def move(idea: Idea, locked: Idea, **steps: int) -> None:
    """Move counters of the locked idea, and show the caller's copy what they are now."""
    Idea.objects.filter(pk=locked.pk).update(**{name: F(name) + step for name, step in steps.items()})
    for name, step in steps.items():
        setattr(idea, name, getattr(locked, name) + step)
