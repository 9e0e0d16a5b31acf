"""Boundaries: checked when they come in, measured, and drawn.

Coordinates come in as GeoJSON has them: WGS 84 longitude, latitude. "On the map" means Web-Mercator metres
(EPSG:3857) with y pointing down, as SVG wants it; only drawings and look-ups by bounds use it. Areas are measured
on the ground, never on the map, which at 53° north shows everything nearly three times too large.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import shapely
from django.utils.translation import gettext as _
from shapely.geometry import MultiPolygon, Polygon, mapping, shape

type Shape = Polygon | MultiPolygon

EARTH_RADIUS = 6_378_137.0  # metres: the equatorial radius of WGS 84, and the sphere of Web Mercator
ECCENTRICITY = 0.081819190842621  # of the WGS 84 ellipsoid
MERCATOR_EDGE = 85.0  # degrees; nearer the poles the map has no room
MOST_POINTS = 200_000
MENDABLE_SHARE = 0.0001  # a repair that changes more of the area than this is not a repair

# Where longitude and latitude can be told apart by their values: Britain and Ireland.
HOME_LON, HOME_LAT = (-11.0, 3.0), (48.5, 62.0)


class NotABoundary(ValueError):
    """The geometry cannot be a place's boundary; the message is a full sentence."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Whole metres on the map, rounded outwards; `north` < `south`."""

    west: int
    north: int
    east: int
    south: int


def read_boundary(geometry: Any) -> Shape:
    """The checked shape of a GeoJSON Polygon or MultiPolygon in longitude and latitude.

    Flaws too small to see (a spike, a doubled point) are mended; raises NotABoundary for all others.
    """
    read = _parsed(geometry)
    _check_coordinates(shapely.get_coordinates(read))
    if not read.is_valid:
        read = _mended(read)
    if read.area == 0:
        raise NotABoundary(_("The boundary has no area: all its points lie on one line."))
    return read


def as_geojson(boundary: Shape) -> dict[str, Any]:
    """The geometry as it is stored: lists, not tuples, so that it compares equal after a trip to the database."""
    return _lists(mapping(boundary))


def point_on_map(lat: float, lon: float) -> tuple[int, int]:
    """Where a point is drawn. Raises NotABoundary outside the map."""
    _check_coordinates(numpy.array([[lon, lat]]))
    x, y = _mercator(numpy.array([[lon, lat]]))[0]
    return round(x), round(y)


def on_map(boundary: Shape) -> Shape:
    return shapely.transform(boundary, _mercator)


def bounds_on_map(drawn: Shape) -> Bounds:
    left, top, right, bottom = drawn.bounds
    return Bounds(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))


def label_point(drawn: Shape) -> tuple[int, int]:
    """The point farthest from every edge, to within 1% of the size: where a name fits best."""
    largest = max(shapely.get_parts(drawn), key=lambda part: part.area)
    left, top, right, bottom = largest.bounds
    tolerance = max(right - left, bottom - top) / 100
    x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, tolerance))[0]
    return round(x), round(y)


def hectares(boundary: Shape) -> float:
    """The area on the ground.

    Longitude and latitude are projected to a cylinder that keeps areas exactly on the WGS 84 ellipsoid (Lambert's
    cylindrical equal-area with authalic latitude; Snyder, "Map Projections", 1987, p. 81), then measured as plane
    polygons. Only that sides are straight in one projection and not in another is left: parts in a million.
    """
    return float(shapely.transform(boundary, _equal_area).area) / 10_000


def view_box(bounds: Iterable[Bounds], *, margin: float = 0.02) -> str:
    """The SVG view box that shows all of them with a margin (a share of the larger side); "" for none."""
    boxes = list(bounds)
    if not boxes:
        return ""
    west, north = min(b.west for b in boxes), min(b.north for b in boxes)
    width, height = max(b.east for b in boxes) - west, max(b.south for b in boxes) - north
    edge = round(max(width, height) * margin)
    return f"{west - edge} {north - edge} {width + 2 * edge} {height + 2 * edge}"


# --- drawing --------------------------------------------------------------------------------------


def outlines(drawn: Sequence[Shape], *, most_points: int = 60) -> list[str]:
    """SVG paths of shapes on the map, simplified together so that a shared border stays one line.

    Corners that no screen would show are dropped, and coarser ones until a shape has about `most_points` on
    average: a page with a map should stay light.
    """
    if not drawn:
        return []
    left, top, right, bottom = shapely.total_bounds(numpy.array(drawn))
    step = max(right - left, bottom - top) / 1000
    simple = list(drawn)
    for coarser in range(7):
        simple = list(shapely.coverage_simplify(list(drawn), step * 2**coarser))
        if shapely.get_num_coordinates(simple).sum() <= most_points * len(simple):
            break
    return [svg_path(each, smallest_part=step * step) for each in simple]


