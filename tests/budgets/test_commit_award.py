"""Deciding an award: the promise and the award come together or not at all."""

from datetime import date

import pytest

from budgets import actions
from budgets.models import Award, Entry
from engage.audit.models import Record
from engage.kit.decisions import Refused
from tests.factories import AwardFactory, BudgetFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def commit(budget, amount_pence=1_500_00, **more):
    return actions.commit_award(
        budget=budget,
        organisation=more.pop("organisation", None) or OrganisationFactory(),
        title="Boat club",
        purpose="A boat.",
        amount_pence=amount_pence,
        decided_on=date(2026, 6, 1),
        by=None,
        **more,
    )


def test_the_promise_is_taken_from_what_is_left():
    budget = BudgetFactory(allocated_pence=2_000_00)
    award = commit(budget)
    assert (budget.committed_pence, budget.remaining_pence) == (1_500_00, 500_00)
    assert (award.awarded_pence, award.committed_pence, award.status) == (1_500_00, 1_500_00, "approved")
    assert award.place == budget.place


def test_money_that_does_not_fit_is_refused_in_words_with_nothing_half_written():
    budget = BudgetFactory(allocated_pence=1_200_00)
    with pytest.raises(Refused, match=r"£300 more than is left \(£1,200\)") as refused:
        commit(budget)
    assert (refused.value.denied.status, refused.value.denied.field) == (422, "amount")
    assert not Award.objects.exists()
    assert not Record.objects.filter(event="AWARD_COMMITTED").exists()


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_is_not_an_award(amount):
    with pytest.raises(Refused, match="above £0"):
        commit(BudgetFactory(), amount)


def test_the_same_key_answers_the_same_award():
    budget = BudgetFactory()
    award = commit(budget, key="form-1")
    assert commit(budget, key="form-1") == award
    assert Entry.objects.filter(kind="commit").count() == 1


def test_a_reference_is_used_once():
    award = AwardFactory(reference="360G-x-1")
    with pytest.raises(Refused, match="already has this reference"):
        commit(award.budget, 1, reference="360G-x-1")
    assert Award.objects.count() == 1


def test_words_may_be_mended_but_not_money():
    award = AwardFactory()
    actions.correct_award(
        award=award,
        title="Benches",
        purpose=award.purpose,
        theme=None,
        decided_by="",
        reason="Shade",
        by=None,
    )
    award.refresh_from_db()
    assert (award.title, award.reason, award.awarded_pence) == ("Benches", "Shade", 1_000_00)
    assert Record.objects.get(event="AWARD_CORRECTED").data == {"fields": ["title", "reason"]}
