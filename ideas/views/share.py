"""What the `share` component says: the address to pass on, and the code for other websites."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from ideas.models import Idea

# Of the frame, in pixels: high enough for what stands in it on a phone.
IDEA_HEIGHT, LIST_HEIGHT = 440, 720


def share_idea(request: HttpRequest, idea: Idea) -> dict[str, Any]:
    """For the `share` component on an idea's page."""
    slug = {"idea_id": idea.pk, "slug": idea.slug}
    return {
        "title": idea.title,
        "url": request.build_absolute_uri(reverse("ideas:short", args=[idea.pk])),
        "feed_url": reverse("ideas:idea_feed", kwargs=slug),
        "feed_title": _("What happens to this idea"),
        "oembed_url": _oembed_url(request, idea.get_absolute_url()),
        **_frame(request, reverse("ideas:idea_frame", args=[idea.pk]), idea.title, IDEA_HEIGHT),
    }


def share_list(request: HttpRequest, query: str) -> dict[str, Any]:
    """For the `share` component on the list; `query` is how it is narrowed and sorted."""
    tail = f"?{query}" if query else ""
    address = reverse("ideas:ideas") + tail
    return {
        "title": _("Ideas"),
        "url": request.build_absolute_uri(address),
        "feed_url": reverse("ideas:ideas_feed") + tail,
        "feed_title": _("New ideas"),
        "oembed_url": _oembed_url(request, address),
        **_frame(request, reverse("ideas:ideas_frame") + tail, _("Ideas"), LIST_HEIGHT),
    }


def _frame(request: HttpRequest, address: str, title: str, height: int) -> dict[str, Any]:
    """The code as text: it is shown to be copied and escaped once more on the way, so it never runs here."""
    source = escape(request.build_absolute_uri(address))
    code = f'<iframe src="{source}" title="{escape(title)}" width="100%" height="{height}" loading="lazy"></iframe>'
    return {"code": code, "height": height}


def _oembed_url(request: HttpRequest, address: str) -> str:
    return f"{reverse('ideas:oembed')}?{urlencode({'url': request.build_absolute_uri(address)})}"
