"""Officers at the same instant: one run for an award, one payment of a run, and never money and status apart."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from budgets.grants import actions
from budgets.grants.enums import Status
from budgets.grants.models import Application, PaymentRun
from budgets.models import Budget, Entry
from budgets.queries import books_of
from budgets.rules.ledger import what_is_wrong
from engage.kit.decisions import Refused
from tests.budgets.grants.factories import a_councillors_budget, an_application, with_role
from tests.budgets.grants.paying import AT, a_team, approved, awards_of, exported, made, pay, seen, signed

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def at_once(*doings: Callable[[], object]) -> list[str]:
    """Do all of them in threads of their own; answers "done" or the sentence of a refusal, in their order."""

    def one(do: Callable[[], object]) -> str:
        try:
            do()
        except Refused as refused:
            return str(refused.denied.reason)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=len(doings)) as pool:
        return list(pool.map(one, doings))


def refusals(answers: Sequence[str]) -> list[str]:
    return [answer for answer in answers if answer != "done"]


@transaction.atomic
def assert_books_check() -> None:
    for budget in Budget.objects.values_list("pk", flat=True):
        assert what_is_wrong(books_of(budget)) == []


def test_an_award_goes_into_one_of_the_runs_that_are_made_up_at_once():
    (application,) = signed()
    awards, officers = awards_of(application), [with_role("officer") for _ in range(6)]
    answers = at_once(
        *(lambda by=by: actions.make_run(awards=awards, by=by, at=AT) for by in officers)  # type: ignore[misc]
    )
    assert answers.count("done") == PaymentRun.objects.count() == 1
    assert all("It is in payment run" in answer for answer in refusals(answers))


def test_a_run_pressed_six_times_at_once_is_paid_once():
    team = a_team()
    run = exported(team, *signed(3))
    answers = at_once(*[lambda: pay(PaymentRun.objects.get(pk=run.pk), team.payer)] * 6)
    assert refusals(answers) == []
    assert Entry.objects.filter(kind="pay").count() == 3
    assert_books_check()


def test_runs_over_the_same_budgets_in_another_order_do_not_wait_for_each_other():
    team, budgets = a_team(), [a_councillors_budget() for _ in range(3)]
    there = [an_application(Status.AGREEMENT, budgets=[budget]) for budget in budgets]
    back = [an_application(Status.AGREEMENT, budgets=[budget]) for budget in reversed(budgets)]
    runs = [exported(team, *there), exported(team, *back)]
    assert at_once(*(lambda run=run: pay(run, team.payer) for run in runs)) == ["done", "done"]  # type: ignore[misc]
    assert Entry.objects.filter(kind="pay").count() == 6
    assert_books_check()


def test_approving_and_taking_out_at_once_never_approves_what_was_not_seen():
    team = a_team()
    run = made(team, *signed(2))
    before, payment = seen(run), run.payments.get(reference__endswith="-1")
    at_once(
        lambda: actions.approve_run(run=run, seen=before, by=team.approver, at=AT),
        lambda: actions.take_out(payment=payment, by=team.maker, at=AT),
    )
    run.refresh_from_db()
    assert (run.status, run.payments.count()) in {("approved", 2), ("draft", 1)}
    assert run.total_pence == sum(run.payments.values_list("amount_pence", flat=True))


def test_paying_and_cancelling_at_once_does_one_of_them():
    team = a_team()
    run = exported(team, *signed(2))
    answers = at_once(
        lambda: pay(PaymentRun.objects.get(pk=run.pk), team.payer),
        lambda: actions.cancel_run(run=run, reason="No", not_sent=True, by=team.approver, at=AT),
    )
    assert answers.count("done") == 1
    run.refresh_from_db()
    assert Entry.objects.filter(kind="pay").count() == (2 if run.status == "paid" else 0)
    assert_books_check()


def test_approving_and_declining_at_once_does_one_of_them():
    team, officer = a_team(), with_role("officer")
    (application,) = signed()
    run = made(team, application)
    at_once(
        lambda: actions.approve_run(run=run, seen=seen(run), by=team.approver, at=AT),
        lambda: actions.decline_application(
            application=application, reason="No.", no_interest=True, by=officer, at=AT
        ),
    )
    run.refresh_from_db()
    status = Application.objects.get(pk=application.pk).status
    assert (run.status, status) in {("approved", Status.AGREEMENT), ("draft", Status.DECLINED)}
    assert_books_check()


def test_an_approved_run_is_not_outrun_by_declining():
    team, officer = a_team(), with_role("officer")
    (application,) = signed()
    run = approved(team, application)
    answers = at_once(
        lambda: actions.decline_application(
            application=application, reason="No.", no_interest=True, by=officer, at=AT
        ),
        lambda: actions.export_run(run=run, by=team.payer, at=AT),
    )
    assert "is being paid in" in answers[0]
    assert answers[1] == "done"
