"""The grid that gathers pins which lie close together, so that a map of thousands of ideas stays light."""

from __future__ import annotations

import math
from dataclasses import dataclass

EARTH_RADIUS = 6_378_137.0  # metres: the sphere of Web Mercator
# Cells across the longer side of the map: on a phone a cell is then about as wide as a fingertip.
CELLS = 9
# A part of the map is not cut smaller than this (degrees): ideas in one street corner stay one pin.
SMALLEST_CELL = 0.0005
# How far from the middle of its cell a dot may lie, as a share of the cell. No dot then covers another's number.
OFF_THE_MIDDLE = 0.2


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the map, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def __str__(self) -> str:
        """As it stands in an address: four places after the point are about ten metres."""
        return ",".join(f"{side:.4f}" for side in (self.west, self.south, self.east, self.north))

    def view_box(self, *, margin: float = 0.08) -> str:
        """The SVG view box of this part, in metres on the map (Web Mercator, y down)."""
        left, right = _x(self.west), _x(self.east)
        top, bottom = _y(self.north), _y(self.south)
        edge = max(right - left, bottom - top) * margin
        return " ".join(
            f"{side:.0f}"
            for side in (left - edge, top - edge, right - left + 2 * edge, bottom - top + 2 * edge)
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of `width` by `height` degrees, square on the map, counted from the south-west corner of the world."""

    width: float
    height: float

    @classmethod
    def over(cls, view_box: str, *, cells: int = CELLS) -> Grid:
        """A grid for a view box in metres on the map; raises ValueError when it is not one."""
        _left, top, width, height = (float(part) for part in view_box.split())
        side = math.degrees(max(width, height) / cells / EARTH_RADIUS)
        middle = _latitude(top + height / 2)
        side = max(side, SMALLEST_CELL)
        return cls(width=side, height=side * math.cos(math.radians(middle)))

    def box(self, column: int, row: int) -> Box:
        """What a cell covers. Sides are rounded outwards, so that no pin of the cell is lost on the way."""
        places = 10_000
        return Box(
            west=math.floor(column * self.width * places) / places,
            south=math.floor(row * self.height * places) / places,
            east=math.ceil((column + 1) * self.width * places) / places,
            north=math.ceil((row + 1) * self.height * places) / places,
        )

    def dot(self, column: int, row: int, *, latitude: float, longitude: float) -> tuple[float, float]:
        """Latitude and longitude of the dot for a cell's pins: where they are on average, kept off the next cells."""
        return (
            _near((row + 0.5) * self.height, latitude, self.height * OFF_THE_MIDDLE),
            _near((column + 0.5) * self.width, longitude, self.width * OFF_THE_MIDDLE),
        )


def point_in(view_box: str, across: float, down: float) -> tuple[float, float]:
    """Latitude and longitude of a point given as shares (0 to 1) of the width and height of a map's view box."""
    left, top, width, height = (float(part) for part in view_box.split())
    longitude = math.degrees((left + across * width) / EARTH_RADIUS)
    return round(_latitude(top + down * height), 6), round(longitude, 6)


def _near(middle: float, wanted: float, most: float) -> float:
    return min(max(wanted, middle - most), middle + most)


def _x(longitude: float) -> float:
    return EARTH_RADIUS * math.radians(longitude)


def _y(latitude: float) -> float:
    return -EARTH_RADIUS * math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _latitude(y: float) -> float:
    return math.degrees(2 * math.atan(math.exp(-y / EARTH_RADIUS)) - math.pi / 2)
