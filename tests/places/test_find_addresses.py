"""Finding a place by what people call where they are; and many points at once."""

import pytest

from engage.places.actions import save_place
from engage.places.models import Address
from engage.places.queries import find_addresses, place_at, places_at
from tests.places.shapes import square

pytestmark = pytest.mark.django_db

STREETS = {
    "Ferry Road, Harstow": "QX12AB",
    "Ferry Road, Skellsea": "QX32AB",
    "Fern Lane, Harstow": "QX12AD",
    "Tanner Street, Harstow": "QX121AA",
}


@pytest.fixture
def streets() -> None:
    ward = save_place(by=None, kind="ward", name="Mill", boundary=square()).place
    for text, postcode in STREETS.items():
        Address.objects.create(text=text, postcode=postcode, latitude=53.35, longitude=-2.45, place=ward)


def found(words: str, **options: int) -> list[str]:
    return [each.text for each in find_addresses(words, **options)]


@pytest.mark.parametrize("typed", ["QX1 2AB", "qx12ab", " qx1  2ab "])
def test_a_postcode_finds_exactly_its_own(streets, typed: str) -> None:
    assert found(typed) == ["Ferry Road, Harstow"]


def test_an_unknown_postcode_finds_nothing(streets) -> None:
    assert found("QX9 9ZZ") == []


def test_the_beginning_of_a_postcode_finds_all_that_begin_so(streets) -> None:
    assert found("qx1 2") == ["Tanner Street, Harstow", "Ferry Road, Harstow", "Fern Lane, Harstow"]
    assert found("QX3") == ["Ferry Road, Skellsea"]


@pytest.mark.parametrize("typed", ["ferry road harstow", "12 Ferry Road, Harstow", "Fery Road Harstow"])
def test_a_street_is_found_with_a_number_and_with_a_slip(streets, typed: str) -> None:
    assert found(typed)[0] == "Ferry Road, Harstow"


def test_a_postcode_among_the_words_narrows_them(streets) -> None:
    assert found("12 ferry road, QX3 2AB") == ["Ferry Road, Skellsea"]


@pytest.mark.parametrize("typed", ["", "  ", "fe", "\0", "%", "Nothing Like It"])
def test_what_finds_nothing(streets, typed: str) -> None:
    assert found(typed) == []


def test_no_more_than_asked_for_and_one_query(streets, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        first = find_addresses("QX", limit=1) + find_addresses("ferry road", limit=1)
        assert [str(each.place) for each in first] == ["Mill"]


def test_many_points_are_answered_as_one_by_one() -> None:
    for column in range(3):
        save_place(by=None, kind="ward", name=f"Ward {column}", boundary=square(column))
    save_place(by=None, kind="division", name="Over them", boundary=square(1))
    points = [(53.35, -2.45), (53.35, -2.4), (53.35, -2.35), (53.35, -2.25), (53.0, -2.45), (53.3, -2.5)]
    assert places_at(points) == [place_at(lat=lat, lon=lon) for lat, lon in points]
