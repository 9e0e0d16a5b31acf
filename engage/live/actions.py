"""The one verb of live screens. Call it from reactions, after commit: a screen that looks again must see the change."""

import logging
from threading import Timer

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

from engage.live.topics import group_of
from engage.live.versions import PAUSE_MS, count_change, take_due

log = logging.getLogger(__name__)


def announce(topic: str) -> None:
    """Tell the screens that watch `topic` to look again: at once, or when the pause since the last time is over.

    Never fails: without Redis the page works, only nobody else's screen moves by itself.
    """
    try:
        change = count_change(topic)
        if change.tell_now:
            _tell(topic, change.version)
        elif change.tell_later:
            later = Timer(PAUSE_MS / 1000, _tell_due, [topic])
            # Ends with the process: the screens that it served connect anew, and look again then.
            later.daemon = True
            later.start()
    except (RedisError, OSError):
        log.warning("Screens that watch %s were not told", topic, exc_info=True)


def _tell_due(topic: str) -> None:
    try:
        _tell(topic, take_due(topic))
    except (RedisError, OSError):
        log.warning("Screens that watch %s were not told", topic, exc_info=True)


def _tell(topic: str, version: int) -> None:
    message = {"type": "live.changed", "topic": topic, "version": version}
    async_to_sync(get_channel_layer().group_send)(group_of(topic), message)
