"""Who follows what."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Denied, Refused
from engage.notifications.kinds import Topic, about
from engage.notifications.models import Following
from engage.notifications.queries import forget_standing
from engage.residents.models import Resident

WATCHED = ("place", "theme")


@transaction.atomic
def follow(*, resident: Resident, topic: Topic, at: datetime, through: str = "") -> bool:
    """True when this began to follow. What was only followed through something else is then the resident's own choice.

    Refused when there is no such topic, or nobody may see it.
    """
    if not through and topic not in about([topic]):
        raise Refused(
            Denied(_("What you want to follow is no longer here. Look for it in the list."), status=404)
        )
    kind, number = topic
    forget_standing(resident)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notifications_following (resident_id, topic_kind, topic_id, since, through)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT ON CONSTRAINT follows_once DO UPDATE SET through = ''"
            " WHERE EXCLUDED.through = '' AND notifications_following.through <> ''",
            [resident.pk, kind, number, at, through],
        )
        return cursor.rowcount == 1


@transaction.atomic
def unfollow(*, resident: Resident, topic: Topic, through: str | None = None) -> bool:
    """True when this ended a following; with `through`, only one that is there through the same."""
    kind, number = topic
    forget_standing(resident)
    found = Following.objects.filter(resident=resident, topic_kind=kind, topic_id=number)
    if through is not None:
        found = found.filter(through=through)
    return found.delete()[0] > 0


@transaction.atomic
def watch(*, resident: Resident, places: Collection[int], themes: Collection[int], at: datetime) -> None:
    """Watch exactly these places and themes, by number; other topics are left alone."""
    Resident.objects.select_for_update(no_key=True).get(pk=resident.pk)
    forget_standing(resident)
    wanted = {("place", number) for number in places} | {("theme", number) for number in themes}
    mine = Following.objects.filter(resident=resident, topic_kind__in=WATCHED)
    had = {(each.topic_kind, each.topic_id): each.pk for each in mine}
    mine.filter(pk__in=[pk for topic, pk in had.items() if topic not in wanted]).delete()
    new = [
        Following(resident=resident, topic_kind=kind, topic_id=number, since=at)
        for kind, number in sorted(wanted - set(had))
    ]
    Following.objects.bulk_create(new, ignore_conflicts=True)


@transaction.atomic
def copy_followers(*, from_topic: Topic, to_topic: Topic, through: str, at: datetime) -> int:
    """Let everybody who follows the one follow the other too; whoever follows both does so once.

    `through` names the reason, such as `merge:7`, and is what `withdraw_copies` takes. The answer is how many.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notifications_following (resident_id, topic_kind, topic_id, since, through)"
            " SELECT resident_id, %s, %s, %s, %s FROM notifications_following"
            " WHERE topic_kind = %s AND topic_id = %s ON CONFLICT ON CONSTRAINT follows_once DO NOTHING",
            [*to_topic, at, through, *from_topic],
        )
        return cursor.rowcount


@transaction.atomic
def withdraw_copies(*, through: str) -> int:
    """Take back what `copy_followers` did with this reason. Those who have chosen to follow meanwhile stay."""
    if not through:
        raise ValueError("without a reason these are people's own choices")
    return Following.objects.filter(through=through).delete()[0]
