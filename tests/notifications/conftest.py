"""What the tests of notifications share: a kind of news and a kind of topic that belong to nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache

from engage.notifications import kinds
from engage.notifications.actions import follow, notify, tell_next
from engage.notifications.enums import Channel
from engage.notifications.kinds import About, Kind, TopicKind
from engage.notifications.models import News
from engage.residents.models import Resident
from tests.factories import ResidentFactory

# A Wednesday in summer: eleven in the morning in Greenwich is noon on the council's clock.
NOW = datetime(2026, 6, 3, 11, tzinfo=UTC)
BENCH = ("bench", 7)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(autouse=True)
def of_benches(monkeypatch: pytest.MonkeyPatch) -> dict[int, str]:
    """Benches by number, which can be followed and of which there is news of three kinds. Take one out to hide it."""
    benches = {7: "Bench by the pond", 8: "Bench on the hill"}
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    monkeypatch.setattr(kinds, "_topic_kinds", dict(kinds._topic_kinds))
    kinds.register_topic(
        TopicKind(
            "bench",
            lambda numbers: {n: About(benches[n], f"/benches/{n}/") for n in numbers if n in benches},
            gone="A bench that is no longer there",
        )
    )
    kinds.register(
        Kind("bench_painted", "Benches", "A bench is painted", "“%(topic)s” was painted", Channel.NOW),
        Kind(
            "bench_sat",
            "Benches",
            "Somebody sits down",
            "Somebody sat on “%(topic)s”",
            Channel.DAILY,
            many="%(count)d people sat on “%(topic)s”",
            fragment=lambda data: f"#seat-{data['seat']}",
        ),
        Kind("bench_moved", "Benches", "A bench is moved", "“%(topic)s” was moved", Channel.WEEKLY),
    )
    return benches


@pytest.fixture(autouse=True)
def nothing_is_kept_in_the_cache() -> None:
    cache.clear()


@pytest.fixture
def follower(db: None) -> Resident:
    resident = ResidentFactory()
    follow(resident=resident, topic=BENCH, at=NOW)
    return resident


@pytest.fixture
def tell(db: None) -> Callable[..., News]:
    """Something happens to a bench, and everybody who should is told, as the worker would."""

    def happen(
        kind: str = "bench_painted", *, topic: tuple[str, int] = BENCH, at: datetime = NOW, **more: Any
    ) -> News:
        notify(kind=kind, topic=topic, at=at, **more)
        news = News.objects.latest("pk")
        while tell_next(news_id=news.pk, at=at):
            pass
        return news

    return happen
