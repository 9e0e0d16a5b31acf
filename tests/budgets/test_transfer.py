"""Moving money between budgets."""

from datetime import date

import pytest

from budgets import actions
from budgets.models import Entry
from engage.kit.decisions import Refused
from tests.factories import AwardFactory, BudgetFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 2)


def test_both_journals_tell_the_same_story():
    source, target = BudgetFactory(allocated_pence=100_00), BudgetFactory(allocated_pence=0)
    out, into = actions.transfer(
        source=source, target=target, amount_pence=30_00, on=DAY, note="Fair", by=None
    )
    assert (source.remaining_pence, target.remaining_pence) == (70_00, 30_00)
    assert (out.counterpart, into.counterpart) == (target, source)
    assert out.amount_pence == -into.amount_pence


def test_only_free_money_moves_and_never_half():
    source = AwardFactory(budget__allocated_pence=100_00, amount_pence=80_00).budget
    target = BudgetFactory(allocated_pence=0)
    with pytest.raises(Refused, match=r"£5 more than is left \(£20\)"):
        actions.transfer(source=source, target=target, amount_pence=25_00, on=DAY, by=None)
    with pytest.raises(Refused, match="two different budgets"):
        actions.transfer(source=source, target=source, amount_pence=1, on=DAY, by=None)
    assert not Entry.objects.filter(kind="transfer").exists()


def test_the_same_key_moves_once():
    source, target = BudgetFactory(), BudgetFactory()
    first = actions.transfer(source=source, target=target, amount_pence=1_00, on=DAY, key="k", by=None)
    assert (
        actions.transfer(source=source, target=target, amount_pence=1_00, on=DAY, key="k", by=None) == first
    )
    with pytest.raises(Refused, match="another entry"):
        actions.transfer(source=target, target=source, amount_pence=1_00, on=DAY, key="k", by=None)
