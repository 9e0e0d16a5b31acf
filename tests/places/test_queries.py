"""Which place a point lies in, and maps in a constant number of queries."""

import pytest

from engage.audit.models import Source
from engage.places.actions import draw_outlines, save_place
from engage.places.models import Place
from engage.places.queries import place_at, place_map
from tests.places.shapes import square

pytestmark = pytest.mark.django_db


def wards(count: int) -> list[Place]:
    source = Source.objects.get_or_create(
        name="Borders", attribution="By the borders office", licence_name="OGL"
    )[0]
    made = [
        save_place(
            by=None,
            kind="ward",
            name=f"Ward {number:02d}",
            boundary=square(number % 6, number // 6),
            boundary_source=source,
            draw=False,
        ).place
        for number in range(count)
    ]
    draw_outlines(kind="ward")
    return made


class TestPlaceAt:
    def test_the_ward_around_a_point(self):
        here, there = wards(2)
        assert place_at(lat=53.35, lon=-2.45) == here
        assert place_at(lat=53.35, lon=-2.35) == there

    def test_a_point_on_a_shared_border_has_one_answer(self):
        here, _there = wards(2)
        assert place_at(lat=53.35, lon=-2.4) == here

    @pytest.mark.parametrize(("lat", "lon"), [(53.25, -2.45), (0, 0), (95, 0), (53.35, 500), (-2.45, 53.35)])
    def test_nowhere(self, lat: float, lon: float):
        wards(2)
        assert place_at(lat=lat, lon=lon) is None

    def test_inside_the_bounds_but_not_inside(self):
        corner = {
            "type": "Polygon",
            "coordinates": [[[-2.5, 53.3], [-2.4, 53.3], [-2.5, 53.4], [-2.5, 53.3]]],
        }
        save_place(by=None, kind="ward", name="Corner", boundary=corner)
        assert place_at(lat=53.39, lon=-2.41) is None

    def test_only_kinds_asked_for_and_earlier_kinds_first(self):
        ward = save_place(by=None, kind="ward", name="Mill", boundary=square()).place
        parish = save_place(by=None, kind="parish", name="Mill Green", boundary=square(), parent=ward).place
        assert place_at(lat=53.35, lon=-2.45) == ward
        assert place_at(lat=53.35, lon=-2.45, kinds=("parish", "ward")) == parish

    def test_one_query(self, django_assert_num_queries):
        wards(12)
        with django_assert_num_queries(1):
            place_at(lat=53.35, lon=-2.45)


class TestPlaceMap:
    @pytest.mark.parametrize("count", [1, 30])
    def test_two_queries_however_many(self, count: int, django_assert_num_queries):
        wards(count)
        with django_assert_num_queries(2):
            found = place_map()
        assert len(found.outlines) == count
        assert [source.attribution for source in found.sources] == ["By the borders office"]

    def test_areas_are_ready_for_the_map_component(self):
        few, many = wards(2)
        areas = place_map().areas(
            urls={few.pk: "/few/", many.pk: "/many/"},
            amounts={few.pk: 10, many.pk: 100},
            labels={few.pk: "£10", many.pk: "£100"},
        )
        assert [(area["name"], area["url"], area["value_label"], area["shade"]) for area in areas] == [
            ("Ward 00", "/few/", "£10", 1),
            ("Ward 01", "/many/", "£100", 5),
        ]

    def test_a_pin_lands_inside_its_ward(self):
        (ward,) = wards(1)
        pin = place_map().pin(lat=53.35, lon=-2.45, url="/idea/", label="Lights")
        assert ward.boundary.west < pin["x"] < ward.boundary.east
        assert ward.boundary.north < pin["y"] < ward.boundary.south

    def test_a_part_of_the_tree(self):
        north = save_place(by=None, kind="locality", name="North").place
        save_place(by=None, kind="ward", name="Mill", parent=north, boundary=square())
        save_place(by=None, kind="ward", name="Dale", boundary=square(1))
        assert [area.name for area in place_map(within=north).outlines] == ["Mill"]

    def test_no_places(self):
        assert (place_map().outlines, place_map().view_box) == ([], "")
