"""The grid that gathers pins: every point lies in the box of its own cell, and a press means the point pressed."""

import math

from hypothesis import given
from hypothesis import strategies as st

from ideas.rules.grid import Box, Grid, point_in

VIEW = "-260000 -7100000 40000 30000"
longitudes = st.floats(-8, 2)
latitudes = st.floats(50, 60)


@given(longitudes, latitudes, st.floats(500, 400_000))
def test_a_point_lies_in_the_box_of_its_cell(longitude: float, latitude: float, width: float) -> None:
    grid = Grid.over(f"-260000 -7100000 {width} {width / 2}")
    box = grid.box(math.floor(longitude / grid.width), math.floor(latitude / grid.height))
    assert box.west <= longitude <= box.east
    assert box.south <= latitude <= box.north


def test_cells_are_square_on_the_map_and_nine_fill_the_longer_side() -> None:
    grid = Grid.over(VIEW)
    shown = Box(0, 53, grid.width, 53 + grid.height).view_box(margin=0)
    _left, _top, width, height = (float(part) for part in shown.split())
    assert abs(width - 40_000 / 9) <= 1
    assert abs(height / width - 1) < 0.02


def test_cells_never_get_smaller_than_a_street_corner() -> None:
    assert Grid.over("0 -7000000 1 1").width == 0.0005


def test_an_address_keeps_a_box() -> None:
    box = Box(-2.35, 53.38, -2.3, 53.42)
    assert str(box) == "-2.3500,53.3800,-2.3000,53.4200"


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_press_means_the_point_that_was_pressed(across: float, down: float) -> None:
    latitude, longitude = point_in(VIEW, across, down)
    left, top, width, height = (float(part) for part in VIEW.split())
    x = 6_378_137 * math.radians(longitude)
    y = -6_378_137 * math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    assert abs(x - (left + across * width)) < 0.2
    assert abs(y - (top + down * height)) < 0.2
