"""What the worker does for ballots. It can be run again: what is to be done is read from the tables."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from budgets.ballots import actions, queries


@app.periodic(cron="45 6 * * *")
@app.task(name="ballots.remind_to_close", queueing_lock="ballots.remind_to_close")
def remind_to_close(timestamp: int) -> None:
    """A ballot that nobody closes keeps the secret that leads from people to votes."""
    at = timezone.now()
    for ballot in queries.waiting_to_be_closed(at):
        actions.remind_to_close(ballot=ballot, at=at)
