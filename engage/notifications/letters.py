"""What is in an email of ours: the same words as text and as HTML, and headers by which mail programs can stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy as policies
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.policy import EmailPolicy
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.kit.letterhead import Letterhead, letterhead
from engage.notifications.kinds import About, Topic, all_kinds, kind_of, tell
from engage.notifications.models import Mail, News
from engage.notifications.queries import Parcel, parcels
from engage.notifications.rules.digests import gathered
from engage.notifications.stopping import Stop

LINES = 40
# Told for a machine that counts bounces, and for people who sort their mail.
LIST = "notifications"


class WholeLine(UnstructuredHeader):
    """A header that is never folded: to fold a long address is to encode it, and mail programs read no encoded one."""

    def fold(self, *, policy: EmailPolicy) -> str:
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]  # it is made one of str's as well


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", WholeLine)  # type: ignore[arg-type]


class Letter(EmailMultiAlternatives):
    def message(self, *, policy: Any = policies.default) -> Any:
        return super().message(policy=policy.clone(header_factory=HEADERS))


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, or several of the same on the same topic. `url` is whole, or empty."""

    title: str
    url: str
    at: datetime


def letters(numbers: Sequence[int]) -> Iterator[tuple[Mail, Callable[[], Letter | None]]]:
    """The claimed emails, each with how to write it: None where nothing is left to say or nobody to say it to."""
    found, known = parcels(numbers)
    head = letterhead()
    for parcel in found:
        yield parcel.mail, partial(_written, parcel, known, head)


def _written(parcel: Parcel, known: dict[Topic, About], head: Letterhead) -> Letter | None:
    with translation.override(parcel.language or settings.LANGUAGE_CODE):
        return _letter(parcel, known, head) if parcel.address else None


def _letter(parcel: Parcel, known: dict[Topic, About], head: Letterhead) -> Letter | None:
    lines = [line for line in _lines(parcel.news, known) if line.url]
    if not lines:
        return None
    stop_url = settings.SITE_URL + Stop(parcel.mail.resident_id).url()
    kinds = {news.kind for news in parcel.news}
    subject = _subject(lines, head.site_name)
    context = {
        "site_name": head.site_name,
        "colour": head.colour,
        "subject": subject,
        "lines": lines[:LINES],
        "more": max(0, len(lines) - LINES),
        "site_url": settings.SITE_URL,
        "all_url": settings.SITE_URL + reverse("notifications:list"),
        "preferences_url": settings.SITE_URL + reverse("notifications:preferences"),
        "stop_url": stop_url,
        "stop_kind": _stop_kind(parcel.mail.resident_id, kinds.pop()) if len(kinds) == 1 else None,
        "language": translation.get_language(),
    }
    letter = Letter(
        subject=subject,
        body=render_to_string("emails/notifications.txt", context),
        to=[parcel.address],
        headers=_headers(parcel.mail, stop_url),
    )
    letter.attach_alternative(render_to_string("emails/notifications.html", context), "text/html")
    return letter


def _lines(news: Sequence[News], known: dict[Topic, About]) -> list[Line]:
    """Newest first; what can be counted together shares a line."""

    countable = {kind.key for kind in all_kinds() if kind.many}

    def together(each: News) -> tuple[object, ...]:
        return (each.kind, each.topic_kind, each.topic_id) if each.kind in countable else (each.pk,)

    lines = []
    for group in gathered(news, together):
        first = group[0]
        told = tell(first.kind, (first.topic_kind, first.topic_id), first.data, known, count=len(group))
        url = settings.SITE_URL + told.url if told.url else ""
        lines.append(Line(told.title, url, first.happened_at))
    return lines


def _subject(lines: Sequence[Line], site_name: str) -> str:
    if len(lines) == 1:
        return " ".join(lines[0].title.split())
    return ngettext(
        "%(count)d thing is new on %(site)s", "%(count)d things are new on %(site)s", len(lines)
    ) % {"count": len(lines), "site": site_name}


def _stop_kind(resident_id: int, kind: str) -> dict[str, str]:
    return {"label": str(kind_of(kind).label), "url": settings.SITE_URL + Stop(resident_id, kind).url()}


def _headers(mail: Mail, stop_url: str) -> dict[str, str]:
    """The Message-ID is the same each time this email is tried, so a receiver can drop a twin."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {
        "Message-ID": f"<{LIST}.{mail.pk}.{mail.made_at:%Y%m%d%H%M%S}@{host}>",
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"{_('News')} <{LIST}.{host}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
