"""The calls for ideas."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engage.kit.feeds import Feed, feed_response
from engage.kit.guards import public
from engage.kit.letterhead import letterhead
from engage.kit.panels import panels_for
from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, twin_links, twin_response
from engage.notifications.display import button
from engage.notifications.queries import is_following
from ideas import display, queries, twins
from ideas.enums import Feeds
from ideas.models import Call
from ideas.rules.phases import is_over


@public
def calls(request: HttpRequest, twin: str = "") -> HttpResponse:
    """Every call that has been announced: those that run, those to come, those that are over."""
    now = timezone.now()
    found = queries.call_list(now)
    if twin:
        return twin_response(twins.calls_twin(found, request, now), twin)
    context = {
        "crumbs": display.crumbs(*display.calls_crumbs()),
        "groups": [
            (_("Now"), "now", [display.call_card(each, now) for each in found.now]),
            (_("To come"), "coming", [display.call_card(each, now) for each in found.coming]),
            (_("Over"), "past", [display.call_card(each, now) for each in found.over]),
        ],
        "any": bool(found.all()),
        "links": twin_links(request),
        "feed_url": reverse("ideas:calls_feed"),
        "as_of": now,
        "licence": OPEN_GOVERNMENT_LICENCE,
    }
    return render(request, "ideas/calls/calls.html", context)


@public
def calls_feed(request: HttpRequest) -> HttpResponse:
    """Each call as it is announced."""
    feed = Feed(
        title=_("Calls for ideas"),
        subtitle=_("What the council asks residents for ideas about."),
        page=request.build_absolute_uri(reverse("ideas:calls")),
        entries=display.call_entries(queries.newest_calls(timezone.now()), request.build_absolute_uri),
    )
    return feed_response(feed, request, author=letterhead().site_name)


@public
def call(request: HttpRequest, slug: str, twin: str = "") -> HttpResponse:
    """One call: what it is for, its phases and their dates, what one can do now, its ideas and its money.

    A draft is shown to staff alone, as it will be.
    """
    now = timezone.now()
    found = queries.call_of(slug)
    draft = found is not None and not found.is_public(now)
    if found is None or (draft and not request.user.has_perm("ideas.view_call")):
        raise Http404
    resident = queries.resident_of(request.user)
    page = queries.call_page(found, resident=resident)
    panels = panels_for(found, request)
    if twin:
        return twin_response(twins.call_twin(page, panels, request, now), twin)
    context = {
        "call": found,
        "page": page,
        "draft": draft,
        "crumbs": display.crumbs(*display.calls_crumbs((found.title, ""))),
        "steps": display.phase_steps(page.phases, now),
        "now": display.to_do_now(page, now),
        "limits": display.limit_rows(page, known=resident is not None),
        "shifts": display.shift_rows(page.shifts),
        "supported": [display.card(each) for each in page.supported],
        "newest": [display.card(each) for each in page.newest],
        "map": display.call_map(page),
        "panels": panels,
        "follow": None if draft else _follow(request, found, over=is_over(page.phases, now)),
        "feeds_ballot": found.feeds == Feeds.BALLOT,
        "links": twin_links(request),
        "as_of": now,
        "licence": OPEN_GOVERNMENT_LICENCE,
        "sources": [{"text": each.attribution, "url": each.url} for each in page.map.sources]
        if page.map
        else [],
    }
    return render(request, "ideas/calls/call.html", context)


def _follow(request: HttpRequest, call: Call, *, over: bool) -> dict[str, Any] | None:
    """Whoever follows a call hears of its new ideas and of dates that change; when it is over there is only to stop."""
    topic = ("call", call.pk)
    following = is_following(queries.resident_of(request.user), topic)
    if over and not following:
        return None
    return button(request, topic, following=following, next_url=call.get_absolute_url())
