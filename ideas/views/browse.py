"""The list of ideas."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from engage.kit.forms import error_list
from engage.kit.guards import public
from engage.kit.pages import frame_for
from engage.kit.twins import OPEN_GOVERNMENT_LICENCE, query_without, twin_links, twin_refusal, twin_response
from engage.notifications.display import button
from engage.notifications.queries import watches
from ideas import display, queries, twins
from ideas.filters import IdeaFilter
from ideas.models import Idea
from ideas.views.share import share_list


@public
def ideas(request: HttpRequest, twin: str = "") -> HttpResponse:
    """What residents suggest, on a map and in a list."""
    now = timezone.now()
    offers = queries.offers(now)
    asked = IdeaFilter(request.GET, Idea.objects.public(), offers=offers)
    if not asked.is_valid() and twin:
        return twin_refusal(asked.errors, "json" if twin == "geojson" else twin)
    used = asked if asked.is_valid() else IdeaFilter(QueryDict(), Idea.objects.public(), offers=offers)
    box = used.form.cleaned_data["box"] if used.is_valid() else None
    found = queries.idea_list(used.qs, page=request.GET.get("page"), box=box)
    if twin == "geojson":
        return twins.ideas_geojson(found, request)
    if twin:
        return twin_response(twins.ideas_twin(found, request), twin)
    links = twin_links(request)
    context = {
        "found": found,
        "frame": frame_for(request),
        "crumbs": display.crumbs(),
        "cards": [display.card(each) for each in found.page],
        "map": display.idea_map(found, offers.places, request.GET),
        "calls": [display.call_card(each, now) for each in offers.running_calls(now)],
        "filter": asked.form,
        "watch": _watch(request, used),
        "narrowed": bool(query_without(request, "page", "sort")),
        "without_box": query_without(request, "page", "box") if box else "",
        "box": box,
        "errors": error_list(asked.form),
        "query": query_without(request, "page"),
        "share": share_list(request, query_without(request, "page")),
        "links": links,
        "geojson": links.json.replace(".json", ".geojson", 1),
        "as_of": now,
        "licence": OPEN_GOVERNMENT_LICENCE,
        "sources": [{"text": source.attribution, "url": source.url} for source in found.map.sources],
    }
    return render(request, "ideas/ideas.html", context, status=200 if asked.is_valid() else 422)


def _watch(request: HttpRequest, used: IdeaFilter) -> dict[str, Any] | None:
    """The place, theme or call that the list is narrowed to can be watched."""
    chosen = [(kind, used.chosen(kind)) for kind in ("place", "theme", "call") if used.is_valid()]
    for kind, thing in chosen:
        if thing is not None:
            topic, address = (kind, thing.pk), request.get_full_path()
            following = watches(request.user, topic)
            return button(request, topic, following=following, next_url=address, what=str(thing))
    return None


@public
def card(request: HttpRequest, idea_id: int) -> HttpResponse:
    """One card of the list, for screens that look again."""
    found = get_object_or_404(queries.listed(Idea.objects.public()), pk=idea_id)
    return render(request, "ideas/ideas.html#card", {"card": display.card(found)})
