"""What happens to a post before anybody has looked at it: from a few facts alone.

docs/rules/moderation.md is this in prose, with a worked table that the tests read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ideas.enums import FlagSource

LATELY = timedelta(minutes=10)
# A post after this many lately is looked at; after this many it is not taken.
MANY_POSTS = 5
TOO_MANY_POSTS = 10
MANY_LINKS = 2
# As many different people must flag something before it is hidden without a moderator.
HOLDING_FLAGS = 3

# Endings that tell an address from a full stop without a space after it.
_ENDINGS = (
    "com|org|net|info|biz|shop|store|online|site|club|top|xyz|live|pro|app|dev|io|me|tv|cc|link|click|"
    "uk|eu|de|fr|nl|ie|ru|cn|in|us|ca|au|co|ly|gg|to"
)
_NAME = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_WHOLE = r"(?:https?://|\bwww\.)(?:(?!https?://)[^\s<>\"'])+"
# Not after @: the end of an email address is no link.
_BARE = rf"(?<![@\w.-]){_NAME}(?:\.{_NAME})*\.(?:{_ENDINGS})\b(?:/\S*)?"
_DOT = r"(?:\s+dot\s+|\s*[\[({]\s*(?:dot|\.)\s*[\])}]\s*)"
_SPELT = rf"(?<![\w-])(?!(?:the|a|an|this|that|every|of|in)\b){_NAME}{_DOT}(?:{_ENDINGS})\b"
_LINK = re.compile(f"{_WHOLE}|{_BARE}|{_SPELT}", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:https?://)?([^/?#]+)", re.IGNORECASE)
_AFTER_A_LINK = ".,;:!?)]}"


@dataclass(frozen=True, slots=True)
class Post:
    """`lately` are the times of the author's earlier posts that lie in the ten minutes before this one."""

    text: str
    is_first: bool
    lately: Sequence[datetime] = ()


@dataclass(frozen=True, slots=True)
class Screening:
    """What to flag it as, whether it waits for a moderator, or how long its author has to wait (then nothing else)."""

    sources: tuple[FlagSource, ...] = ()
    hold: bool = False
    wait: timedelta | None = None


def screen(post: Post, *, at: datetime, own_hosts: Collection[str] = ()) -> Screening:
    """A link to this site itself (`own_hosts`) is none: people point at each other's ideas."""
    if len(post.lately) >= TOO_MANY_POSTS:
        return Screening(wait=max(min(post.lately) + LATELY - at, timedelta(seconds=1)))
    links = len(links_in(post.text, own_hosts=own_hosts))
    found = {
        FlagSource.FIRST_POST: post.is_first,
        FlagSource.LINKS: links >= MANY_LINKS or (post.is_first and links > 0),
        FlagSource.RATE: len(post.lately) >= MANY_POSTS,
    }
    return Screening(
        sources=tuple(source for source, true in found.items() if true), hold=found[FlagSource.LINKS]
    )


def links_in(text: str, *, own_hosts: Collection[str] = ()) -> list[str]:
    """Web addresses, whole, bare or spelt out (“example dot com”), as they were written."""
    found = [match.group().rstrip(_AFTER_A_LINK) for match in _LINK.finditer(text)]
    return [link for link in found if _host(link) not in own_hosts]


def _host(link: str) -> str:
    """Empty where a name stands before an @, which makes one site look like another."""
    match = _AUTHORITY.match(link)
    authority = match[1].lower() if match else ""
    return "" if "@" in authority else authority.split(":")[0].removeprefix("www.")


def holds(*, people: int, official: bool, looked_at: bool) -> bool:
    """Whether flags alone hide something until a moderator looks.

    What the council answers is never hidden so, nor what a moderator has looked at and kept.
    """
    return people >= HOLDING_FLAGS and not official and not looked_at
