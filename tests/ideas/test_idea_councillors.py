"""An idea outside any call is for the councillors of its place."""

from datetime import date

import pytest

from tests.factories import CallFactory, CouncillorFactory, IdeaFactory, PlaceFactory, TermFactory

pytestmark = pytest.mark.django_db


def test_the_page_names_those_who_serve_the_place_now(client, now) -> None:
    place = PlaceFactory(name="Elm Hill")
    for name, where, ends in [
        ("Alex Now", place, None),
        ("Sam Before", place, date(2025, 6, 1)),
        ("Kim Elsewhere", PlaceFactory(), None),
    ]:
        councillor = CouncillorFactory(name=name)
        TermFactory(councillor=councillor, place=where, ends_on=ends)
    outside = IdeaFactory(place=place)
    within = IdeaFactory(place=place, call=CallFactory(), at=now)
    page = client.get(outside.get_absolute_url()).content.decode()
    assert "Alex Now" in page
    assert "the councillor for Elm Hill" in page
    assert "Sam Before" not in page
    assert "Kim Elsewhere" not in page
    assert "Alex Now" not in client.get(within.get_absolute_url()).content.decode()
