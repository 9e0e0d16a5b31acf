"""The database's own promises: no overspending, no movement without an entry, the same sums as the rules."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets import actions
from budgets.models import Award, Budget, Entry
from budgets.queries import books_of
from budgets.rules.balances import add_up, add_up_award
from budgets.rules.ledger import what_is_wrong
from engage.kit.decisions import Refused
from tests.factories import AwardFactory, BudgetFactory, OrganisationFactory

DAY = date(2026, 6, 1)

AMOUNT = st.integers(-3_000, 3_000)
STEP = st.one_of(
    st.tuples(st.just("allocate"), st.integers(0, 1), AMOUNT),
    st.tuples(st.just("transfer"), st.integers(0, 1), AMOUNT),
    st.tuples(st.just("commit"), st.integers(0, 1), AMOUNT),
    st.tuples(st.sampled_from(["pay", "release", "refund"]), st.integers(0, 5), AMOUNT),
)


def take(step, budgets, awards, organisation) -> None:
    """Try one step; what is refused must leave nothing behind, which the caller checks by the books."""
    verb, which, amount = step
    if verb == "allocate":
        actions.allocate(budget=budgets[which], amount_pence=amount, on=DAY, by=None)
    elif verb == "transfer":
        actions.transfer(
            source=budgets[which], target=budgets[1 - which], amount_pence=amount, on=DAY, by=None
        )
    elif verb == "commit":
        award = actions.commit_award(
            budget=budgets[which],
            organisation=organisation,
            title="A",
            purpose="B",
            amount_pence=amount,
            decided_on=DAY,
            by=None,
        )
        awards.append(award)
    elif awards:
        move = {
            "pay": actions.pay_award,
            "release": actions.release_award,
            "refund": actions.refund_award,
        }[verb]
        move(award=awards[which % len(awards)], amount_pence=amount, on=DAY, by=None)


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=25))
def test_after_any_sequence_of_verbs_the_books_are_right(steps):
    with transaction.atomic():
        budgets = [BudgetFactory(allocated_pence=5_000), BudgetFactory(allocated_pence=0)]
        organisation, awards = OrganisationFactory(), []
        for step in steps:
            with suppress(Refused):
                take(step, budgets, awards, organisation)
        for budget in Budget.objects.all():
            assert budget.allocated_pence == (
                budget.committed_pence + budget.spent_pence + budget.remaining_pence
            )
            sums = add_up(budget.entries.values_list("kind", "amount_pence"))
            assert (sums.allocated, sums.committed, sums.spent, sums.remaining) == (
                budget.allocated_pence,
                budget.committed_pence,
                budget.spent_pence,
                budget.remaining_pence,
            )
            assert what_is_wrong(books_of(budget.pk)) == []
        for award in Award.objects.all():
            sums = add_up_award(award.entries.values_list("kind", "amount_pence"))
            assert (sums.awarded, sums.committed, sums.spent) == (
                award.awarded_pence,
                award.committed_pence,
                award.spent_pence,
            )
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE budgets_budget SET allocated_pence = allocated_pence + 1", "budget_moves_by_entry_only"),
        ("UPDATE budgets_budget SET spent_pence = 0, committed_pence = 0", "budget_moves_by_entry_only"),
        ("UPDATE budgets_budget SET head_hash = 'f'", "budget_moves_by_entry_only"),
        ("UPDATE budgets_award SET committed_pence = 0", "award_moves_by_entry_only"),
        ("UPDATE budgets_award SET awarded_pence = 1, spent_pence = 1", "award_moves_by_entry_only"),
        ("UPDATE budgets_entry SET amount_pence = 1", "entry_append_only"),
        ("UPDATE budgets_entry SET note = 'x'", "entry_append_only"),
        ("DELETE FROM budgets_entry", "entry_append_only"),
        (
            "INSERT INTO budgets_entry (budget_id, award_id, kind, amount_pence, posted_on, note, key, recorded_at,"
            " sequence, previous_hash, hash) SELECT budget_id, id, 'commit', 999999999, now(), '', 'k', now(),"
            " 0, '', '' FROM budgets_award",
            "budget_not_overspent",
        ),
        (
            "INSERT INTO budgets_entry (budget_id, award_id, kind, amount_pence, posted_on, note, key, recorded_at,"
            " sequence, previous_hash, hash) SELECT budget_id, id, 'pay', 999999999, now(), '', 'k', now(),"
            " 0, '', '' FROM budgets_award",
            "award_not_paid_beyond_commitment",
        ),
    ],
)
def test_the_database_console_cannot_bend_the_books(statement, constraint):
    award = AwardFactory(paid_pence=100_00)
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert refused.value.__cause__.diag.constraint_name == constraint
    assert what_is_wrong(books_of(award.budget_id)) == []


@pytest.mark.django_db
def test_an_award_is_paid_from_its_own_budget_only():
    award, other = AwardFactory(), BudgetFactory()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Entry.objects.create(
            budget=other, award=award, kind="pay", amount_pence=1, posted_on=DAY, key="elsewhere"
        )
    assert refused.value.__cause__.diag.constraint_name == "entry_award_of_this_budget"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_never_overspend():
    """Fifty awards of £100 race for a budget of £1,000, while money is moved to and fro beside them."""
    budget, other = BudgetFactory(allocated_pence=1_000_00), BudgetFactory(allocated_pence=500_00)
    organisation = OrganisationFactory()

    def race(number: int) -> str:
        try:
            home = Budget.objects.get(pk=budget.pk)
            actions.commit_award(
                budget=home,
                organisation=organisation,
                title=f"Award {number}",
                purpose="Race",
                amount_pence=100_00,
                decided_on=DAY,
                by=None,
            )
            if number % 5 == 0:
                pair = [Budget.objects.get(pk=pk) for pk in (budget.pk, other.pk)]
                source, target = pair if number % 2 else reversed(pair)
                actions.transfer(source=source, target=target, amount_pence=1, on=DAY, by=None)
        except Refused as refused:
            return str(refused.denied.reason)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=50) as pool:
        answers = list(pool.map(race, range(50)))
    budget.refresh_from_db()
    assert budget.remaining_pence >= 0
    assert Award.objects.count() == budget.committed_pence // 100_00 <= 10
    refusals = [answer for answer in answers if answer != "done"]
    assert len(refusals) >= 40
    assert all("more than is left" in answer for answer in refusals)
    for each in (budget, other):
        assert what_is_wrong(books_of_now(each)) == []


def books_of_now(budget):
    with transaction.atomic():
        return books_of(budget.pk)


@pytest.mark.django_db
def test_check_ledger_says_when_and_what_it_found(client, capsys):
    AwardFactory(paid_pence=100_00)
    call_command("check_ledger")
    assert "The books are right: 3 entries in 1 budgets" in capsys.readouterr().out
    page = " ".join(client.get("/budgets/?year=2026").content.decode().split())
    assert "all 3 entries added up again, and right" in page
