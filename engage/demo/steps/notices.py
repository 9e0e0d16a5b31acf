"""What people follow, and what they were told in the last weeks."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db.models import F

from engage.audit.models import Record
from engage.demo.loaded import Loaded
from engage.demo.plan import LONDON, TODAY
from engage.kit.happenings import Happening
from engage.notifications.actions import tell_next, watch
from engage.notifications.hearing import hear, names_heard
from engage.notifications.models import Following, News, Notification
from ideas.models import Idea, Support

LATELY = timedelta(days=90)
UNREAD = timedelta(days=14)
WATCHED_THEMES = 2


def load_notices(loaded: Loaded) -> None:
    """Authors and supporters follow their ideas; the resident whom a visitor can be watches her own area as well."""
    now = datetime.combine(TODAY, time(12), LONDON)
    _follow()
    resident = loaded.accounts["resident"].resident
    homes = [resident.home_id] if resident.home_id else []
    themes = [theme.pk for theme in list(loaded.themes.values())[:WATCHED_THEMES]]
    watch(resident=resident, places=homes, themes=themes, at=now - LATELY)
    lately = Record.objects.filter(at__gte=now - LATELY, event__in=names_heard()).order_by("at", "pk")
    for record in lately:
        hear(Happening(record.event, record.subject_id, record.actor_id, record.at, record.data))
    for news in News.objects.order_by("happened_at", "pk"):
        while tell_next(news_id=news.pk, at=news.happened_at):
            continue
    # The demo writes to nobody: what was told lies on the site.
    Notification.objects.update(mail_due_at=None)
    read = Notification.objects.filter(happened_at__lt=now - UNREAD)
    read.update(read_at=F("happened_at") + timedelta(hours=3))


def _follow() -> None:
    authors = Idea.objects.exclude(author=None).values_list("author", "pk", "suggested_at")
    supporters = Support.objects.values_list("resident", "idea", "given_at")
    rows = [(*row, "author") for row in authors] + [(*row, "support") for row in supporters]
    Following.objects.bulk_create(
        (
            Following(resident_id=resident, topic_kind="idea", topic_id=idea, since=since, through=through)
            for resident, idea, since, through in rows
        ),
        batch_size=2000,
        ignore_conflicts=True,
    )
