"""An Atom feed of a page: what is new there, for feed readers and other sites. It knows nothing of what it tells.

As in data twins, no person is named: the author of a feed is the site.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed

from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, Licence

MOST = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is new. `address` is its own and absolute, so that readers know it again; `text` is plain."""

    title: str
    address: str
    text: str
    at: datetime
    changed_at: datetime | None = None
    kinds: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """`page` is the absolute address of the page it follows; entries come newest first, `MOST` at the most."""

    title: str
    subtitle: str
    page: str
    entries: Sequence[Entry]
    licence: Licence = OPEN_GOVERNMENT_LICENCE


def feed_response(feed: Feed, request: HttpRequest, *, author: str) -> HttpResponse:
    generator = Atom1Feed(
        title=_writable(feed.title),
        subtitle=_writable(feed.subtitle),
        link=feed.page,
        feed_url=request.build_absolute_uri(),
        description=None,
        author_name=_writable(author),
        feed_copyright=feed.licence.url,
        language=request.LANGUAGE_CODE if hasattr(request, "LANGUAGE_CODE") else None,
    )
    for entry in feed.entries[:MOST]:
        generator.add_item(
            title=_writable(entry.title),
            link=entry.address,
            description=_writable(entry.text),
            unique_id=entry.address,
            pubdate=entry.at,
            updateddate=entry.changed_at or entry.at,
            categories=entry.kinds,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    generator.write(response, "utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _writable(text: str) -> str:
    """Without the signs that XML has no way to write: people paste them without seeing them."""
    return "".join(sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "￾￿"))
