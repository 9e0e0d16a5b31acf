"""The invented county's boundaries: 20 divisions that share their borders exactly, and the parishes inside them.

Pure and deterministic. The county is cut into about 4,000 small cells; each cell goes to the division whose
centre is nearest, allowing for that division's reach; neighbours are then smoothed together, so no border moves
without the border on its other side. Answers are GeoJSON geometries in WGS84 longitude and latitude.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from random import Random
from typing import Any

import shapely
from shapely.geometry import LineString, MultiPoint, Point, Polygon, mapping

from engage.demo.content import county, read

KM_PER_DEGREE_LAT = 111.32
CELL_KM = 0.55
PARISH_REACH_KM = 1.9
COAST_ROUGHNESS_KM = 0.5
LAND_ROUGHNESS_KM = 0.3
INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True)
class Area:
    """A place with its boundary: `geometry` is a GeoJSON Polygon, `centre` is (lon, lat) inside it."""

    slug: str
    name: str
    code: str
    electors: int
    parent: str
    geometry: dict[str, Any]
    centre: tuple[float, float]


@dataclass(frozen=True)
class Street:
    """A street with its middle and a postcode of its own. `postcode` is compact, of an area that does not exist."""

    text: str
    postcode: str
    latitude: float
    longitude: float


@cache
def divisions() -> tuple[Area, ...]:
    """Every division in code order."""
    shapes = _division_shapes()
    return tuple(
        _area(row, shapes[row["slug"]], parent=county()["council"]["code"]) for row in county()["division"]
    )


@cache
def parishes() -> tuple[Area, ...]:
    """The parishes; each lies wholly inside its division and the parent is that division's slug."""
    shapes = _division_shapes()
    answer = []
    for row in county()["parish"]:
        inside = shapes[row["division"]].buffer(-0.4)
        near = [
            cell
            for cell, spot in zip(_cells(), _spots(), strict=True)
            if math.dist(spot, row["at"]) < PARISH_REACH_KM and inside.covers(cell)
        ]
        shape = max(shapely.get_parts(shapely.coverage_union_all(near)), key=lambda part: part.area)
        answer.append(_area(row, shape.simplify(0.2), parent=row["division"]))
    return tuple(answer)


@cache
def council() -> Area:
    """The whole county: the union of its divisions."""
    row = county()["council"]
    shape = shapely.coverage_union_all(list(_division_shapes().values()))
    electors = sum(division["electors"] for division in county()["division"])
    slug = row["short_name"].lower()
    return _area({**row, "slug": slug, "electors": electors}, shape, parent="")


def point_in(slug: str, rng: Random) -> tuple[float, float]:
    """A (lon, lat) inside a division, nearer its middle than its edge."""
    shape = _division_shapes()[slug].buffer(-0.25)
    middle = shape.representative_point()
    for _ in range(50):
        reach = math.sqrt(shape.area) * 0.32
        point = Point(rng.gauss(middle.x, reach), rng.gauss(middle.y, reach))
        if shape.contains(point):
            return _lonlat(point.x, point.y)
    return _lonlat(middle.x, middle.y)


@cache
def streets() -> tuple[Street, ...]:
    """Every street of the county. The inward half of a postcode counts up within its district."""
    found: list[Street] = []
    used: dict[str, int] = {}
    for slug, row in read("streets").items():
        rng = Random(f"streets of {slug}")
        for name in row["streets"]:
            number = used[row["district"]] = used.get(row["district"], 0) + 1
            lon, lat = point_in(slug, rng)
            found.append(
                Street(
                    f"{name}, {row['town']}",
                    f"{row['district']}{_inward(number)}",
                    latitude=lat,
                    longitude=lon,
                )
            )
    return tuple(found)


def _inward(number: int) -> str:
    """`1AB`, `2AD`, `3AE` …: a digit and two of the letters that postcodes use."""
    first, second = divmod(number, len(INWARD_LETTERS))
    return f"{number % 9 + 1}{INWARD_LETTERS[first]}{INWARD_LETTERS[second]}"


def _area(row: dict[str, Any], shape: Polygon, *, parent: str) -> Area:
    placed = shapely.transform(shape, lambda xy: [_lonlat(x, y) for x, y in xy])
    middle = placed.representative_point()
    return Area(
        slug=row["slug"],
        name=row["name"],
        code=row["code"],
        electors=row["electors"],
        parent=parent,
        geometry=mapping(placed),
        centre=(round(middle.x, 6), round(middle.y, 6)),
    )


