"""How often each topic has changed, kept in Redis, and when the next word about it may go out.

A version only ever grows, also when Redis forgets: it starts from the clock in microseconds, and no
round trip to Redis is shorter than one.
"""

import time
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from redis import Redis

# A hot topic is told of at most once in this time; the screens catch up with all of it at once.
PAUSE_MS = 1000
# A page asked for just before a change subscribes just after it, so for this long the change is told again.
RECENT_MS = 10_000
KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Change:
    """`tell_now`: nobody was told within the pause. `tell_later`: this change is the one to wait for its end."""

    version: int
    tell_now: bool
    tell_later: bool


@cache
def redis() -> Redis:
    """Short time-outs: a page that has already been changed does not wait for a broken Redis."""
    return Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)


def count_change(topic: str) -> Change:
    with redis().pipeline(transaction=False) as pipe:
        pipe.set(_key("version", topic), time.time_ns() // 1_000, nx=True, ex=KEPT_SECONDS)
        pipe.incr(_key("version", topic))
        pipe.set(_key("recent", topic), 1, px=RECENT_MS)
        pipe.set(_key("pause", topic), 1, nx=True, px=PAUSE_MS)
        _seeded, version, _recent, first = pipe.execute()
    waits = not first and bool(redis().set(_key("due", topic), 1, nx=True, px=5 * PAUSE_MS))
    return Change(version=int(version), tell_now=bool(first), tell_later=waits)


def take_due(topic: str) -> int:
    """The version to tell of at the end of a pause; begins the next pause."""
    with redis().pipeline(transaction=False) as pipe:
        # The mark goes first: a change after it leaves a new mark, one before it is in the version we read.
        pipe.delete(_key("due", topic))
        pipe.set(_key("pause", topic), 1, px=PAUSE_MS)
        pipe.get(_key("version", topic))
        return int(pipe.execute()[-1] or 0)


def recent_versions(topics: list[str]) -> dict[str, int]:
    """Those of the topics that changed within the last seconds, with their versions."""
    if not topics:
        return {}
    marks = redis().mget([_key("recent", topic) for topic in topics])
    versions = redis().mget([_key("version", topic) for topic in topics])
    return {
        topic: int(version)
        for topic, mark, version in zip(topics, marks, versions, strict=True)
        if mark is not None and version is not None
    }


def _key(what: str, topic: str) -> str:
    return f"engage.live.{what}.{topic}"
