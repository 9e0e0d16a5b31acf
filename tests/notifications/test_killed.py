"""A worker is killed in the middle of a digest, truly: the next one goes on, nobody is left out, nobody gets two."""

import signal
import time
from datetime import timedelta

import pytest
from django.db import connection

from engage.kit.happenings import unheard
from engage.notifications.actions import notify, tell_next
from engage.notifications.actions.mailing import LEASE
from engage.notifications.models import Mail, News
from tests.factories import IdeaFactory
from tests.notifications.conftest import NOW
from tests.notifications.crowd import followers
from tests.notifications.poster import post, started

MANY = 130


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_nobody_is_left_out_and_nobody_gets_two(tmp_path) -> None:
    with unheard():  # its author does not follow it
        idea = IdeaFactory()
    everybody = followers(idea, MANY, NOW)
    notify(kind="idea_status", topic=("idea", idea.pk), at=NOW, data={"status": "done"})
    tell_next(news_id=News.objects.get().pk, at=NOW)
    sent = tmp_path / "sent"
    worker = started(connection.settings_dict["NAME"], sent, NOW, pause=0.02)
    try:
        # In the middle of the second batch of fifty.
        while not sent.exists() or sent.read_text().count("\n") < 70:
            assert worker.poll() is None
            time.sleep(0.01)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    before = sent.read_text().splitlines()
    assert 70 <= len(before) < MANY
    post(sent, NOW + LEASE + timedelta(seconds=1))
    lines = sent.read_text().splitlines()
    assert {line.split()[0] for line in lines} == set(everybody)
    # At most the one email that was on its way when the worker died, and then it is the same to its receiver.
    assert len(lines) <= MANY + 1
    assert len(set(lines)) == MANY
    assert not Mail.objects.filter(sent_at=None).exists()
