"""Work that is done after the answer, by a worker (`manage.py procrastinate worker`), from a queue in PostgreSQL.

A task is a function in some app's `tasks.py`; verbs put it into the queue by its name, so nothing is imported
upwards. The rule for every task: what is still to be done can be read from our own tables, and doing it twice is
harmless. Then a lost job costs time and nothing else, and a periodic task picks up what a crash left.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.types import JSONValue
from prometheus_client.metrics_core import GaugeMetricFamily

LOST_AFTER = 60  # seconds without a sign of life; a worker gives one every ten


def later(name: str, *, once: bool = False, **arguments: JSONValue) -> None:
    """Queue the task of this name when the transaction commits; with `once`, unless it waits in the queue already."""

    def defer() -> None:
        task = app.configure_task(name, allow_unknown=False, queueing_lock=name if once else None)
        try:
            with transaction.atomic():
                task.defer(**arguments)
        except AlreadyEnqueued:
            return

    transaction.on_commit(defer)


class Queue:
    """For `/metrics`: how many jobs wait that could run now, for how long the oldest has, and how many have failed."""

    def describe(self) -> list[GaugeMetricFamily]:
        return []  # else the database would be asked as soon as this is imported

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'failed'),"
                    " COALESCE(extract(epoch FROM now() - min(waits_since) FILTER (WHERE status = 'todo')), 0)"
                    " FROM (SELECT status, COALESCE(scheduled_at, (SELECT min(at) FROM procrastinate_events"
                    " WHERE job_id = jobs.id)) AS waits_since FROM procrastinate_jobs jobs"
                    " WHERE status IN ('todo', 'failed') AND COALESCE(scheduled_at, now()) <= now()) AS due"
                )
                waiting, failed, seconds = cursor.fetchone()
        except DatabaseError:
            return
        yield GaugeMetricFamily("engage_jobs_waiting", "Background jobs that could run now", value=waiting)
        yield GaugeMetricFamily("engage_jobs_failed", "Background jobs that failed for good", value=failed)
        yield GaugeMetricFamily(
            "engage_jobs_oldest_seconds", "How long the oldest of them has waited", value=seconds
        )
