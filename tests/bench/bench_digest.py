"""What a digest for 40,000 followers costs: `make bench`.

A happening is told to everybody, then their digest falls due: emails are made and sent, to a file in place of a mail
server. Printed are the time and the SQL statements for each 1,000 residents, and the memory of this process as it
goes along, which must stay flat. Then it is done again by a worker that is killed with `kill -9` on the way, and
the addresses are counted. Only that is asserted: nobody is left out, and nobody gets another email.
"""

import resource
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engage.kit.happenings import unheard
from engage.notifications.actions import mailing, make_mails, notify, send_next, tell_next, telling
from engage.notifications.actions.mailing import LEASE
from engage.notifications.models import Mail, News, Notification
from ideas.models import Idea
from tests.factories import IdeaFactory
from tests.notifications.crowd import followers
from tests.notifications.poster import ToFile, post, started

FOLLOWERS = 40_000
NOW = datetime(2026, 6, 3, 11, tzinfo=UTC)
MORNING = datetime(2026, 6, 4, 6, tzinfo=UTC)
PAGE = resource.getpagesize()


@pytest.mark.django_db(transaction=True)
def test_digest(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with unheard():  # its author does not follow it
        idea = IdeaFactory()
    everybody = followers(idea, FOLLOWERS, NOW)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    lines = [
        f"{FOLLOWERS:,} followers",
        f"{'step':<24}{'batch':>7}{'SQL':>6}{'s per 1,000':>13}{'peak MB':>10}{'grew MB':>10}",
    ]
    _happen(idea, "first", lines)
    sent = tmp_path / "sent"
    monkeypatch.setattr(mailing, "mailers", type("Mailers", (), {"default": ToFile(sent)}))
    lines.append(_measured("make emails", mailing.MAKE, _making()))
    lines.append(_measured("write and send", mailing.SEND, lambda: bool(send_next(clock=lambda: MORNING))))
    assert sorted(line.split()[0] for line in sent.read_text().splitlines()) == sorted(everybody)
    lines += _killed(idea, everybody, tmp_path / "again")
    with capsys.disabled():
        print("\n" + "\n".join(lines))  # noqa: T201 - the measurement is the output


def _happen(idea: Idea, key: str, lines: list[str]) -> None:
    notify(kind="idea_comment", topic=("idea", idea.pk), at=NOW, data={"comment": 1}, key=key)
    news = News.objects.latest("pk").pk
    lines.append(_measured("tell", telling.BATCH, lambda: bool(tell_next(news_id=news, at=NOW))))
    assert Notification.objects.filter(news=news).count() == FOLLOWERS


def _making() -> Callable[[], bool]:
    after = 0

    def batch() -> bool:
        nonlocal after
        found = make_mails(at=MORNING, after=after)
        after = found or after
        return found is not None

    return batch


def _measured(step: str, size: int, batch: Callable[[], bool]) -> str:
    """Run `batch` until it answers False. The statements are those of the second batch; memory after the first."""
    started_at = time.perf_counter()
    batch()
    with CaptureQueriesContext(connection) as asked:
        batch()
    first = peak = _memory()
    while batch():
        peak = max(peak, _memory())
    seconds = (time.perf_counter() - started_at) * 1000 / FOLLOWERS
    return f"{step:<24}{size:>7,}{len(asked):>6}{seconds:>13.2f}{peak:>10.0f}{peak - first:>10.1f}"


def _memory() -> float:
    """Megabytes that this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 2**20


def _killed(idea: Idea, everybody: list[str], sent: Path) -> list[str]:
    """The same again, by workers that are killed again and again: nobody left out, nobody with another email."""
    _happen(idea, "second", [])
    at, kills = MORNING, 0
    for share in (0.1, 0.3, 0.6):
        worker = started(connection.settings_dict["NAME"], sent, at)
        while worker.poll() is None and _count(sent) < FOLLOWERS * share:
            time.sleep(0.05)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        kills += 1
        at += LEASE + timedelta(seconds=1)
    before = _count(sent)
    post(sent, at)
    lines = sent.read_text().splitlines()
    assert {line.split()[0] for line in lines} == set(everybody)
    assert len(set(lines)) == FOLLOWERS
    assert not Mail.objects.filter(sent_at=None).exists()
    twins = len(lines) - FOLLOWERS
    assert twins <= kills
    return [
        f"killed {kills} times, the last after {before:,} of {FOLLOWERS:,}:"
        f" everybody got it, {twins} got it twice with the same Message-ID"
    ]


def _count(sent: Path) -> int:
    return sent.read_bytes().count(b"\n") if sent.exists() else 0
