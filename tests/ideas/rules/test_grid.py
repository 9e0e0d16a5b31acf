"""The grid that gathers pins: every point lies in the box of its own cell, and a press means the point pressed."""

import math

from hypothesis import given
from hypothesis import strategies as st

from engage.kit.templatetags.components import LETTER, map_scale
from ideas.rules.grid import EARTH_RADIUS, Box, Grid, point_in

VIEW = "-260000 -7100000 40000 30000"
longitudes = st.floats(-8, 2)
latitudes = st.floats(50, 60)


@given(longitudes, latitudes, st.floats(500, 400_000))
def test_a_point_lies_in_the_box_of_its_cell(longitude: float, latitude: float, width: float) -> None:
    grid = Grid.over(f"-260000 -7100000 {width} {width / 2}")
    box = grid.box(math.floor(longitude / grid.width), math.floor(latitude / grid.height))
    assert box.west <= longitude <= box.east
    assert box.south <= latitude <= box.north


@given(longitudes, latitudes, longitudes, latitudes)
def test_dots_stay_near_the_middle_of_their_cells(
    longitude: float, latitude: float, mean_longitude: float, mean_latitude: float
) -> None:
    grid = Grid.over(VIEW)
    column, row = math.floor(longitude / grid.width), math.floor(latitude / grid.height)
    north, east = grid.dot(column, row, latitude=mean_latitude, longitude=mean_longitude)
    assert abs(north / grid.height - (row + 0.5)) < 0.2001
    assert abs(east / grid.width - (column + 0.5)) < 0.2001


def test_so_no_dot_covers_a_number_of_three_figures_beside_it() -> None:
    """As the map draws them: both dots are as near the side between their cells as they may be."""
    grid, scale = Grid.over(VIEW), map_scale(VIEW)
    _north, one = grid.dot(0, 0, latitude=0, longitude=grid.width)
    _north, other = grid.dot(1, 0, latitude=0, longitude=grid.width)
    apart = EARTH_RADIUS * math.radians(other - one)
    half_a_number = 3 * LETTER * float(scale.pin) / 2
    assert apart - float(scale.cluster) > half_a_number


def test_a_dot_is_where_its_pins_are_when_there_is_room() -> None:
    grid = Grid.over(VIEW)
    middle = (148.55 * grid.height, -6.45 * grid.width)
    assert grid.dot(-7, 148, latitude=middle[0], longitude=middle[1]) == middle


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
