"""Whatever statement a verb of money dies at, nothing of it stays, and the books check."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import OperationalError, connection

from budgets import actions as money
from budgets.grants import actions
from budgets.grants.enums import Answer, Status
from budgets.grants.models import Application, Payment
from budgets.models import Budget, Entry
from engage.kit.decisions import Refused
from tests.budgets.grants.books import everything, problems
from tests.budgets.grants.factories import NOW, a_councillors_budget, an_application, checked, with_role
from tests.budgets.grants.paying import (
    AT,
    TODAY,
    a_team,
    approved,
    awards_of,
    exported,
    made,
    paid,
    pay,
    seen,
    signed,
)
from tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class Crash(OperationalError):
    """The connection is gone. No transaction of the test's own hides a verb that has none."""


class DiesAt:
    """For `execute_wrapper`: lets statements through until the one of this number."""

    def __init__(self, number: int) -> None:
        self.number, self.seen, self.died = number, 0, False

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not self.died:
            self.seen += 1
            if self.seen == self.number:
                self.died = True
                raise Crash(sql)
        return execute(sql, *rest)


def joint() -> Application:
    return an_application(Status.AGREEMENT, budgets=[a_councillors_budget(), a_councillors_budget()])


def approve_an_ask() -> Callable[[], Any]:
    """The last of two decisions: it commits the money of both."""
    budgets = [a_councillors_budget(), a_councillors_budget()]
    first, last = checked(an_application(Status.CHECK, budgets=budgets)).asks.all()

    def decide(ask: Any) -> Any:
        return actions.decide_ask(
            ask=ask,
            answer=Answer.APPROVED,
            amount_pence=500_00,
            reason="Neighbours asked.",
            no_interest=True,
            by=ask.budget.councillor.account,
            at=NOW,
        )

    decide(first)
    return lambda: decide(last)


def decline_what_was_approved() -> Callable[[], Any]:
    application, officer = joint(), with_role("officer")
    return lambda: actions.decline_application(
        application=application, reason="No.", no_interest=True, by=officer, at=AT
    )


def make_up_a_run() -> Callable[[], Any]:
    team, applications = a_team(), [joint(), *signed()]
    return lambda: made(team, *applications)


def approve_a_run() -> Callable[[], Any]:
    team = a_team()
    run = made(team, joint())
    return lambda: actions.approve_run(run=run, seen=seen(run), by=team.approver, at=AT)


def take_out_the_bank_file() -> Callable[[], Any]:
    team = a_team()
    run = approved(team, joint())
    return lambda: actions.export_run(run=run, by=team.payer, at=AT)


def pay_a_run() -> Callable[[], Any]:
    team = a_team()
    run = exported(team, joint(), *signed())
    return lambda: pay(run, team.payer)


def cancel_a_run() -> Callable[[], Any]:
    team = a_team()
    run = approved(team, joint())
    return lambda: actions.cancel_run(run=run, reason="Wrong.", by=team.maker, at=AT)


def refund_a_payment() -> Callable[[], Any]:
    team = a_team()
    payment = paid(team, *signed()).payments.get()
    return lambda: actions.refund_payment(
        payment=Payment.objects.get(pk=payment.pk),
        amount_pence=500_00,
        on=TODAY,
        note="Back",
        key="back",
        by=team.maker,
        at=AT,
    )


def ask_money_back() -> Callable[[], Any]:
    """Of a joint grant of which one part is paid: what is promised is released, and the rest asked back."""
    team, application = a_team(), joint()
    first, _second = awards_of(application)
    money.pay_award(award=first, amount_pence=500_00, on=TODAY, by=None)
    return lambda: actions.ask_back(
        application=application, amount_pence=500_00, reason="Not wanted.", key="back", by=team.maker, at=AT
    )


def book_what_came_back() -> Callable[[], Any]:
    team, (application,) = a_team(), signed()
    paid(team, application)
    (recovery,) = actions.ask_back(
        application=application, amount_pence=500_00, reason="Not used.", by=team.maker, at=AT
    )
    return lambda: actions.book_refund(
        recovery=recovery, amount_pence=500_00, on=TODAY, key="back", by=team.maker, at=AT
    )


def transfer() -> Callable[[], Any]:
    source, target = a_councillors_budget(), a_councillors_budget()
    return lambda: money.transfer(source=source, target=target, amount_pence=1_00, on=TODAY, key="t", by=None)


def commit() -> Callable[[], Any]:
    budget, organisation = a_councillors_budget(), OrganisationFactory()
    return lambda: money.commit_award(
        budget=Budget.objects.get(pk=budget.pk),
        organisation=organisation,
        title="A",
        purpose="B",
        amount_pence=1_00,
        decided_on=TODAY,
        key="c",
        by=None,
    )


VERBS = [
    approve_an_ask,
    decline_what_was_approved,
    make_up_a_run,
    approve_a_run,
    take_out_the_bank_file,
    pay_a_run,
    cancel_a_run,
    refund_a_payment,
    ask_money_back,
    book_what_came_back,
    transfer,
    commit,
]


@pytest.mark.parametrize("arrange", VERBS, ids=lambda arrange: arrange.__name__)
def test_a_crash_at_any_statement_leaves_everything_as_it_was(arrange):
    do = arrange()
    before, number = everything(), 0
    assert problems() == []
    while True:
        number += 1
        dies = DiesAt(number)
        with suppress(Crash), connection.execute_wrapper(dies):
            do()
        if not dies.died:
            break
        assert everything() == before, f"statement {number} of {arrange.__name__}"
    assert number > 5
    assert everything() != before
    assert problems() == []


def test_what_died_halfway_is_done_once_by_doing_it_again():
    """The keys of a run's entries come from its payments, so that a second try books nothing twice."""
    team = a_team()
    run = exported(team, joint())
    with suppress(Crash), connection.execute_wrapper(DiesAt(25)):
        pay(run, team.payer)
    pay(run, team.payer)
    with suppress(Refused):
        pay(run, team.payer)
    assert Entry.objects.filter(kind="pay").count() == 2
    assert sum(award.spent_pence for award in awards_of(Application.objects.get())) == 1_000_00
