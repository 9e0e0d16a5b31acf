"""Money of an approved application that is not needed goes back to every budget it came from."""

from datetime import date

import pytest

from budgets.enums import AwardStatus
from budgets.grants.actions import release_commitments
from budgets.grants.enums import Status
from budgets.models import Award, Budget
from tests.budgets.grants.factories import NOW, a_councillors_budget, an_application

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 10)


def test_every_budget_of_a_joint_grant_gets_its_money_back() -> None:
    budgets = [a_councillors_budget(), a_councillors_budget()]
    made = an_application(Status.APPROVED, budgets=budgets, amount_pence=500_00)
    assert release_commitments(held=made, by=None, at=NOW, on=DAY) == 1_000_00
    assert {budget.remaining_pence for budget in Budget.objects.all()} == {10_000_00}
    assert {award.status for award in Award.objects.all()} == {AwardStatus.CANCELLED}


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.PAID])
def test_what_was_never_promised_or_is_paid_stays(status) -> None:
    made = an_application(status)
    before = Budget.objects.get().remaining_pence
    assert release_commitments(held=made, by=None, at=NOW, on=DAY) == 0
    assert Budget.objects.get().remaining_pence == before


def test_releasing_twice_releases_once() -> None:
    made = an_application(Status.AGREEMENT)
    assert release_commitments(held=made, by=None, at=NOW, on=DAY) == 500_00
    assert release_commitments(held=made, by=None, at=NOW, on=DAY) == 0
