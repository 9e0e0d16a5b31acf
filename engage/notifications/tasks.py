"""What the worker does. Every task can be run again at any time: what is to be done is read from the tables."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from engage.kit.jobs import later
from engage.notifications import actions
from engage.notifications.hearing import HEAR
from engage.notifications.models import News

POST = "notifications.post"


@app.task(name="notifications.tell", pass_context=True)
def tell(context: JobContext, news: int) -> None:
    """Tell everybody who should hear of it, batch by batch, then let emails that go out at once be sent."""
    _tell(context, news)
    later(POST, once=True)


@app.task(name=HEAR)
def hear(record: int) -> None:
    """Run the reactions that were left to the worker."""
    actions.hear_record(record)


@app.task(name=POST, queueing_lock=POST, pass_context=True)
def post(context: JobContext) -> None:
    """Make the emails that are due and send them, until none is left."""
    _post(context)


@app.periodic(cron="* * * * *")
@app.task(name="notifications.post_due", queueing_lock="notifications.post_due", pass_context=True)
def post_due(context: JobContext, timestamp: int) -> None:
    """Every minute: digests whose hour has come, quiet hours that have ended, and second tries."""
    _post(context)


@app.periodic(cron="*/5 * * * *")
@app.task(name="notifications.catch_up", queueing_lock="notifications.catch_up", pass_context=True)
def catch_up(context: JobContext, timestamp: int) -> None:
    """What a crash left: happenings nobody heard, and news that was not told to the end."""
    actions.hear_again(at=timezone.now())
    for news in list(News.objects.filter(told_at=None).values_list("pk", flat=True)):
        _tell(context, news)


@app.periodic(cron="10 3 * * *")
@app.task(name="notifications.forget_old", queueing_lock="notifications.forget_old")
def forget_old(timestamp: int) -> None:
    actions.forget_old(at=timezone.now())


def _tell(context: JobContext, news: int) -> None:
    """Between two batches the worker may be asked to stop; the next run goes on from there."""
    while not context.should_abort() and actions.tell_next(news_id=news, at=timezone.now()):
        continue


def _post(context: JobContext) -> None:
    after: int | None = 0
    while after is not None and not context.should_abort():
        after = actions.make_mails(at=timezone.now(), after=after)
    while not context.should_abort() and actions.send_next(clock=timezone.now):
        continue
