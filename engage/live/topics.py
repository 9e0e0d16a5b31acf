"""Topics: what a screen can watch. A topic is a kind of thing and its number, such as `idea.12`."""

import json
import re

TOPICS_PER_SOCKET = 60
LONGEST_MESSAGE = 4096
_TOPIC = re.compile(r"[a-z][a-z_]{0,29}\.[1-9][0-9]{0,17}", re.ASCII)


class NotUnderstood(ValueError):
    """What came down the socket is not a subscription."""


def topic_of(kind: str, number: int) -> str:
    """`("idea", 12)` → `idea.12`. Raises NotUnderstood for what no socket could subscribe to."""
    topic = f"{kind}.{number}"
    if not _TOPIC.fullmatch(topic):
        raise NotUnderstood(topic)
    return topic


def group_of(topic: str) -> str:
    """The channel layer's name for everybody who watches the topic."""
    return f"live.{topic}"


def subscription(text: str | None) -> list[str]:
    """The topics of `{"subscribe": ["idea.12"]}`, each once, in order. Raises NotUnderstood."""
    if not text or len(text) > LONGEST_MESSAGE:
        raise NotUnderstood("size")
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        raise NotUnderstood("not JSON") from None
    wanted = message.get("subscribe") if isinstance(message, dict) else None
    if not isinstance(wanted, list):
        raise NotUnderstood("no list of topics")
    if not all(isinstance(topic, str) and _TOPIC.fullmatch(topic) for topic in wanted):
        raise NotUnderstood("no such kind of topic")
    return list(dict.fromkeys(wanted))
