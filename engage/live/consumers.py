"""The socket: a browser says which topics its page shows, and hears when one of them has changed."""

import json
import logging
from typing import Any

from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from redis.exceptions import RedisError

from engage.live.topics import TOPICS_PER_SOCKET, NotUnderstood, group_of, subscription
from engage.live.versions import recent_versions

log = logging.getLogger(__name__)

NOT_UNDERSTOOD = 4400
TOO_MANY = 4429
TRY_LATER = 1013


class LiveConsumer(AsyncWebsocketConsumer):
    """Receives `{"subscribe": ["idea.12"]}`, sends `{"topic": "idea.12", "version": 7}`. Knows nobody's name."""

    async def connect(self) -> None:
        self.topics: set[str] = set()
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        try:
            wanted = [topic for topic in subscription(text_data) if topic not in self.topics]
        except NotUnderstood:
            await self.close(code=NOT_UNDERSTOOD)
            return
        if len(self.topics) + len(wanted) > TOPICS_PER_SOCKET:
            await self.close(code=TOO_MANY)
            return
        try:
            await self.watch(wanted)
        except (RedisError, OSError):
            log.warning("A screen could not subscribe", exc_info=True)
            await self.close(code=TRY_LATER)

    async def watch(self, topics: list[str]) -> None:
        for topic in topics:
            await self.channel_layer.group_add(group_of(topic), self.channel_name)
            self.topics.add(topic)
        for topic, version in (await sync_to_async(recent_versions)(topics)).items():
            await self.live_changed({"topic": topic, "version": version})

    async def live_changed(self, event: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps({"topic": event["topic"], "version": event["version"]}))

    async def disconnect(self, code: int) -> None:
        for topic in self.topics:
            try:
                await self.channel_layer.group_discard(group_of(topic), self.channel_name)
            except (RedisError, OSError):
                log.warning("A screen left while Redis was away", exc_info=True)
                return
