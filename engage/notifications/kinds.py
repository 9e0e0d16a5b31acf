"""The registry that apps fill: which kinds of news there are, and what they can be about.

A topic is a kind of thing and its number, as on live screens: `("idea", 12)`. Its kind says how to find names and
addresses for many numbers in one query; a number it leaves out (deleted, or hidden by a moderator) is no longer
shown by name anywhere, whenever the news was told. A kind of news says in which words it is told; they are put
together when they are read, in the reader's language.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engage.notifications.enums import Channel

log = logging.getLogger(__name__)

type Words = str | Promise
type Topic = tuple[str, int]
type Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class About:
    """What a topic is called now and where it is; `url` is a path on this site, or empty."""

    name: str
    url: str = ""


type Find = Callable[[Collection[int]], Mapping[int, About]]


@dataclass(frozen=True, slots=True)
class TopicKind:
    """`find` answers for many numbers at once and leaves out what nobody may see. `gone` names what it left out.

    One that is not `open` cannot be followed: news about it goes to people by name, such as to an author. An `area`
    is watched for what is new in it, rather than followed for what becomes of it.
    """

    key: str
    find: Find
    gone: Words
    open: bool = True
    area: bool = False


def _no_values(data: Data) -> dict[str, Words]:
    return {}


def _no_fragment(data: Data) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of news.

    `title` is a sentence with `%(topic)s` and whatever `values(data)` answers; `many` is its plural for a digest,
    with `%(count)d`, and without one each piece of news has its own line. `fragment(data)` leads to the place on
    the topic's page. `group` and `label` are how the kind is offered on the page of preferences; `needs` is the
    permission without which it is not.
    """

    key: str
    group: Words
    label: Words
    title: Words
    default: Channel
    many: Words = ""
    values: Callable[[Data], Mapping[str, Words]] = _no_values
    fragment: Callable[[Data], str] = _no_fragment
    needs: str = ""


_kinds: dict[str, Kind] = {}
_topic_kinds: dict[str, TopicKind] = {}


def register(*kinds: Kind) -> None:
    for kind in kinds:
        _kinds[kind.key] = kind


def register_topic(kind: TopicKind) -> None:
    _topic_kinds[kind.key] = kind


def kind_of(key: str) -> Kind:
    """The kind with this key. Raises KeyError."""
    return _kinds[key]


def all_kinds() -> list[Kind]:
    return list(_kinds.values())


def is_area(topic: Topic) -> bool:
    return topic[0] in _topic_kinds and _topic_kinds[topic[0]].area


def area_kinds() -> list[str]:
    return sorted(kind.key for kind in _topic_kinds.values() if kind.area)


def topic_from(text: str) -> Topic | None:
    """`"idea.12"` → `("idea", 12)`, or None when it does not name a topic that anybody can follow."""
    kind, _dot, number = text.partition(".")
    known = kind in _topic_kinds and _topic_kinds[kind].open
    return (kind, int(number)) if known and re.fullmatch(r"[0-9]{1,18}", number) else None


def about(topics: Collection[Topic]) -> dict[Topic, About]:
    """What these topics are called now; one query for each kind among them."""
    found: dict[Topic, About] = {}
    for key in sorted({kind for kind, _number in topics}):
        if key in _topic_kinds:
            numbers = {number for kind, number in topics if kind == key}
            found |= {(key, number): what for number, what in _topic_kinds[key].find(numbers).items()}
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of news in words. `url` is a path, empty when there is nothing left to see."""

    title: str
    url: str


def tell(key: str, topic: Topic, data: Data, known: Mapping[Topic, About], *, count: int = 1) -> Told:
    """The words for news of a kind (or for `count` pieces of the same); `known` comes from `about`."""
    kind, what = _kinds.get(key), known.get(topic)
    if kind is None or what is None:
        return _gone(topic)
    try:
        values = {"topic": what.name, "count": count, **kind.values(data)}
        title = str(kind.many if count > 1 else kind.title) % values
        fragment = kind.fragment(data) if what.url and count == 1 else ""
    except (KeyError, ValueError):
        log.warning("News of the kind %s holds a code that is no longer known", key, exc_info=True)
        return _gone(topic)
    return Told(title, what.url + fragment)


def _gone(topic: Topic) -> Told:
    gone = _topic_kinds[topic[0]].gone if topic[0] in _topic_kinds else _("Something that is no longer here")
    return Told(str(gone), "")
