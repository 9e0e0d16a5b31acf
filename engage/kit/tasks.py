"""Keeping the queue itself in order."""

from datetime import UTC, datetime, timedelta

from procrastinate import JobContext
from procrastinate.contrib.django import app

from engage.kit.jobs import LOST_AFTER

KEPT_HOURS = 24 * 14


@app.periodic(cron="*/5 * * * *")
@app.task(name="kit.restart_lost_jobs", queueing_lock="kit.restart_lost_jobs", pass_context=True)
async def restart_lost_jobs(context: JobContext, timestamp: int) -> None:
    """Queue again what a worker was doing when it died."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=LOST_AFTER):
        await manager.retry_job(job, retry_at=datetime.now(UTC) + timedelta(seconds=1))


@app.periodic(cron="40 3 * * *")
@app.task(name="kit.forget_old_jobs", queueing_lock="kit.forget_old_jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Jobs that failed stay for two weeks, so that somebody can look; those that succeeded went at once."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
