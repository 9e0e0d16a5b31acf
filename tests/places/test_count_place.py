"""`count_place`: numbers never share a date that only one of them has."""

from datetime import date

import pytest

from engage.audit.models import Record
from engage.kit.decisions import Refused
from engage.places.actions import Change, count_place, save_place
from engage.places.models import Place

pytestmark = pytest.mark.django_db
DAY, LATER = date(2025, 12, 1), date(2026, 12, 1)


@pytest.fixture
def mill() -> Place:
    return save_place(by=None, kind="ward", name="Mill").place


def test_a_count_is_written_with_its_date_and_recorded(mill: Place):
    saved = count_place(by=None, place=mill, electors=8204, counted_on=DAY)
    assert (saved.change, saved.place.electors, saved.place.counted_on) == (Change.ADDED, 8204, DAY)
    assert Record.objects.filter(event="PLACE_COUNTED").count() == 1
    assert count_place(by=None, place=mill, electors=8204, counted_on=DAY).change is Change.UNCHANGED
    assert Record.objects.filter(event="PLACE_COUNTED").count() == 1


def test_the_other_number_of_the_same_day_stays(mill: Place):
    count_place(by=None, place=mill, population=10_000, counted_on=DAY)
    saved = count_place(by=None, place=mill, electors=8204, counted_on=DAY)
    assert (saved.place.electors, saved.place.population) == (8204, 10_000)


def test_the_other_number_of_an_older_day_goes(mill: Place):
    count_place(by=None, place=mill, population=10_000, counted_on=DAY)
    saved = count_place(by=None, place=mill, electors=8300, counted_on=LATER)
    assert (saved.place.electors, saved.place.population) == (8300, None)


def test_a_count_needs_a_date(mill: Place):
    with pytest.raises(Refused, match="on which date"):
        count_place(by=None, place=mill, electors=8204, counted_on=None)
