"""What pages and emails ask about notifications: a constant number of statements each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db import connection, transaction
from django.urls import reverse

from engage.accounts.models import Account
from engage.kit.models import Theme
from engage.notifications.kinds import About, Told, Topic, about, area_kinds, tell
from engage.notifications.models import Following, Mail, News, Notification, Preference
from engage.places.enums import PlaceKind
from engage.places.models import Place
from engage.residents.models import Resident

A_PAGE = 20
MOST_COUNTED = 99
STANDING_KEPT = 60  # seconds


@dataclass(frozen=True, slots=True)
class Standing:
    """What pages show of notifications wherever one is: how many are not read, up to one more than MOST_COUNTED, and
    the names of the areas that are watched (`place.3`)."""

    unread: int = 0
    watched: frozenset[str] = frozenset()


STANDING = """
SELECT (SELECT count(*) FROM (
          SELECT FROM notifications_notification n WHERE n.resident_id = r.id AND n.read_at IS NULL LIMIT %s
        ) AS unread),
       ARRAY (SELECT f.topic_kind || '.' || f.topic_id FROM notifications_following f
              WHERE f.resident_id = r.id AND f.topic_kind = ANY (%s))
FROM residents_resident r WHERE r.account_id = %s
"""


def standing_of(account: Account) -> Standing:
    """One statement, whose answer is kept for a minute, since every page's header asks; see `forget_standing`."""
    kept: Standing | None = cache.get(_standing_key(account.pk))
    if kept is None:
        with connection.cursor() as cursor:
            cursor.execute(STANDING, [MOST_COUNTED + 1, area_kinds(), account.pk])
            unread, watched = cursor.fetchone() or (0, ())
        kept = Standing(unread, frozenset(watched))
        cache.set(_standing_key(account.pk), kept, STANDING_KEPT)
    return kept


def forget_standing(resident: Resident) -> None:
    """After the transaction, it is asked for anew: the resident read something or watches something else."""
    transaction.on_commit(lambda: cache.delete(_standing_key(resident.account_id)))


def watches(user: Account | AnonymousUser, topic: Topic) -> bool:
    """Whether an area is watched by whoever is signed in."""
    return isinstance(user, Account) and f"{topic[0]}.{topic[1]}" in standing_of(user).watched


def _standing_key(account_id: int | None) -> str:
    return f"notifications:standing:{account_id}"


# --- following -------------------------------------------------------------------------------------------


def is_following(resident: Resident | None, topic: Topic) -> bool:
    return bool(followed_among(resident, topic[0], [topic[1]]))


def followed_among(resident: Resident | None, kind: str, numbers: Collection[int]) -> set[int]:
    """Which of these topics of one kind the resident follows; one statement for a whole list."""
    if resident is None or not numbers:
        return set()
    mine = Following.objects.filter(resident=resident, topic_kind=kind, topic_id__in=numbers)
    return set(mine.values_list("topic_id", flat=True))


@dataclass(frozen=True, slots=True)
class Followed:
    """A topic that somebody follows, as it is called now."""

    topic: Topic
    name: str
    url: str
    since: datetime

    @property
    def key(self) -> str:
        return f"{self.topic[0]}.{self.topic[1]}"


@dataclass(frozen=True, slots=True)
class WatchPage:
    """What there is to watch, what is watched, and everything else that is followed."""

    places: Sequence[Place]
    themes: Sequence[Theme]
    watched_places: set[int]
    watched_themes: set[int]
    followed: list[Followed]


def watch_page(resident: Resident) -> WatchPage:
    """Four statements and one for each kind of topic followed."""
    mine = list(Following.objects.filter(resident=resident).order_by("-since", "-pk"))
    others = [each for each in mine if each.topic_kind not in {"place", "theme"}]
    known = about([(each.topic_kind, each.topic_id) for each in others])
    return WatchPage(
        places=sorted(Place.objects.only("kind", "name", "path"), key=_by_rank),
        themes=list(Theme.objects.all()),
        watched_places={each.topic_id for each in mine if each.topic_kind == "place"},
        watched_themes={each.topic_id for each in mine if each.topic_kind == "theme"},
        followed=[
            Followed(topic, known[topic].name, known[topic].url, each.since)
            for each in others
            if (topic := (each.topic_kind, each.topic_id)) in known
        ],
    )


def _by_rank(place: Place) -> tuple[int, str]:
    """The whole council first, then each kind by name."""
    return [kind.value for kind in PlaceKind].index(place.kind), place.name


# --- the page of notifications ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """`url` leads through the notification, so that it counts as read; empty when there is nothing left to see."""

    notification: Notification
    told: Told

    @property
    def unread(self) -> bool:
        return self.notification.read_at is None

    @property
    def url(self) -> str:
        return reverse("notifications:open", args=[self.notification.pk]) if self.told.url else ""


@dataclass(frozen=True, slots=True)
class Inbox:
    page: Page[Notification]
    items: list[Item]
    unread: int


def inbox(resident: Resident, *, page: str | None) -> Inbox:
    """Newest first. Three statements and one for each kind of topic on the page."""
    mine = Notification.objects.filter(resident=resident).select_related("news")
    shown = Paginator(mine, A_PAGE).get_page(page)
    known = about([(each.news.topic_kind, each.news.topic_id) for each in shown])
    return Inbox(
        page=shown,
        items=[Item(each, told(each.news, known)) for each in shown],
        unread=Notification.objects.unread().filter(resident=resident).count(),
    )


def told(news: News, known: dict[Topic, About]) -> Told:
    return tell(news.kind, (news.topic_kind, news.topic_id), news.data, known)


def address_of(notification: Notification) -> str:
    """Where a notification leads now, or nothing."""
    topic = (notification.news.topic_kind, notification.news.topic_id)
    return told(notification.news, about([topic])).url


def preference_of(resident: Resident) -> Preference:
    """What the resident chose, or the way it is for those who chose nothing; not saved."""
    return Preference.objects.filter(resident=resident).first() or Preference(resident=resident)


# --- emails ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Parcel:
    """An email to be written. `address` is empty when it should not go out any more."""

    mail: Mail
    address: str
    language: str
    news: list[News]


def parcels(numbers: Sequence[int]) -> tuple[list[Parcel], dict[Topic, About]]:
    """These emails with what is in them, newest first, and what their topics are called now.

    Two statements and one for each kind of topic among them, however many emails there are.
    """
    mails = Mail.objects.filter(pk__in=numbers).select_related(
        "resident__account", "resident__notification_preference"
    )
    inside: dict[int, list[News]] = defaultdict(list)
    taken = Notification.objects.filter(mail__in=numbers).select_related("news")
    for each in taken.order_by("-happened_at", "-pk"):
        inside[each.mail_id or 0].append(each.news)
    topics = {(news.topic_kind, news.topic_id) for each in inside.values() for news in each}
    return [_parcel(mail, inside[mail.pk]) for mail in mails.order_by("pk")], about(topics)


def _parcel(mail: Mail, news: list[News]) -> Parcel:
    account = mail.resident.account
    preference = getattr(mail.resident, "notification_preference", None)
    wanted = account is not None and account.is_active and (preference is None or preference.mail_on)
    return Parcel(
        mail=mail,
        address=account.email if account is not None and wanted else "",
        language=preference.language if preference else "",
        news=news,
    )
