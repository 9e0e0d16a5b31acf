"""From a happening to one notification for each resident who should hear of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.timezone import localtime

from engage.audit.models import Record
from engage.kit.happenings import Happening
from engage.kit.jobs import later
from engage.notifications.hearing import hear, names_heard
from engage.notifications.kinds import Topic, kind_of
from engage.notifications.models import Heard, News
from engage.notifications.rules.digests import next_daily, next_weekly
from engage.places.models import Place

TELL = "notifications.tell"
BATCH = 2_000
# A transaction that began earlier may commit a record with a smaller number later; none takes this long.
LAG = timedelta(minutes=2)


@transaction.atomic
def notify(
    *,
    kind: str,
    topic: Topic,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    to_followers: bool = True,
    topics: Collection[Topic] = (),
    also: Collection[int] = (),
    but_not: Collection[int] = (),
    key: str = "",
) -> bool:
    """Tell those who follow `topic` or one of `topics`, and the residents `also`, of something that happened.

    `to_followers=False` leaves the followers of `topic` out: for news that goes to people by their number only.
    Followers of a place hear of what happens in any place within it. `but_not` are residents who need not hear,
    such as who did it. `data` is codes and numbers for the kind's words. The same kind, topic, moment and `key`
    is the same news: the answer is False when it was told already. The telling itself is done by a worker.
    """
    kind_of(kind)
    news, new = News.objects.get_or_create(
        key=f"{kind} {topic[0]}.{topic[1]} {at.isoformat()} {key}".strip(),
        defaults={
            "kind": kind,
            "topic_kind": topic[0],
            "topic_id": topic[1],
            "data": dict(data or {}),
            "happened_at": at,
            "topics": [list(each) for each in ({topic} if to_followers else set()) | set(topics)],
            "also": sorted(set(also)),
            "but_not": sorted(set(but_not)),
        },
    )
    if new:
        later(TELL, news=news.pk)
    return new


@transaction.atomic
def tell_next(*, news_id: int, at: datetime, batch: int = BATCH) -> int | None:
    """Tell the next `batch` residents of a piece of news. The answer is how many; None when all know, or another
    worker is telling it just now.

    The notifications and how far we are commit together: killed at any point, it goes on with the next resident.
    """
    news = (
        News.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=news_id, told_at=None).first()
    )
    if news is None:
        return None
    last, count = _insert(news, at, batch)
    if count < batch:
        news.told_at = at
    news.told_up_to = last or news.told_up_to
    news.save(update_fields=["told_up_to", "told_at"])
    return count


def hear_again(*, at: datetime) -> int:
    """Run the reactions that did not run to what was recorded, because a process died at the wrong moment.

    Nothing from before the first time is heard, nor what was loaded as history (its moment lies before the last
    check). The answer is how many records were gone through.
    """
    newest = Record.objects.filter(at__lt=at - LAG).aggregate(newest=Max("pk"))["newest"] or 0
    heard = Heard.objects.order_by("pk").first()
    if heard is None:
        Heard.objects.create(record_id=newest, checked_at=at)
        return 0
    missed = Record.objects.filter(
        pk__gt=heard.record_id,
        pk__lte=newest,
        at__gt=heard.checked_at - 2 * LAG,
        at__lt=at - LAG,
        event__in=names_heard(),
    )
    count = 0
    for each in missed.order_by("pk").iterator(chunk_size=500):
        hear(_happening(each))
        count += 1
    Heard.objects.filter(pk=heard.pk).update(record_id=max(newest, heard.record_id), checked_at=at)
    return count


def hear_record(record_id: int) -> None:
    """Run the reactions to one line of the record that have not run yet."""
    hear(_happening(Record.objects.get(pk=record_id)))


def _happening(line: Record) -> Happening:
    return Happening(line.event, line.subject_id, line.actor_id, line.at, line.data, record_id=line.pk)


def _insert(news: News, at: datetime, batch: int) -> tuple[int | None, int]:
    """One statement for a batch: who hears, how, and their rows. Answers the last resident and how many there were."""
    here = localtime(at)
    topics = _everything_followed(news)
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            {
                "news": news.pk,
                "kind": news.kind,
                "default": str(kind_of(news.kind).default),
                "happened": news.happened_at,
                "now": at,
                "daily": next_daily(here),
                "weekly": next_weekly(here),
                "kinds": [kind for kind, _number in topics],
                "numbers": [number for _kind, number in topics],
                "also": news.also,
                "but_not": news.but_not,
                "after": news.told_up_to,
                "batch": batch,
            },
        )
        last, count = cursor.fetchone()
    return last, count


def _everything_followed(news: News) -> list[Topic]:
    """The topics whose followers hear, and for places all those they lie in as well."""
    topics = {(kind, number) for kind, number in news.topics}
    places = [number for kind, number in topics if kind == "place"]
    for path in Place.objects.filter(pk__in=places).values_list("path", flat=True) if places else ():
        topics |= {("place", int(part)) for part in path.split("/") if part}
    return sorted(topics)


INSERT = """
WITH topics AS (
  SELECT * FROM unnest(%(kinds)s::text[], %(numbers)s::bigint[]) AS t (kind, number)
), heard AS (
  SELECT resident_id FROM (
    SELECT f.resident_id FROM topics t JOIN notifications_following f
      ON f.topic_kind = t.kind AND f.topic_id = t.number AND f.resident_id > %(after)s
    UNION
    SELECT unnest(%(also)s::bigint[])
  ) AS everybody
  WHERE resident_id > %(after)s AND resident_id <> ALL (%(but_not)s::bigint[])
  ORDER BY resident_id LIMIT %(batch)s
), made AS (
  INSERT INTO notifications_notification (news_id, resident_id, happened_at, mail_due_at)
  SELECT %(news)s, h.resident_id, %(happened)s,
    CASE WHEN COALESCE(p.mail_on, true) THEN
      CASE COALESCE(p.channels ->> %(kind)s, %(default)s)
        WHEN 'now' THEN %(now)s::timestamptz
        WHEN 'daily' THEN %(daily)s::timestamptz
        WHEN 'weekly' THEN %(weekly)s::timestamptz
      END
    END
  FROM heard h
  JOIN residents_resident r ON r.id = h.resident_id AND r.account_id IS NOT NULL
  LEFT JOIN notifications_preference p ON p.resident_id = h.resident_id
  WHERE COALESCE(p.channels ->> %(kind)s, %(default)s) <> 'none'
  ON CONFLICT ON CONSTRAINT told_once DO NOTHING
)
SELECT max(resident_id), count(*) FROM heard
"""
