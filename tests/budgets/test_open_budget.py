"""Opening a budget and giving it money."""

from datetime import date

import pytest

from budgets import actions
from budgets.models import Budget
from engage.audit.models import Record
from engage.kit.decisions import Refused
from tests.factories import AccountFactory, BudgetFactory, CouncillorFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def test_a_budget_starts_empty_and_the_record_says_who_opened_it():
    officer = AccountFactory()
    budget = actions.open_budget(year=2026, place=PlaceFactory(), by=officer)
    assert (budget.allocated_pence, budget.entries_count) == (0, 0)
    record = Record.objects.get(event="BUDGET_OPENED")
    assert (record.subject_id, record.actor_id) == (budget.pk, officer.pk)


def test_a_place_has_one_fund_a_year_and_a_councillor_one_budget():
    fund = BudgetFactory()
    with pytest.raises(Refused, match="already has a fund") as refused:
        actions.open_budget(year=fund.year, place=fund.place, by=None)
    assert refused.value.denied.status == 409
    own = BudgetFactory(councillor=CouncillorFactory(), place=fund.place)
    with pytest.raises(Refused, match="already has a budget"):
        actions.open_budget(year=own.year, place=PlaceFactory(), councillor=own.councillor, by=None)
    assert Budget.objects.count() == 2
    assert actions.open_budget(year=fund.year + 1, place=fund.place, by=None)


def test_money_is_added_and_taken_back_by_entries():
    budget = BudgetFactory(allocated_pence=1_000_00)
    actions.allocate(budget=budget, amount_pence=-400_00, on=date(2026, 5, 1), note="Less", by=None)
    assert budget.allocated_pence == budget.remaining_pence == 600_00
    assert [entry.amount_pence for entry in budget.entries.all()] == [1_000_00, -400_00]


def test_more_than_is_free_is_not_taken_back_and_nothing_is_written():
    budget = BudgetFactory(allocated_pence=1_000_00)
    with pytest.raises(Refused, match="£1 more than is left"):
        actions.allocate(budget=budget, amount_pence=-1_001_00, on=date(2026, 5, 1), by=None)
    assert budget.entries.count() == 1
    assert not Record.objects.filter(event="BUDGET_ALLOCATED", data__amount_pence=-1_001_00).exists()


def test_the_same_key_moves_money_once_and_never_for_something_else():
    budget = BudgetFactory(allocated_pence=0)
    first = actions.allocate(budget=budget, amount_pence=5_00, on=date(2026, 5, 1), key="press", by=None)
    again = actions.allocate(budget=budget, amount_pence=5_00, on=date(2026, 5, 1), key="press", by=None)
    assert first == again
    assert budget.allocated_pence == 5_00
    with pytest.raises(Refused, match="already stands for another entry"):
        actions.allocate(budget=budget, amount_pence=6_00, on=date(2026, 5, 1), key="press", by=None)
    with pytest.raises(Refused, match="cannot contain"):
        actions.allocate(budget=budget, amount_pence=6_00, on=date(2026, 5, 1), key="a|b", by=None)