def svg_path(drawn: Shape, *, smallest_part: float = 0) -> str:
    """A path in whole metres, relative steps. Parts below `smallest_part` square metres go, but never the largest."""
    parts = sorted(shapely.get_parts(drawn), key=lambda part: -part.area)
    kept = [part for index, part in enumerate(parts) if index == 0 or part.area >= smallest_part]
    rings = [ring for part in kept for ring in (part.exterior, *part.interiors)]
    return "".join(_ring_path(ring) for ring in rings)


def _ring_path(ring: Any) -> str:
    points = numpy.rint(shapely.get_coordinates(ring)).astype(int).tolist()[:-1]
    x, y = points[0]
    path = f"M{x} {y}l"
    for next_x, next_y in points[1:]:
        if (next_x, next_y) != (x, y):
            path += f"{next_x - x} {next_y - y} "
        x, y = next_x, next_y
    return path.rstrip(" l") + "z"


# --- checks ---------------------------------------------------------------------------------------


def _parsed(geometry: Any) -> Shape:
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        raise NotABoundary(
            _("Expected a Polygon or a MultiPolygon, not “%(kind)s”.") % {"kind": str(kind or geometry)[:40]}
        )
    try:
        with numpy.errstate(invalid="ignore"):  # what is not a number is told in words further down
            read = shapely.force_2d(shape(geometry))
    except (
        ValueError,
        TypeError,
        IndexError,
        KeyError,
        AttributeError,
        shapely.errors.ShapelyError,
    ) as error:
        raise NotABoundary(
            _(
                "The coordinates are not those of a %(kind)s. Expected rings of at least four"
                " [longitude, latitude] pairs, the last the same as the first."
            )
            % {"kind": kind}
        ) from error
    if read.is_empty:
        raise NotABoundary(_("The boundary is empty."))
    if shapely.get_num_coordinates(read) > MOST_POINTS:
        raise NotABoundary(
            _("The boundary has more than %(most)s points. Use a generalised version of it.")
            % {"most": f"{MOST_POINTS:,}"}
        )
    return read


def _check_coordinates(points: Any) -> None:
    lon, lat = points[:, 0], points[:, 1]
    if not numpy.isfinite(points).all():
        raise NotABoundary(_("A coordinate is not a number."))
    if (abs(lon) <= 180).all() and (abs(lat) <= MERCATOR_EDGE).all():
        if _at_home(lat, lon) and not _at_home(lon, lat):
            raise NotABoundary(
                _(
                    "Longitude and latitude seem to be swapped: the first point reads %(lon)s east, %(lat)s north."
                    " GeoJSON puts longitude first."
                )
                % {"lon": f"{lon[0]:g}°", "lat": f"{lat[0]:g}°"}
            )
        return
    raise NotABoundary(
        _(
            "The point %(x)s, %(y)s is not a longitude and a latitude in degrees."
            " If the file is in metres of a national grid, save it again in WGS 84 (EPSG:4326)."
        )
        % {"x": f"{lon[0]:g}", "y": f"{lat[0]:g}"}
    )


def _at_home(lon: Any, lat: Any) -> bool:
    inside = (lon >= HOME_LON[0]) & (lon <= HOME_LON[1]) & (lat >= HOME_LAT[0]) & (lat <= HOME_LAT[1])
    return bool(inside.all())


def _mended(read: Shape) -> Shape:
    mended = shapely.make_valid(read, method="structure", keep_collapsed=False)
    same = abs(mended.area - abs(read.area)) <= MENDABLE_SHARE * abs(read.area)
    if mended.geom_type in {"Polygon", "MultiPolygon"} and not mended.is_empty and same:
        return mended
    raise NotABoundary(
        _(
            "The boundary crosses or touches itself (%(where)s, longitude then latitude)."
            " Mend it in a mapping program, for example with “fix geometries”."
        )
        % {"where": shapely.is_valid_reason(read)}
    )


# --- projections ----------------------------------------------------------------------------------


def _mercator(points: Any) -> Any:
    lon, lat = numpy.radians(points[:, 0]), numpy.radians(points[:, 1])
    x = EARTH_RADIUS * lon
    y = -EARTH_RADIUS * numpy.log(numpy.tan(math.pi / 4 + lat / 2))
    return numpy.column_stack([x, y])


def _equal_area(points: Any) -> Any:
    lon, sine = numpy.radians(points[:, 0]), numpy.sin(numpy.radians(points[:, 1]))
    e = ECCENTRICITY
    q = (1 - e * e) * (sine / (1 - (e * sine) ** 2) + numpy.arctanh(e * sine) / e)
    return numpy.column_stack([EARTH_RADIUS * lon, EARTH_RADIUS * q / 2])


def _lists(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _lists(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_lists(item) for item in value]
    return value
