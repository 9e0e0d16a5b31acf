"""What the frame of every page needs: the site's name, brand, navigation and footer, for one look in the cache."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from budgets.display import attribution
from cms.acts import DOORS
from cms.enums import MenuKind
from cms.models import Brand, MenuItem, Notice
from engage.audit.models import Source
from engage.kit.acts import Act

SECONDS = 300


@dataclass(frozen=True, slots=True)
class FrameBrand:
    """What templates read of the settings. The banner is empty outside its dates."""

    site_name: str
    logo_url: str
    colour: str
    accent: str
    accent_text: str
    typeface: str
    contact_email: str
    contact_phone: str
    contact_address: str
    footer_text: str
    banner_level: str
    banner_text: str
    banner_url: str


@dataclass(frozen=True, slots=True)
class Words:
    """Everything an editor can change about the frame, as it is kept in the cache."""

    brand: FrameBrand
    banner_from: datetime | None
    banner_until: datetime | None
    navigation: list[tuple[str, str]]
    footer: list[tuple[str, str]]
    sources: list[dict[str, str]]


# A release that changes what is kept must not read what the one before has left in the cache.
KEY = f"cms:frame:{crc32(repr((Words.__slots__, FrameBrand.__slots__)).encode())}"


def frame(request: HttpRequest) -> dict[str, Any]:
    words: Any = SimpleLazyObject(lambda: _words_once(request))
    return {
        "site_name": SimpleLazyObject(lambda: words.brand.site_name),
        "brand": SimpleLazyObject(lambda: _brand_now(words, timezone.now())),
        "navigation": SimpleLazyObject(lambda: _links(words.navigation, request.path)),
        "footer_links": SimpleLazyObject(lambda: _links(words.footer, request.path)),
        "account_links": SimpleLazyObject(lambda: _own_pages(request)),
        "data_sources": SimpleLazyObject(lambda: words.sources),
    }


def forget_frame() -> None:
    """After an editor changed something of it."""
    cache.delete(KEY)


def _words_once(request: HttpRequest) -> Words:
    """From the request, else the cache, else the database."""
    words = getattr(request, "_frame_words", None)
    if words is None:
        # Kept by host and language, since settings belong to a site and titles to a language.
        host, language = request.get_host(), translation.get_language()
        kept = cache.get(KEY) or {}
        words = kept.get((host, language))
        if words is None:
            words = _gather(request)
            cache.set(KEY, {**kept, (host, language): words}, SECONDS)
        request._frame_words = words  # type: ignore[attr-defined]
    return words


def _brand_now(words: Words, now: datetime) -> FrameBrand:
    begun = words.banner_from is None or words.banner_from <= now
    over = words.banner_until is not None and now >= words.banner_until
    if begun and not over:
        return words.brand
    return FrameBrand(
        **{
            name: getattr(words.brand, name) for name in FrameBrand.__slots__ if not name.startswith("banner")
        },
        banner_level="",
        banner_text="",
        banner_url="",
    )


def _links(items: list[tuple[str, str]], path: str) -> list[dict[str, Any]]:
    """The longest address that the path begins with is where the reader is."""
    inside = [url for _text, url in items if url == path or (url != "/" and path.startswith(url))]
    here = max(inside, key=len, default=None)
    return [{"text": text, "url": url, "current": url == here} for text, url in items]


def _own_pages(request: HttpRequest) -> list[dict[str, str]]:
    """What only this account has: a councillor's way to their budget."""
    account = getattr(request, "user", None)
    if account is None or not hasattr(account, "councillor"):
        return []
    return [{"text": _("Your budget"), "url": reverse("budgets:mine")}]


def _gather(request: HttpRequest) -> Words:
    site = Site.find_for_request(request)
    # Not `for_site`: it writes a row, and reading a page must not.
    brand = Brand.objects.filter(site=site).select_related("logo").first() or Brand()
    notice = Notice.objects.filter(site=site).select_related("link").first() or Notice()
    items = list(MenuItem.objects.filter(menu__site=site).select_related("page"))
    chosen = {
        kind: [(item.words, item.url) for item in items if item.kind == kind and item.url]
        for kind in MenuKind
    }
    return Words(
        brand=FrameBrand(
            site_name=brand.site_name,
            logo_url=brand.logo.get_rendition("max-400x88|format-webp").url if brand.logo else "",
            colour=brand.colour,
            accent=brand.accent,
            accent_text=brand.accent_text,
            typeface=brand.typeface,
            contact_email=brand.contact_email,
            contact_phone=brand.contact_phone,
            contact_address=brand.contact_address,
            footer_text=brand.footer_text,
            banner_level=notice.level,
            banner_text=notice.text,
            banner_url=(notice.link.url or "") if notice.link and notice.link.live else "",
        ),
        banner_from=notice.starts_at,
        banner_until=notice.ends_at,
        navigation=chosen[MenuKind.MAIN] or _sections(site),
        footer=chosen[MenuKind.FOOTER],
        # Any page may show a figure that comes from somebody's open data, so every page says whose.
        sources=attribution(Source.objects.all()),
    )


def _sections(site: Site | None) -> list[tuple[str, str]]:
    """The front doors that answer, then the pages that editors marked to show in menus."""
    doors = [(str(label), Act("", label, name).url) for label, name in DOORS]
    pages = Page.objects.child_of(site.root_page).live().in_menu() if site else []
    links = [*doors, *((page.title, page.specific_deferred.url or "") for page in pages)]
    # A front door may have a page of its own address with an editor's words: one link is enough.
    return list({url: (text, url) for text, url in reversed(links) if url}.values())[::-1]
