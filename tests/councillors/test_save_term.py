"""Verbs for terms: no two at once for the same place, and no end before the start."""

from datetime import date

import pytest

from engage.audit.models import Record
from engage.councillors.actions import remove_term, save_term
from engage.councillors.models import Term
from engage.kit.decisions import Refused
from tests.factories import CouncillorFactory, PlaceFactory, TermFactory

pytestmark = pytest.mark.django_db


def test_a_term_is_added_and_recorded():
    alex, mill = CouncillorFactory(), PlaceFactory()
    term = save_term(by=None, councillor=alex, place=mill, starts_on=date(2025, 5, 8))
    assert Term.objects.running(date(2026, 1, 1)).get() == term
    assert Record.objects.get(event="TERM_ADDED").subject_id == term.pk


def test_a_term_ends():
    term = TermFactory(starts_on=date(2021, 5, 8))
    save_term(
        by=None,
        term=term,
        councillor=term.councillor,
        place=term.place,
        starts_on=term.starts_on,
        ends_on=date(2025, 5, 7),
    )
    assert Term.objects.running(date(2025, 5, 7)).exists()
    assert not Term.objects.running(date(2025, 5, 8)).exists()
    assert not Term.objects.running(date(2021, 5, 7)).exists()


def test_not_twice_at_the_same_time_for_the_same_place():
    term = TermFactory(starts_on=date(2021, 5, 8), ends_on=date(2025, 5, 8))
    again = {"by": None, "councillor": term.councillor, "place": term.place}
    with pytest.raises(Refused, match="already serves for this place"):
        save_term(**again, starts_on=date(2025, 5, 8))
    save_term(**again, starts_on=date(2025, 5, 9))
    save_term(**again | {"place": PlaceFactory()}, starts_on=date(2021, 5, 8))
    assert Term.objects.count() == 3


def test_the_end_comes_after_the_start():
    with pytest.raises(Refused, match="must end after it starts"):
        save_term(
            by=None,
            councillor=CouncillorFactory(),
            place=PlaceFactory(),
            starts_on=date(2025, 5, 8),
            ends_on=date(2025, 5, 7),
        )


def test_a_mistake_can_be_removed():
    remove_term(by=None, term=TermFactory())
    assert not Term.objects.exists()
    assert Record.objects.filter(event="TERM_REMOVED").exists()
