"""What pages ask about places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Model, QuerySet
from shapely.geometry import Point, shape

from engage.audit.models import Source
from engage.places.enums import PlaceKind
from engage.places.models import Address, Boundary, Place
from engage.places.rules import boundaries, postcodes
from engage.places.rules.shades import shades

ELECTORAL = (PlaceKind.DIVISION, PlaceKind.WARD)
ADDRESSES = 8


def council() -> Place | None:
    """The root of the tree."""
    return Place.objects.filter(kind=PlaceKind.COUNCIL).first()


def place_at(*, lat: float, lon: float, kinds: Sequence[str] = ELECTORAL) -> Place | None:
    """The place of one of `kinds` (earlier kinds first) that a point lies in; None outside all of them.

    On a border shared by two, the one entered first. One query, which reads only boundaries whose bounds
    hold the point.
    """
    try:
        x, y = boundaries.point_on_map(lat, lon)
    except boundaries.NotABoundary:
        return None
    near = Boundary.objects.filter(
        place__kind__in=kinds, west__lte=x, east__gte=x, north__lte=y, south__gte=y
    ).select_related("place")
    point = Point(lon, lat)
    holding = [each.place for each in near if shape(each.geometry).covers(point)]
    return min(holding, key=lambda place: _rank(place, kinds), default=None)


def places_at(
    points: Sequence[tuple[float, float]], *, kinds: Sequence[str] = ELECTORAL
) -> list[Place | None]:
    """What `place_at` answers for each (latitude, longitude), in one query for all of them."""
    held = list(Boundary.objects.filter(place__kind__in=kinds).select_related("place"))
    tree = shapely.STRtree([shape(each.geometry) for each in held])
    spots = shapely.points([(lon, lat) for lat, lon in points])
    found: list[Place | None] = [None] * len(points)
    for point, area in zip(*tree.query(spots, predicate="covered_by").tolist(), strict=True):
        place, before = held[area].place, found[point]
        if before is None or _rank(place, kinds) < _rank(before, kinds):
            found[point] = place
    return found


def _rank(place: Place, kinds: Sequence[str]) -> tuple[int, int]:
    return list(kinds).index(place.kind), place.pk


def find_addresses(words: str, *, limit: int = ADDRESSES) -> list[Address]:
    """The addresses that somebody may mean, the likeliest first, from our own table: nobody else is asked.

    A postcode finds exactly its addresses, the beginning of one all that begin so; other words find streets and
    addresses that are nearly the same, within the postcode when one stands among them. One query; none without words.
    """
    text, postcode = postcodes.parted(words.replace("\0", " ")[:200])
    known = Address.objects.select_related("place", "source")
    begun = postcodes.compact(text)
    if postcode:
        found = known.filter(postcode=postcode)
        return list(_nearest_words(found, text)[:limit] if text else found[:limit])
    if postcodes.is_begun(begun):
        return list(known.filter(postcode__startswith=begun)[:limit])
    if len(text) < 3:
        return []
    return list(_nearest_words(known.filter(text__trigram_word_similar=text), text)[:limit])


def _nearest_words(addresses: QuerySet[Address], text: str) -> QuerySet[Address]:
    likeness = TrigramWordSimilarity(text, "text")
    return addresses.annotate(likeness=likeness).order_by("-likeness", "text", "pk")


@dataclass(frozen=True, slots=True)
class Outline:
    """One place on a map; coordinates in metres on the map."""

    place_id: int
    name: str
    slug: str
    path: str
    label_x: int
    label_y: int


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """Places that tile the council, ready for the `map` component."""

    outlines: list[Outline]
    view_box: str
    sources: list[Source] = field(default_factory=list)

    def areas(
        self,
        *,
        urls: Mapping[int, str],
        amounts: Mapping[int, int] | None = None,
        labels: Mapping[int, str] | None = None,
    ) -> list[dict[str, Any]]:
        """The component's `areas`, by place id: a link each, shaded by amount, with a label in words."""
        shade = shades(amounts or {})
        return [
            {
                "id": each.place_id,
                "name": each.name,
                "url": urls.get(each.place_id, ""),
                "path": each.path,
                "value_label": (labels or {}).get(each.place_id, ""),
                "shade": shade.get(each.place_id, 0),
                "label_x": each.label_x,
                "label_y": each.label_y,
            }
            for each in self.outlines
        ]

    def pin(self, *, lat: float, lon: float, url: str, label: str) -> dict[str, Any]:
        """One of the component's `pins`."""
        x, y = boundaries.point_on_map(lat, lon)
        return {"x": x, "y": y, "url": url, "label": label}


def place_map(*, within: Place | None = None, kinds: Sequence[str] = ELECTORAL) -> PlaceMap:
    """The places of `kinds` that have a boundary, in name order; two queries however many there are."""
    found = Boundary.objects.filter(place__kind__in=kinds).order_by("place__name", "place_id")
    if within is not None:
        found = found.filter(place__path__startswith=within.path)
    rows = list(found.select_related("place").defer("geometry"))
    return _drawn(rows, Source.objects.filter(pk__in={each.source_id for each in rows if each.source_id}))


def map_of(place: Place) -> PlaceMap | None:
    """One place alone, of those from `with_boundary`; nothing without a boundary. No query."""
    boundary = getattr(place, "boundary", None)
    return _drawn([boundary], [boundary.source] if boundary.source else []) if boundary else None


def with_boundary[Row: Model](rows: QuerySet[Row]) -> QuerySet[Row]:
    """Rows with a `place`, and in the same statement what `map_of` draws of it."""
    return rows.select_related("place__boundary__source").defer("place__boundary__geometry")


def _drawn(rows: Sequence[Boundary], sources: Iterable[Source]) -> PlaceMap:
    return PlaceMap(
        outlines=[
            Outline(each.place_id, each.place.name, each.place.slug, each.outline, each.label_x, each.label_y)
            for each in rows
        ],
        view_box=boundaries.view_box(
            boundaries.Bounds(each.west, each.north, each.east, each.south) for each in rows
        ),
        sources=list(sources),
    )
