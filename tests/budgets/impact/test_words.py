"""Residents confirm or dispute what a group says it did."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from budgets.impact import events
from budgets.impact.actions import Said, say_of_outcome, take_back_word, take_words
from budgets.impact.enums import Doubt, Says
from budgets.impact.models import Tally, Word
from engage.audit.models import Record
from engage.kit.decisions import Refused
from tests.budgets.impact.worth import NOON, claimed
from tests.factories import ResidentFactory

pytestmark = pytest.mark.slow


def counts(outcome) -> tuple[int, int]:
    tally = Tally.objects.get(outcome=outcome)
    assert tally.confirmed == Word.objects.filter(outcome=outcome, says=Says.CONFIRM).count()
    assert tally.disputed == Word.objects.filter(outcome=outcome, says=Says.DISPUTE).count()
    return tally.confirmed, tally.disputed


@pytest.mark.django_db
def test_one_word_each_that_may_change():
    outcome, resident = claimed(), ResidentFactory()
    say_of_outcome(outcome=outcome, resident=resident, says=Says.CONFIRM, at=NOON)
    say_of_outcome(outcome=outcome, resident=resident, says=Says.CONFIRM, at=NOON)
    assert counts(outcome) == (1, 0)
    say_of_outcome(outcome=outcome, resident=resident, says=Says.DISPUTE, doubt=Doubt.FEWER, at=NOON)
    assert counts(outcome) == (0, 1)
    say_of_outcome(outcome=outcome, resident=resident, says=Says.DISPUTE, doubt=Doubt.NEVER, at=NOON)
    assert counts(outcome) == (0, 1)
    say_of_outcome(outcome=outcome, resident=ResidentFactory(), says=Says.CONFIRM, at=NOON)
    assert counts(outcome) == (1, 1)
    take_back_word(outcome=outcome, resident=resident, at=NOON)
    take_back_word(outcome=outcome, resident=resident, at=NOON)
    assert counts(outcome) == (1, 0)


@pytest.mark.django_db
def test_several_words_in_one_go_are_what_they_are_one_after_the_other():
    outcome, changes, repeats, new = claimed(), ResidentFactory(), ResidentFactory(), ResidentFactory()
    for resident in (changes, repeats):
        say_of_outcome(outcome=outcome, resident=resident, says=Says.CONFIRM, at=NOON)
    said = [
        Said(changes, Says.DISPUTE, Doubt.FEWER, NOON),
        Said(repeats, Says.CONFIRM, "", NOON),
        Said(new, Says.CONFIRM, "", NOON),
    ]
    take_words(outcome=outcome, said=said)
    assert counts(outcome) == (2, 1)
    assert Word.objects.get(resident=changes).doubt == Doubt.FEWER
    told = (events.OUTCOME_CONFIRMED, events.OUTCOME_DISPUTED)
    recorded = list(Record.objects.filter(event__in=told).order_by("pk").values_list("event", flat=True))
    assert recorded[2:] == [events.OUTCOME_DISPUTED, events.OUTCOME_CONFIRMED], "and no word twice"


@pytest.mark.django_db
def test_one_word_without_its_reason_takes_the_others_with_it():
    outcome = claimed()
    said = [
        Said(ResidentFactory(), Says.CONFIRM, "", NOON),
        Said(ResidentFactory(), Says.DISPUTE, "", NOON),
    ]
    with pytest.raises(Refused, match="Choose why you disagree"):
        take_words(outcome=outcome, said=said)
    assert not Word.objects.exists()
    assert not Tally.objects.exists()


@pytest.mark.django_db
def test_the_record_counts_and_names_nobody():
    resident = ResidentFactory()
    say_of_outcome(outcome=claimed(), resident=resident, says=Says.CONFIRM, at=NOON)
    said = Record.objects.get(event=events.OUTCOME_CONFIRMED)
    assert said.actor_id is None
    assert set(said.data) == {"outcome"}


@pytest.mark.django_db
def test_who_disagrees_says_why():
    outcome = claimed()
    with pytest.raises(Refused, match="Choose why you disagree"):
        say_of_outcome(outcome=outcome, resident=ResidentFactory(), says=Says.DISPUTE, at=NOON)
    assert not Word.objects.exists()


@pytest.mark.django_db
def test_the_database_takes_no_second_word():
    outcome, resident = claimed(), ResidentFactory()
    say_of_outcome(outcome=outcome, resident=resident, says=Says.CONFIRM, at=NOON)
    with pytest.raises(IntegrityError, match="word_once"), transaction.atomic():
        Word.objects.create(outcome=outcome, resident=resident, says=Says.CONFIRM, said_at=NOON)


@pytest.mark.django_db(transaction=True)
def test_many_words_at_once_are_all_counted():
    outcome = claimed()
    residents = [ResidentFactory() for _each in range(20)]

    def say(resident) -> None:
        try:
            for says, doubt in ((Says.CONFIRM, ""), (Says.DISPUTE, Doubt.FEWER), (Says.CONFIRM, "")):
                say_of_outcome(outcome=outcome, resident=resident, says=says, doubt=doubt, at=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(say, residents * 2))
    assert counts(outcome) == (20, 0)
