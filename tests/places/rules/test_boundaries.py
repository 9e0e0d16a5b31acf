"""Boundaries: what is taken, what is refused and why, true areas, and drawings that fit together."""

import json
import math
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

from engage.places.rules import boundaries
from engage.places.rules.boundaries import Bounds, NotABoundary, read_boundary

SQUARE = [[[-2.4, 53.4], [-2.3, 53.4], [-2.3, 53.5], [-2.4, 53.5], [-2.4, 53.4]]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def corners(path: str) -> list[tuple[int, int]]:
    """The absolute points of one subpath."""
    numbers = [int(number) for number in re.findall(r"-?\d+", path)]
    points = [(numbers[0], numbers[1])]
    for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
        points.append((points[-1][0] + dx, points[-1][1] + dy))
    return points


class TestReadBoundary:
    def test_a_polygon_and_its_return_as_geojson(self):
        shape = read_boundary({"type": "Polygon", "coordinates": SQUARE})
        assert boundaries.as_geojson(shape) == {"type": "Polygon", "coordinates": SQUARE}

    def test_what_is_stored_compares_equal_after_json(self):
        stored = boundaries.as_geojson(read_boundary({"type": "MultiPolygon", "coordinates": [SQUARE]}))
        assert json.loads(json.dumps(stored)) == stored

    def test_heights_are_left_out(self):
        high = [[[*point, 12.0] for point in SQUARE[0]]]
        assert boundaries.as_geojson(read_boundary(polygon(*high)))["coordinates"] == SQUARE

    def test_a_spike_too_thin_to_see_is_mended(self):
        spiked = [*SQUARE[0][:2], [-2.3, 53.45], [-2.25, 53.45], [-2.3, 53.45], *SQUARE[0][2:]]
        assert read_boundary(polygon(spiked)).is_valid

    @pytest.mark.parametrize(
        ("geometry", "sentence"),
        [
            (None, "Expected a Polygon or a MultiPolygon, not “None”"),
            ({"type": "Point", "coordinates": [0, 0]}, "not “Point”"),
            (["Polygon"], "Expected a Polygon"),
            ({"type": "Polygon"}, "The coordinates are not those of a Polygon"),
            ({"type": "Polygon", "coordinates": "far"}, "The coordinates are not those of a Polygon"),
            ({"type": "Polygon", "coordinates": []}, "The boundary is empty"),
            (polygon([[0, 0], [1, 1]]), "The coordinates are not those of a Polygon"),
            (polygon([[0, 0], ["a", 1], [2, 2], [0, 0]]), "The coordinates are not those of a Polygon"),
            (polygon([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]), "crosses or touches itself"),
            (polygon([[0, 0], [1, 1], [2, 2], [0, 0]]), "crosses or touches itself"),
            (polygon([[53.4, -2.4], [53.4, -2.3], [53.5, -2.3], [53.4, -2.4]]), "seem to be swapped"),
            (polygon([[380000, 390000], [381000, 390000], [380000, 391000], [380000, 390000]]), "EPSG:4326"),
            (polygon([[0, 89], [1, 89], [1, 90], [0, 89]]), "not a longitude and a latitude"),
            (polygon([[0, 0], [math.nan, 1], [2, 2], [0, 0]]), "not a number"),
        ],
    )
    def test_refusals_say_what_was_expected(self, geometry, sentence):
        with pytest.raises(NotABoundary, match=re.escape(sentence)):
            read_boundary(geometry)

    @pytest.mark.slow
    def test_a_boundary_with_too_many_points_is_refused(self):
        ring = [[math.cos(n / 40_000), math.sin(n / 40_000)] for n in range(251_000)]
        with pytest.raises(NotABoundary, match="more than 200,000 points"):
            read_boundary(polygon([*ring, ring[0]]))


class TestHectares:
    def test_a_square_kilometre_at_manchester(self):
        """Metres a degree on the WGS 84 ellipsoid at 53.48° north, from its radii of curvature."""
        per_lat, per_lon = 111_285.0, 66_386.0
        square = box(-2.24, 53.48, -2.24 + 1000 / per_lon, 53.48 + 1000 / per_lat)
        assert boundaries.hectares(square) == pytest.approx(100, rel=5e-4)

    def test_the_whole_earth(self):
        """The ellipsoid's surface is 510,065,622 square kilometres."""
        assert boundaries.hectares(box(-180, -90, 180, 90)) == pytest.approx(51_006_562_200, rel=1e-6)

    def test_a_hole_is_not_counted(self):
        whole, hole = box(-2, 53, -1, 54), box(-1.6, 53.4, -1.4, 53.6)
        with_hole = Polygon(whole.exterior, [hole.exterior])
        assert boundaries.hectares(with_hole) == pytest.approx(
            boundaries.hectares(whole) - boundaries.hectares(hole)
        )


class TestMap:
    @example(lat_a=0.0, lat_b=0.0, lon_a=50.0, lon_b=49.0)
    @given(st.floats(-84, 84), st.floats(-84, 84), st.floats(-179, 179), st.floats(-179, 179))
    def test_east_is_right_and_north_is_up(self, lat_a: float, lat_b: float, lon_a: float, lon_b: float):
        # Beside 30° north or 100° east nothing looks like a British point with its coordinates swapped.
        at = boundaries.point_on_map
        assert (at(30, lon_a)[0] <= at(30, lon_b)[0]) == (lon_a <= lon_b) or abs(lon_a - lon_b) < 1e-4
        assert (at(lat_a, 100)[1] >= at(lat_b, 100)[1]) == (lat_a <= lat_b) or abs(lat_a - lat_b) < 1e-4

    def test_the_worked_example_of_the_projection(self):
        """EPSG Guidance Note 7-2, Popular Visualisation Pseudo-Mercator: 24°22'54.433" N, 100°20' W."""
        lat = 24 + 22 / 60 + 54.433 / 3600
        assert boundaries.point_on_map(lat, -(100 + 20 / 60)) == (-11_169_056, -2_800_000)

    def test_bounds_hold_every_point(self):
        drawn = boundaries.on_map(read_boundary(polygon(*SQUARE)))
        bounds = boundaries.bounds_on_map(drawn)
        x, y = boundaries.point_on_map(53.45, -2.35)
        assert bounds.west <= x <= bounds.east
        assert bounds.north <= y <= bounds.south

    def test_the_view_box_has_a_margin(self):
        assert boundaries.view_box([Bounds(0, 0, 100, 50), Bounds(50, 0, 200, 100)]) == "-4 -4 208 108"
        assert boundaries.view_box([]) == ""

    def test_the_label_is_inside_a_crescent(self):
        crescent = box(0, 0, 100, 100).difference(box(20, -1, 101, 80))
        x, y = boundaries.label_point(crescent)
        assert crescent.covers(box(x - 5, y - 5, x + 5, y + 5))


class TestOutlines:
    def test_a_path_comes_back_to_the_same_corners(self):
        assert corners(boundaries.svg_path(box(10, 20, 30, 50)))[0] in {
            (10, 20),
            (30, 20),
            (30, 50),
            (10, 50),
        }
        assert set(corners(boundaries.svg_path(box(10, 20, 30, 50)))) == {
            (10, 20),
            (30, 20),
            (30, 50),
            (10, 50),
        }

    def test_neighbours_keep_one_common_border(self):
        wiggle = [(1000 + 3 * (n % 2) + (n % 7), n * 10) for n in range(101)]
        left = Polygon([(0, 0), *wiggle, (0, 1000)])
        right = Polygon([(2000, 0), (2000, 1000), *reversed(wiggle)])
        drawn = [set(corners(path)) for path in boundaries.outlines([left, right], most_points=20)]
        border = {point for point in drawn[0] if 0 < point[0] < 2000}
        assert border == {point for point in drawn[1] if 0 < point[0] < 2000}
        assert len(border) < len(wiggle)

    def test_a_detailed_coast_becomes_light(self):
        coast = [
            (
                10_000 * math.cos(n / 500) * (1 + 0.003 * (n % 5)),
                10_000 * math.sin(n / 500) * (1 + 0.003 * (n % 3)),
            )
            for n in range(3140)
        ]
        (path,) = boundaries.outlines([Polygon(coast)])
        assert len(corners(path)) <= 61

    def test_islands_that_no_screen_shows_go_but_never_the_place(self):
        mainland, rock = box(0, 0, 100_000, 100_000), box(200_000, 0, 200_010, 10)
        mixed, alone = boundaries.outlines([MultiPolygon([mainland, rock]), box(300_000, 0, 300_010, 10)])
        assert mixed.count("M") == 1
        assert alone.count("M") == 1

    def test_overlapping_neighbours_are_still_drawn(self):
        paths = boundaries.outlines([box(0, 0, 1000, 1000), box(500, 500, 1500, 1500)])
        assert all(path.startswith("M") and path.endswith("z") for path in paths)

    def test_nothing_to_draw(self):
        assert boundaries.outlines([]) == []
