"""From metres of the grid to degrees."""

import pytest

from engage.places.rules.national_grid import is_on_grid, latitude_longitude


def test_the_worked_example_of_the_published_guide() -> None:
    # OSGB36 52°39′27.2531″N 1°43′4.5177″E, and about a hundred metres from it on WGS 84
    latitude, longitude = latitude_longitude(651_409.903, 313_177.270)
    assert latitude == pytest.approx(52.657978, abs=0.000_05)
    assert longitude == pytest.approx(1.716052, abs=0.000_08)


@pytest.mark.parametrize(
    ("easting", "northing", "latitude", "longitude"),
    [
        (170_370, 11_572, 49.9600, -5.2031),  # near the southern end
        (383_800, 398_100, 53.4793, -2.2456),  # near the middle
        (439_745, 1_193_147, 60.6190, -1.2745),  # near the northern end
    ],
)
def test_it_holds_from_end_to_end(easting, northing, latitude, longitude) -> None:
    found = latitude_longitude(easting, northing)
    assert found == (pytest.approx(latitude, abs=0.01), pytest.approx(longitude, abs=0.01))


def test_a_hundred_metres_stay_a_hundred_metres() -> None:
    here, north = latitude_longitude(384_500, 390_000), latitude_longitude(384_500, 390_100)
    assert (north[0] - here[0]) * 111_300 == pytest.approx(100, abs=0.5)


def test_degrees_are_not_metres_of_the_grid() -> None:
    assert is_on_grid(384_500, 390_000)
    assert not is_on_grid(-2.3, 53.4)
    assert not is_on_grid(384_500, 2_000_000)
