"""What the list of ideas shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Avg, Count, F, FloatField, Min, QuerySet, Value
from django.db.models.functions import Floor

from engage.kit.models import Theme
from engage.places.models import Place
from engage.places.queries import PlaceMap, place_map
from ideas.models import Call, Idea
from ideas.rules.grid import Box, Grid
from ideas.rules.phases import has_begun, is_over, phase_at

IDEAS_A_PAGE = 12

MOST_CLUSTERS = 120


def listed(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """Ideas with what a card or a row of a table needs."""
    return ideas.select_related("place", "theme", "call")


@dataclass(frozen=True, slots=True)
class Offers:
    """What the filter and the form for a new idea offer to choose from."""

    places: Sequence[Place]
    themes: Sequence[Theme]
    calls: Sequence[Call]
    at: datetime

    def running_calls(self, at: datetime) -> list[Call]:
        """Those that have begun and are not over."""
        return [call for call in self.calls if not is_over(call.phases.all(), at)]

    def calls_in(self, kind: str) -> list[Call]:
        """Those that are in that phase at the moment of the offer."""
        phases = ((call, phase_at(call.phases.all(), self.at)) for call in self.calls)
        return [call for call, phase in phases if phase is not None and phase.kind == kind]


def offers(at: datetime) -> Offers:
    """Every place and theme, and every call that has begun."""
    calls = Call.objects.public(at).prefetch_related("phases", "places")
    return Offers(
        places=list(Place.objects.only("kind", "name", "slug", "path")),
        themes=list(Theme.objects.all()),
        calls=[call for call in calls if has_begun(call.phases.all(), at)],
        at=at,
    )


@dataclass(frozen=True, slots=True)
class Cluster:
    """Ideas whose pins lie close together: where, how many, and one of them. `box` is the part of the map."""

    latitude: float
    longitude: float
    count: int
    idea_id: int
    title: str
    box: Box


@dataclass(frozen=True, slots=True)
class IdeaList:
    """`ideas` are already filtered and sorted. `view_box` is the part of the map that is shown."""

    ideas: QuerySet[Idea]
    page: Page[Idea]
    count: int
    by_place: dict[int, int]
    map: PlaceMap
    view_box: str
    clusters: list[Cluster]


class _Counted(Paginator):  # type: ignore[type-arg]
    """A paginator that was told the count, because the map has it already."""

    def __init__(self, ideas: QuerySet[Idea], per_page: int, known: int) -> None:
        super().__init__(ideas, per_page)
        self.__dict__["count"] = known


def idea_list(ideas: QuerySet[Idea], *, page: str | None, box: Box | None) -> IdeaList:
    by_place = dict(ideas.order_by().values_list("place").annotate(n=Count("pk")))
    count = sum(by_place.values())
    places = place_map()
    view_box = box.view_box() if box else places.view_box
    return IdeaList(
        ideas=listed(ideas),
        page=_Counted(listed(ideas), IDEAS_A_PAGE, count).get_page(page),
        count=count,
        by_place=by_place,
        map=places,
        view_box=view_box,
        clusters=_clusters(ideas, Grid.over(view_box)) if view_box else [],
    )


def _clusters(ideas: QuerySet[Idea], grid: Grid) -> list[Cluster]:
    """The pins of all these ideas, gathered by cell in one query; the fullest cells when there are too many."""
    cells = (
        ideas.filter(latitude__isnull=False)
        .order_by()
        .values(
            column=Floor(F("longitude") / Value(grid.width, output_field=FloatField())),
            row=Floor(F("latitude") / Value(grid.height, output_field=FloatField())),
        )
        .annotate(
            n=Count("pk"), lat=Avg("latitude"), lon=Avg("longitude"), first=Min("pk"), name=Min("title")
        )
        .order_by("-n", "first")[:MOST_CLUSTERS]
    )
    return [_cluster(cell, grid) for cell in cells]


def _cluster(cell: Mapping[str, Any], grid: Grid) -> Cluster:
    """A pin alone is where its idea is; a dot for several is where it leaves room for the dots around it."""
    column, row = int(cell["column"]), int(cell["row"])
    at = (cell["lat"], cell["lon"])
    if cell["n"] > 1:
        at = grid.dot(column, row, latitude=at[0], longitude=at[1])
    return Cluster(
        latitude=at[0],
        longitude=at[1],
        count=cell["n"],
        idea_id=cell["first"],
        title=cell["name"],
        box=grid.box(column, row),
    )
