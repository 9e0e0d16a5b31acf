"""Ideas beyond this site: Atom feeds, and pages for other websites' frames with the code to paste.

A frame never asks who is looking: what it shows is the same for everybody, and it has no form.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engage.kit.embeds import framable
from engage.kit.feeds import Feed, feed_response
from engage.kit.guards import public
from engage.kit.letterhead import letterhead
from engage.kit.twins import query_without, twin_refusal
from ideas import display, queries
from ideas.enums import IdeaStatus
from ideas.filters import IdeaFilter
from ideas.models import Idea
from ideas.permissions import is_gone, takes_support
from ideas.views.common import idea_or_404, public_idea_or_404
from ideas.views.merge import slug_for_all
from ideas.views.share import share_idea, share_list

FRAME_WIDTH = 600


@public
def ideas_feed(request: HttpRequest) -> HttpResponse:
    """The newest ideas, with the filters of the list."""
    asked = _asked(request)
    if not asked.is_valid():
        return twin_refusal(asked.errors, "text")
    query = query_without(request, "page", "sort")
    page = request.build_absolute_uri(reverse("ideas:ideas") + (f"?{query}" if query else ""))
    feed = Feed(
        title=_("Ideas"),
        subtitle=_("What residents suggest."),
        page=page,
        entries=display.idea_entries(queries.newest(asked.qs), request.build_absolute_uri),
    )
    return feed_response(feed, request, author=letterhead().site_name)


@public
def idea_feed(request: HttpRequest, idea_id: int, slug: str) -> HttpResponse:
    """What has happened to one idea, and what people say about it."""
    found = idea_or_404(idea_id)
    if found.status == IdeaStatus.MERGED:
        return _feed_of(queries.end_of(found))
    if is_gone(found):
        raise Http404
    if slug != found.slug:
        return _feed_of(found)
    feed = Feed(
        title=found.title,
        subtitle=_("What happens to this idea, and what people say about it."),
        page=request.build_absolute_uri(found.get_absolute_url()),
        entries=display.news_entries(queries.idea_news(found), request.build_absolute_uri),
    )
    return feed_response(feed, request, author=letterhead().site_name)


@public
@framable
def idea_frame(request: HttpRequest, idea_id: int) -> HttpResponse:
    """One idea, for a frame."""
    found = public_idea_or_404(idea_id)
    context = {
        "card": display.card(found),
        "idea": found,
        "takes_support": bool(takes_support(found, at=timezone.now())),
    }
    return render(request, "ideas/embed/idea.html", context)


@public
@framable
def ideas_frame(request: HttpRequest) -> HttpResponse:
    """The first few ideas of the list as it is narrowed and sorted, for a frame."""
    asked = _asked(request)
    if not asked.is_valid():
        return render(request, "ideas/embed/ideas.html", {"not_understood": True}, status=422)
    query = query_without(request, "page", "box")
    context = {
        "cards": [display.card(each) for each in queries.framed(asked.qs)],
        "all_url": reverse("ideas:ideas") + (f"?{query}" if query else ""),
        "narrowed_to": [str(each) for each in map(asked.chosen, ("place", "theme", "call")) if each],
    }
    return render(request, "ideas/embed/ideas.html", context)


@public
def oembed(request: HttpRequest) -> HttpResponse:
    """For websites that turn an address into a frame by themselves (oEmbed 1.0, JSON only)."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"error": _("Only JSON is offered. Ask with format=json.")}, status=501)
    try:
        asked = urlsplit(request.GET.get("url", ""))
        match = resolve(asked.path)
    except (ValueError, Resolver404):
        raise Http404 from None
    if asked.netloc != request.get_host() or match.view_name not in {"ideas:idea", "ideas:ideas"}:
        raise Http404
    if match.view_name == "ideas:idea":
        share = share_idea(request, public_idea_or_404(match.kwargs["idea_id"]))
    else:
        share = share_list(request, asked.query)
    answer = {
        "version": "1.0",
        "type": "rich",
        "provider_name": letterhead().site_name,
        "provider_url": request.build_absolute_uri("/"),
        "title": share["title"],
        "html": share["code"],
        "width": _within(request, "maxwidth", FRAME_WIDTH),
        "height": _within(request, "maxheight", share["height"]),
    }
    response = JsonResponse(answer)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _within(request: HttpRequest, name: str, wanted: int) -> int:
    given = request.GET.get(name, "")
    return min(wanted, int(given)) if given.isascii() and given.isdigit() and len(given) < 6 else wanted


def _asked(request: HttpRequest) -> IdeaFilter:
    return IdeaFilter(request.GET, Idea.objects.public(), offers=queries.offers(timezone.now()))


def _feed_of(idea: Idea) -> HttpResponse:
    return redirect("ideas:idea_feed", idea_id=idea.pk, slug=slug_for_all(idea))
