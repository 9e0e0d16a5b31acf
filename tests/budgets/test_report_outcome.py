"""Saying what the money achieved."""

from datetime import date

import pytest

from budgets import actions
from engage.audit.models import Record
from engage.kit.decisions import Refused
from tests.factories import AwardFactory

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 5)


def test_a_report_on_a_paid_award_names_it_reported():
    award = AwardFactory(amount_pence=100_00, paid_pence=100_00)
    outcome = actions.report_outcome(award=award, measure="Benches", forecast=3, actual=4, on=DAY, by=None)
    assert (award.status, outcome.actual) == ("reported", 4)


def test_a_report_on_an_unpaid_award_waits_for_the_payment():
    award = AwardFactory(amount_pence=100_00)
    actions.report_outcome(award=award, measure="Benches", story="Ordered.", on=DAY, by=None)
    assert award.status == "approved"
    actions.pay_award(award=award, amount_pence=100_00, on=DAY, by=None)
    assert award.status == "reported"


def test_a_report_says_something_and_each_measure_once():
    award = AwardFactory()
    with pytest.raises(Refused, match="say in words what changed"):
        actions.report_outcome(award=award, measure="Benches", forecast=3, on=DAY, by=None)
    actions.report_outcome(award=award, measure="Benches", actual=3, on=DAY, by=None)
    with pytest.raises(Refused, match="Correct that one instead"):
        actions.report_outcome(award=award, measure="Benches", actual=4, on=DAY, by=None)
    assert award.outcomes.get().actual == 3


def test_a_correction_keeps_what_was_said_before():
    outcome = actions.report_outcome(award=AwardFactory(), measure="Benches", actual=30, on=DAY, by=None)
    actions.correct_outcome(outcome=outcome, measure="Benches", actual=3, on=DAY, by=None)
    outcome.refresh_from_db()
    assert outcome.actual == 3
    assert Record.objects.get(event="OUTCOME_CORRECTED").data["before"]["actual"] == 30
