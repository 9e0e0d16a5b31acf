"""Ideas on a map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.places.models import Place
from ideas.queries import Cluster, IdeaList, IdeaStory

PICTURE_WIDTH = 288  # pixels: it fits on the smallest phone, so that it is never shown in another size


def picture_size(view_box: str) -> tuple[int, int]:
    """Width and height in pixels of the map as a picture to click on."""
    if not view_box:
        return PICTURE_WIDTH, PICTURE_WIDTH
    _left, _top, width, height = (float(part) for part in view_box.split())
    return PICTURE_WIDTH, max(1, round(PICTURE_WIDTH * height / width))


def clip(view_box: str) -> dict[str, str]:
    """The view box as a rectangle, beyond which nothing of the map is drawn."""
    return dict(zip(("x", "y", "width", "height"), view_box.split(), strict=True))


def idea_map(found: IdeaList, places: Iterable[Place], asked: QueryDict) -> dict[str, Any] | None:
    """For the `map` component: quiet places with pins over them; None without boundaries.

    Pins would cover names and clash with shades, so the places have neither here: their links say both.
    """
    if not found.map.outlines:
        return None
    counts = rolled_up(found.by_place, places)
    areas = found.map.areas(
        urls={each.place_id: _narrowed(asked, place=each.slug) for each in found.map.outlines},
        labels={each.place_id: _ideas(counts.get(each.place_id, 0)) for each in found.map.outlines},
    )
    return {
        "areas": [area | {"label_x": None, "shade": 1} for area in areas],
        "pins": [_pin(found, cluster, asked) for cluster in found.clusters],
        "view_box": found.view_box,
        "clip": clip(found.view_box),
        "table": [
            {
                "name": each.name,
                "url": _narrowed(asked, place=each.slug),
                "count": counts.get(each.place_id, 0),
            }
            for each in found.map.outlines
        ],
    }


def rolled_up(by_place: Mapping[int, int], places: Iterable[Place]) -> dict[int, int]:
    """How many ideas a place and everything below it have, from those of each place alone."""
    paths = {place.pk: place.path for place in places}
    totals: dict[int, int] = {}
    for place_id, count in by_place.items():
        for above in filter(None, paths.get(place_id, "").split("/")):
            totals[int(above)] = totals.get(int(above), 0) + count
    return totals


def mini_map(story: IdeaStory) -> dict[str, Any] | None:
    """The idea's pin in its place."""
    idea = story.idea
    if story.map is None or idea.latitude is None or idea.longitude is None:
        return None
    here = reverse("ideas:ideas") + f"?place={idea.place.slug}"
    pin = story.map.pin(lat=idea.latitude, lon=idea.longitude, url=idea.get_absolute_url(), label=idea.title)
    return {
        "areas": [area | {"shade": 1} for area in story.map.areas(urls={idea.place_id: here})],
        "pins": [pin],
        "view_box": story.map.view_box,
        "clip": clip(story.map.view_box),
    }


def _pin(found: IdeaList, cluster: Cluster, asked: QueryDict) -> dict[str, Any]:
    alone = cluster.count == 1
    url = reverse("ideas:short", args=[cluster.idea_id]) if alone else _narrowed(asked, box=str(cluster.box))
    label = cluster.title if alone else _("%(ideas)s here: look closer") % {"ideas": _ideas(cluster.count)}
    pin = found.map.pin(lat=cluster.latitude, lon=cluster.longitude, url=url, label=label)
    return pin | {"count": "" if alone else cluster.count}


def _narrowed(asked: QueryDict, **more: str) -> str:
    """The list with the filters it has now and these; a new place or part of the map replaces the part shown."""
    query = asked.copy()
    for name in ("page", "box"):
        query.pop(name, None)
    for name, value in more.items():
        query[name] = value
    return f"{reverse('ideas:ideas')}?{query.urlencode()}"


def _ideas(count: int) -> str:
    return ngettext("%(count)d idea", "%(count)d ideas", count) % {"count": count}
