"""The queue: jobs commit with what they are about, a worker does them, and none is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import TaskNotFound
from prometheus_client import CollectorRegistry, generate_latest

from engage.kit.jobs import Queue, later
from engage.notifications.actions import follow, notify
from engage.notifications.models import Mail
from tests.factories import IdeaFactory, ResidentFactory

POST = "notifications.post"


def jobs() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status FROM procrastinate_jobs ORDER BY id")
        return list(cursor.fetchall())


def work() -> None:
    """What `manage.py procrastinate worker` does, until the queue is empty."""
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


@pytest.mark.django_db(transaction=True)
class TestLater:
    def test_a_job_waits_for_the_commit(self) -> None:
        with transaction.atomic():
            later(POST)
            assert jobs() == []
        assert jobs() == [(POST, "todo")]

    def test_what_is_undone_leaves_no_job(self) -> None:
        with transaction.atomic():
            later(POST)
            transaction.set_rollback(True)
        assert jobs() == []

    def test_once_is_enough(self) -> None:
        for _ in range(2):
            later(POST, once=True)
        assert jobs() == [(POST, "todo")]

    def test_a_job_that_does_not_exist_is_a_mistake(self) -> None:
        with pytest.raises(TaskNotFound):
            later("nothing.here")


@pytest.mark.django_db(transaction=True)
def test_a_worker_tells_and_mails_what_happened() -> None:
    idea, resident = IdeaFactory(title="Lights"), ResidentFactory()
    now = datetime.now(UTC)
    follow(resident=resident, topic=("idea", idea.pk), at=now)
    notify(kind="idea_status", topic=("idea", idea.pk), at=now, data={"status": "done"})
    work()
    assert [letter.subject for letter in mail.outbox if letter.to == [resident.account.email]] == [
        "“Lights” is now: Done"
    ]
    assert not Mail.objects.filter(sent_at=None).exists()
    assert ("notifications.tell", "succeeded") not in jobs()  # what is done is gone


@pytest.mark.django_db(transaction=True)
def test_what_a_worker_was_doing_when_it_died_is_queued_again() -> None:
    later(POST)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id",
            [datetime.now(UTC) - timedelta(minutes=5)],
        )
        (dead,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [dead])
    app.configure_task("kit.restart_lost_jobs").defer(timestamp=0)
    work()
    assert (POST, "todo") in jobs()


@pytest.mark.django_db(transaction=True)
def test_the_operator_sees_how_much_waits() -> None:
    registry = CollectorRegistry()
    registry.register(Queue())
    assert "engage_jobs_waiting 0.0" in generate_latest(registry).decode()
    later(POST)
    shown = generate_latest(registry).decode()
    assert "engage_jobs_waiting 1.0" in shown
    assert "engage_jobs_failed 0.0" in shown
    assert "engage_jobs_oldest_seconds 0." in shown
