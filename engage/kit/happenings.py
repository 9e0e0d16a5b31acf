"""What follows when something has happened: verbs publish, each app's reactions.py follows.

Kept in the kit so that a lower app never learns who listens. Published only after commit (see engage.audit.record).
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event's name (`IDEA_SUPPORTED`), the id of the thing it happened to, who did it, when, and details.

    `record_id` is its line in the record.
    """

    name: str
    subject_id: int
    actor_id: int | None
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)
    record_id: int = 0


type Follower = Callable[[Happening], None]

_followers: dict[str, list[Follower]] = {}
_unheard: ContextVar[bool] = ContextVar("unheard", default=False)


def follow(*names: str) -> Callable[[Follower], Follower]:
    """Decorator for reactions: run this after any of the named events was committed."""

    def decorate(follower: Follower) -> Follower:
        for name in names:
            _followers.setdefault(name, []).append(follower)
        return follower

    return decorate


@contextmanager
def unheard() -> Iterator[None]:
    """What is committed inside is recorded as ever, and nothing follows from it: for loading what is long past."""
    mark = _unheard.set(True)
    try:
        yield
    finally:
        _unheard.reset(mark)


def publish(happening: Happening) -> None:
    """Tell every follower; one that fails is logged and does not stop the others or undo the event."""
    if _unheard.get():
        return
    for follower in _followers.get(happening.name, []):
        try:
            follower(happening)
        except Exception:
            log.exception("A reaction to %s failed", happening.name)
