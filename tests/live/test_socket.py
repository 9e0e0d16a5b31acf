"""The socket over a real Redis: who hears what, how often, and what happens when Redis is away."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator

from engage.asgi import application
from engage.live import actions, versions
from engage.live.actions import announce
from engage.live.consumers import NOT_UNDERSTOOD, TOO_MANY
from engage.live.topics import TOPICS_PER_SOCKET

numbers = count(910_001)


@pytest.fixture
def topic() -> str:
    """A topic that no other test has changed."""
    return f"idea.{next(numbers)}"


class Screen(ApplicationCommunicator):
    """A browser's end of the socket."""

    def __init__(self, origin: bytes = b"http://testserver") -> None:
        headers = [(b"origin", origin), (b"host", b"testserver")]
        super().__init__(application, {"type": "websocket", "path": "/ws/live/", "headers": headers})

    async def opens(self) -> bool:
        await self.send_input({"type": "websocket.connect"})
        return (await self.receive_output(10))["type"] == "websocket.accept"

    async def says(self, text: str) -> None:
        await self.send_input({"type": "websocket.receive", "text": text})

    async def hears(self) -> dict[str, Any]:
        return json.loads((await self.receive_output(10))["text"])


@asynccontextmanager
async def screen_on(*topics: str) -> AsyncIterator[Screen]:
    screen = Screen()
    assert await screen.opens()
    if topics:
        await screen.says(json.dumps({"subscribe": list(topics)}))
        # Messages are taken in turn: an unchanged topic is answered by silence, and then the subscription stands.
        assert await screen.receive_nothing(timeout=0.3)
    try:
        yield screen
    finally:
        await screen.send_input({"type": "websocket.disconnect", "code": 1000})
        await screen.wait(10)


def say(topic: str) -> Any:
    return sync_to_async(announce, thread_sensitive=False)(topic)


def run(test: Any) -> None:
    asyncio.run(test)


@pytest.mark.slow
def test_every_screen_that_watches_hears_and_no_other(topic: str) -> None:
    async def scene() -> None:
        async with screen_on(topic) as one, screen_on(topic, "idea.5") as two, screen_on("idea.5") as other:
            await say(topic)
            first = await one.hears()
            assert first["topic"] == topic
            assert first["version"] > 0
            assert await two.hears() == first
            assert await other.receive_nothing(timeout=0.3)

    run(scene())


def test_versions_grow_even_when_redis_forgot(topic: str) -> None:
    before = versions.count_change(topic).version
    assert versions.count_change(topic).version > before
    for key in versions.redis().keys(f"engage.live.*.{topic}"):
        versions.redis().delete(key)
    assert versions.count_change(topic).version > before


@pytest.mark.slow
def test_a_hot_topic_is_told_at_once_and_then_once_for_all_that_follows(topic: str) -> None:
    async def scene() -> None:
        async with screen_on(topic) as screen:
            for _ in range(40):
                await say(topic)
            first, last = await screen.hears(), await screen.hears()
            assert last["version"] == first["version"] + 39
            assert await screen.receive_nothing(timeout=1.5)

    run(scene())


def test_a_change_made_just_before_subscribing_is_not_missed(topic: str) -> None:
    async def scene() -> None:
        await say(topic)
        async with screen_on() as screen:
            await screen.says(json.dumps({"subscribe": [topic]}))
            assert (await screen.hears())["topic"] == topic

    run(scene())


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ('{"subscribe": ["drop table"]}', NOT_UNDERSTOOD),
        (json.dumps({"subscribe": [f"a.{n}" for n in range(1, TOPICS_PER_SOCKET + 2)]}), TOO_MANY),
    ],
)
def test_a_socket_that_misbehaves_is_closed(message: str, code: int) -> None:
    async def scene() -> None:
        async with screen_on() as screen:
            await screen.says(message)
            closed = await screen.receive_output(10)
            assert (closed["type"], closed["code"]) == ("websocket.close", code)

    run(scene())


def test_another_site_cannot_open_the_socket() -> None:
    async def scene() -> None:
        assert not await Screen(origin=b"https://elsewhere.example").opens()

    run(scene())


@pytest.fixture
def redis_away(settings: Any) -> Iterator[None]:
    """Nobody listens where Redis should."""
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    versions.redis.cache_clear()
    yield
    versions.redis.cache_clear()


def test_announcing_without_redis_is_logged_and_breaks_nothing(
    redis_away: None, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A logger of its own: how the site's loggers are set up is not what is asked here.
    log = logging.Logger("live")
    log.addHandler(caplog.handler)
    monkeypatch.setattr(actions, "log", log)
    pauses: list[float] = []
    monkeypatch.setattr("redis.retry.sleep", pauses.append)
    announce("idea.1")
    assert "were not told" in caplog.text
    assert not pauses, "whoever changed something waits for nobody"
