"""What an award may be paid and give back, with the amounts in the words, and what it is called."""

import pytest

from budgets.enums import AwardStatus
from budgets.rules.awards import may_commit, may_pay, may_refund, may_release, status_of
from budgets.rules.balances import AwardBalance, Balance


@pytest.mark.parametrize(
    ("balance", "reported", "status"),
    [
        (AwardBalance(100, 100, 0), False, AwardStatus.APPROVED),
        (AwardBalance(100, 100, 0), True, AwardStatus.APPROVED),
        (AwardBalance(100, 40, 60), False, AwardStatus.PART_PAID),
        (AwardBalance(100, 40, 60), True, AwardStatus.PART_PAID),
        (AwardBalance(100, 0, 100), False, AwardStatus.PAID),
        (AwardBalance(100, 0, 60), False, AwardStatus.PAID),
        (AwardBalance(100, 0, 100), True, AwardStatus.REPORTED),
        (AwardBalance(100, 0, 0), False, AwardStatus.CANCELLED),
        (AwardBalance(100, 0, 0), True, AwardStatus.CANCELLED),
    ],
)
def test_the_status_follows_from_the_money(balance, reported, status):
    assert status_of(balance, reported=reported) == status


@pytest.mark.parametrize("rule", [may_pay, may_release, may_refund])
@pytest.mark.parametrize("amount", [0, -5])
def test_nothing_moves_backwards(rule, amount):
    decision = rule(AwardBalance(100, 50, 50), amount)
    assert decision.status == 422
    assert "above £0" in decision.reason


def test_a_commitment_must_fit_what_is_left():
    budget = Balance(allocated=2_000_00, spent=800_00)
    assert may_commit(budget, 1_200_00)
    refusal = may_commit(budget, 1_500_00)
    assert refusal.field == "amount"
    assert "You cannot award £1,500: that is £300 more than is left (£1,200)." in refusal.reason


def test_a_payment_must_fit_the_promise():
    award = AwardBalance(awarded=1_000_00, committed=400_00, spent=600_00)
    assert may_pay(award, 400_00)
    assert "£50 more than is left to pay (£400)" in may_pay(award, 450_00).reason
    paid = may_pay(AwardBalance(1_000_00, 0, 1_000_00), 1)
    assert paid.status == 409
    assert "£1,000 of £1,000 was paid" in paid.reason


def test_a_release_is_of_what_is_promised_and_a_refund_of_what_was_paid():
    award = AwardBalance(awarded=1_000_00, committed=400_00, spent=600_00)
    assert may_release(award, 400_00)
    assert "comes back as a refund" in may_release(award, 401_00).reason
    assert may_refund(award, 600_00)
    assert "is released instead" in may_refund(award, 600_01).reason
