"""Paying, releasing and refunding."""

from datetime import date

import pytest

from budgets import actions
from engage.kit.decisions import Refused
from tests.factories import AwardFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 2)


def test_payments_turn_the_promise_into_spending():
    award = AwardFactory(amount_pence=1_000_00)
    actions.pay_award(award=award, amount_pence=400_00, on=DAY, by=None)
    assert (award.status, award.committed_pence, award.spent_pence) == ("part_paid", 600_00, 400_00)
    actions.pay_award(award=award, amount_pence=600_00, on=DAY, by=None)
    assert award.status == "paid"
    assert award.budget.remaining_pence == 9_000_00


def test_nothing_is_paid_beyond_the_promise():
    award = AwardFactory(amount_pence=1_000_00)
    with pytest.raises(Refused, match=r"£0.01 more than is left to pay \(£1,000\)"):
        actions.pay_award(award=award, amount_pence=1_000_01, on=DAY, by=None)
    actions.pay_award(award=award, amount_pence=1_000_00, on=DAY, by=None)
    with pytest.raises(Refused, match="Nothing is left to pay") as refused:
        actions.pay_award(award=award, amount_pence=1, on=DAY, by=None)
    assert refused.value.denied.status == 409


def test_what_is_released_or_refunded_can_be_decided_again():
    award = AwardFactory(amount_pence=1_000_00, paid_pence=700_00)
    actions.release_award(award=award, amount_pence=300_00, on=DAY, by=None)
    assert (award.status, award.budget.remaining_pence) == ("paid", 9_300_00)
    actions.refund_award(award=award, amount_pence=700_00, on=DAY, by=None)
    assert (award.status, award.budget.remaining_pence) == ("cancelled", 10_000_00)


def test_only_what_is_there_is_released_or_refunded():
    award = AwardFactory(amount_pence=1_000_00, paid_pence=700_00)
    with pytest.raises(Refused, match="£1 more than is promised and unpaid"):
        actions.release_award(award=award, amount_pence=301_00, on=DAY, by=None)
    with pytest.raises(Refused, match="£1 more than was paid"):
        actions.refund_award(award=award, amount_pence=701_00, on=DAY, by=None)


def test_a_payment_sent_twice_is_paid_once():
    award = AwardFactory(amount_pence=1_000_00)
    first = actions.pay_award(award=award, amount_pence=500_00, on=DAY, key="press", by=None)
    assert actions.pay_award(award=award, amount_pence=500_00, on=DAY, key="press", by=None) == first
    assert award.spent_pence == 500_00
    with pytest.raises(Refused, match="another entry"):
        actions.pay_award(award=AwardFactory(), amount_pence=500_00, on=DAY, key="press", by=None)
