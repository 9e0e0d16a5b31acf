"""Reactions that must not be lost: `hears` is `follow` that survives a crash.

A reaction runs just after the commit of what happened. When the process dies in between, `hear_again` finds the
happening in the record and runs it later. So what is decorated must do no harm when it runs twice; `notify` does none.
"""

from __future__ import annotations

from collections.abc import Callable

from engage.kit.happenings import Follower, Happening, follow

_hearers: dict[str, list[Follower]] = {}


def hears(*names: str) -> Callable[[Follower], Follower]:
    """Decorator for reactions to the named events, in place of `engage.kit.happenings.follow`."""

    def decorate(hearer: Follower) -> Follower:
        for name in names:
            _hearers.setdefault(name, []).append(hearer)
        return follow(*names)(hearer)

    return decorate


def names_heard() -> list[str]:
    return sorted(_hearers)


def hear(happening: Happening) -> None:
    for hearer in _hearers.get(happening.name, []):
        hearer(happening)
