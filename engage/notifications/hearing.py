"""Reactions that must not be lost: `hears` is `follow` that survives a crash.

A reaction runs just after the commit of what happened; or, for what happens often, in the worker, so that the
request pays for one line in the queue and no more. When a process dies in between, or the reaction fails,
`hear_again` finds the happening in the record and runs it later. Which reactions have run is marked in the cache;
where the cache has forgotten, one runs twice, so what is decorated must do no harm then. `notify` does none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

from django.core.cache import cache
from redis.exceptions import RedisError

from engage.kit.happenings import Follower, Happening, follow
from engage.kit.jobs import later

log = logging.getLogger(__name__)

HEAR = "notifications.hear"
MARKED = 24 * 60 * 60  # seconds; what happened is gone through again within minutes

_hearers: dict[str, list[Follower]] = {}


def hears(*names: str, in_worker: bool = False) -> Callable[[Follower], Follower]:
    """Decorator for reactions to the named events, in place of `engage.kit.happenings.follow`."""

    def decorate(hearer: Follower) -> Follower:
        @wraps(hearer)
        def heard(happening: Happening) -> None:
            hearer(happening)
            _mark(happening, heard)

        for name in names:
            _hearers.setdefault(name, []).append(heard)
        follow(*names)(_queue if in_worker else heard)
        return hearer

    return decorate


def _queue(happening: Happening) -> None:
    later(HEAR, record=happening.record_id)


def names_heard() -> list[str]:
    return sorted(_hearers)


def hear(happening: Happening) -> None:
    """Run the reactions that have not run. One that fails again is logged and given up."""
    for hearer in _hearers.get(happening.name, []):
        try:
            if not _is_marked(happening, hearer):
                hearer(happening)
        except Exception:
            log.exception("A reaction to record %s failed", happening.record_id)


def _mark(happening: Happening, hearer: Follower) -> None:
    try:
        cache.set(_key(happening, hearer), 1, MARKED)
    except (RedisError, OSError):
        log.warning("That %s was heard could not be marked", happening.name, exc_info=True)


def _is_marked(happening: Happening, hearer: Follower) -> bool:
    try:
        return happening.record_id > 0 and bool(cache.get(_key(happening, hearer)))
    except (RedisError, OSError):
        return False


def _key(happening: Happening, hearer: Follower) -> str:
    return f"notifications:heard:{happening.record_id}:{hearer.__module__}.{hearer.__qualname__}"