def _lonlat(x_km: float, y_km: float) -> tuple[float, float]:
    council_row = county()["council"]
    lat = council_row["origin_lat"] + y_km / KM_PER_DEGREE_LAT
    lon = council_row["origin_lon"] + x_km / (KM_PER_DEGREE_LAT * math.cos(math.radians(53.57)))
    return round(lon, 6), round(lat, 6)


@cache
def _division_shapes() -> dict[str, Polygon]:
    """Division slug to its polygon in kilometres."""
    groups: dict[str, list[Polygon]] = {row["slug"]: [] for row in county()["division"]}
    for cell, spot in zip(_cells(), _spots(), strict=True):
        groups[_nearest(spot)].append(cell)
    whole = {slug: shapely.coverage_union_all(members) for slug, members in groups.items()}
    smooth = shapely.coverage_simplify(list(_one_piece_each(whole).values()), 0.3, simplify_boundary=False)
    return dict(zip(whole, smooth, strict=True))


def _nearest(spot: Sequence[float]) -> str:
    """The division whose centre is nearest once its reach is taken off, so that towns stay small."""
    return min(
        (math.dist(spot, centre) - division["reach"], division["slug"])
        for division in county()["division"]
        for centre in division["at"]
    )[1]


@cache
def _spots() -> tuple[tuple[float, float], ...]:
    """Where each cell is on gently bent ground, in kilometres, so that borders wander as real ones do."""
    return tuple(_bent(cell.representative_point()) for cell in _cells())


def _bent(point: Point) -> tuple[float, float]:
    x = point.x + 0.75 * math.sin(point.y * 0.9 + 1.3) + 0.2 * math.sin(point.y * 2.3 + point.x * 0.7)
    y = point.y + 0.75 * math.sin(point.x * 0.8 + 0.4) + 0.2 * math.sin(point.x * 2.1 - point.y * 0.6)
    return x, y


def _one_piece_each(shapes: dict[str, Any]) -> dict[str, Polygon]:
    """Hand any piece cut off by the coast to the neighbour it shares the longest border with."""
    parts = {
        slug: sorted(shapely.get_parts(shape), key=lambda part: -part.area) for slug, shape in shapes.items()
    }
    kept = {slug: pieces[0] for slug, pieces in parts.items()}
    for slug, pieces in parts.items():
        for piece in pieces[1:]:
            heir = max(
                (name for name in kept if name != slug),
                key=lambda name: kept[name].intersection(piece).length,
            )
            kept[heir] = shapely.coverage_union_all([kept[heir], piece])
    return kept


@cache
def _cells() -> tuple[Polygon, ...]:
    outline = _outline()
    rng = Random("cells")
    west, south, east, north = outline.bounds
    seeds = []
    for row in range(int((north - south) / CELL_KM) + 2):
        for column in range(int((east - west) / CELL_KM) + 2):
            x = west + (column + 0.5 * (row % 2)) * CELL_KM + rng.uniform(-0.26, 0.26)
            y = south + row * CELL_KM + rng.uniform(-0.26, 0.26)
            seeds.append((x, y))
    lines = shapely.voronoi_polygons(MultiPoint(seeds), extend_to=outline, only_edges=True)
    network = shapely.union_all([lines.intersection(outline), outline.exterior], grid_size=1e-6)
    cells = shapely.get_parts(shapely.polygonize([network]))
    return tuple(cell for cell in cells if outline.covers(cell.representative_point()))


def _outline() -> Polygon:
    """The county's edge with a believable roughness: strong on the coast, gentle on land."""
    points = county()["outline"]["points"]
    land = county()["outline"]["land_points"]
    rng = Random("outline")
    ring: list[tuple[float, float]] = []
    for index, start in enumerate(points):
        end = points[(index + 1) % len(points)]
        coast = land <= index < len(points) - 6
        roughness = COAST_ROUGHNESS_KM if coast else LAND_ROUGHNESS_KM
        ring.extend(_wiggle(tuple(start), tuple(end), roughness, rng, depth=4 if coast else 3)[:-1])
    return Polygon(ring)


def _wiggle(
    start: tuple[float, ...], end: tuple[float, ...], roughness: float, rng: Random, *, depth: int
) -> list[tuple[float, float]]:
    """Midpoint displacement between two points; each level moves half as far as the one before."""
    line = [(start[0], start[1]), (end[0], end[1])]
    for level in range(depth):
        finer = [line[0]]
        for left, right in pairwise(line):
            length = LineString([left, right]).length or 1.0
            shift = rng.uniform(-1, 1) * roughness * min(1.0, length / 3) / (1.4**level)
            middle = (
                (left[0] + right[0]) / 2 - (right[1] - left[1]) / length * shift,
                (left[1] + right[1]) / 2 + (right[0] - left[0]) / length * shift,
            )
            finer += [middle, right]
        line = finer
    return line
