"""The invented county's map: divisions that tile it, parishes inside them."""

import pytest
import shapely
from shapely.geometry import shape

from engage.demo import places
from engage.demo.content import county, read
from engage.places.rules.postcodes import is_postcode

pytestmark = pytest.mark.slow


def shapes() -> dict[str, shapely.Polygon]:
    return {area.slug: shape(area.geometry) for area in places.divisions()}


def test_divisions_share_their_borders_exactly():
    assert shapely.coverage_is_valid(list(shapes().values()))


def test_divisions_leave_no_gap_and_overlap_nowhere():
    whole = shape(places.council().geometry)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    assert sum(area.area for area in shapes().values()) == whole.area or (
        abs(sum(area.area for area in shapes().values()) - whole.area) < whole.area * 1e-9
    )


def test_every_division_is_one_piece_with_its_centre_inside():
    for area in places.divisions():
        outline = shape(area.geometry)
        assert outline.geom_type == "Polygon", area.slug
        assert outline.contains(shapely.Point(area.centre)), area.slug


def test_parishes_lie_inside_their_division():
    divisions = shapes()
    for parish in places.parishes():
        assert divisions[parish.parent].contains(shape(parish.geometry)), parish.slug


def test_codes_are_unique_and_not_real_ones():
    codes = [area.code for area in (places.council(), *places.divisions(), *places.parishes())]
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("X") and len(code) == 9 for code in codes)


def test_the_county_has_the_electors_of_its_divisions():
    assert places.council().electors == sum(row["electors"] for row in county()["division"])


def test_streets_lie_in_their_division_and_have_postcodes_that_no_post_knows():
    divisions = {row["slug"] for row in county()["division"]}
    assert set(read("streets")) == divisions
    streets = places.streets()
    assert len({street.postcode for street in streets}) == len(streets) > 100
    assert all(is_postcode(street.postcode) and street.postcode.startswith("QX") for street in streets)
    outlines = shapes()
    homes = [slug for slug, row in read("streets").items() for _name in row["streets"]]
    for slug, street in zip(homes, streets, strict=True):
        assert outlines[slug].contains(shapely.Point(street.longitude, street.latitude)), street.text
