"""The books of grants: no statement at a database console bends them, and no order of verbs either."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets.actions import release_award
from budgets.grants import actions
from budgets.grants.enums import RunStatus, Status
from budgets.grants.models import Application, Payment, PaymentRun
from budgets.models import Award, Budget, Entry
from engage.kit.decisions import Refused
from tests.budgets.grants.books import problems
from tests.budgets.grants.factories import a_councillors_budget, an_application, with_role
from tests.budgets.grants.paying import AT, TODAY, a_team, awards_of, new_details, paid, signed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@transaction.atomic
def at_the_console(statement: str) -> None:
    """With what a commit would ask, of what was there before and of what the statement did."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE budgets_entry CASCADE",
        "TRUNCATE budgets_award CASCADE",
        "TRUNCATE budgets_budget CASCADE",
        "DELETE FROM budgets_entry WHERE kind = 'pay'",
        "DELETE FROM budgets_award",
        "DELETE FROM budgets_budget",
        "UPDATE budgets_entry SET posted_on = posted_on - 1",
        "UPDATE budgets_entry SET award_id = NULL",
        "UPDATE budgets_entry SET hash = previous_hash",
        "UPDATE budgets_entry SET recorded_by_id = 1",
        "WITH gone AS (DELETE FROM budgets_entry RETURNING *) SELECT count(*) FROM gone",
        "UPDATE budgets_budget SET allocated_pence = allocated_pence + 1, spent_pence = spent_pence + 1",
        "UPDATE budgets_budget SET entries_count = 0",
        "UPDATE budgets_award SET spent_pence = 0, committed_pence = awarded_pence",
        "UPDATE grants_paymentrun SET paid_by_id = created_by_id",
        "UPDATE grants_paymentrun SET approved_by_id = created_by_id",
        "UPDATE grants_bankaccount SET confirmed_by_id = entered_by_id",
        "UPDATE grants_payment SET open = true",
    ],
)
def test_the_console_cannot_bend_what_was_paid(statement):
    paid(a_team(), *signed())
    before = list(Entry.objects.order_by("pk").values())
    with pytest.raises(IntegrityError):
        at_the_console(statement)
    assert list(Entry.objects.order_by("pk").values()) == before
    assert problems() == []


def test_an_entry_from_the_console_is_numbered_and_chained_like_any_other():
    """So money that somebody moves by hand is in the journal, whatever number and hash they give it."""
    award = awards_of(*signed())[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO budgets_entry (budget_id, award_id, kind, amount_pence, posted_on, note, key, recorded_at,"
            " sequence, previous_hash, hash) VALUES (%s, %s, 'pay', 100, now(), '', 'by hand', now(), 77, 'x', 'y')",
            [award.budget_id, award.pk],
        )
    entry = Entry.objects.get(key="by hand")
    assert (entry.sequence, len(entry.hash)) == (3, 64)
    award.refresh_from_db()
    assert (award.committed_pence, award.spent_pence) == (499_00, 1_00)


# --- any order of verbs -----------------------------------------------------------------------------------


class Council:
    """Three officers, one budget, and grants from it, some of them joint with another budget."""

    def __init__(self) -> None:
        self.team, self.officer = a_team(), with_role("officer")
        first, second = a_councillors_budget(), a_councillors_budget()
        self.applications = [
            an_application(Status.AGREEMENT, budgets=[first], amount_pence=700_00),
            an_application(Status.AGREEMENT, budgets=[first, second], amount_pence=600_00),
            an_application(Status.APPROVED, budgets=[second], amount_pence=300_00),
        ]
        self.when = AT

    def take(self, verb: str, which: int) -> None:
        """One step by whoever may; what is refused must leave nothing behind."""
        self.when += timedelta(seconds=1)
        with suppress(Refused):
            getattr(self, verb)(which)

    def application(self, which: int) -> Application:
        return Application.objects.get(pk=self.applications[which % len(self.applications)].pk)

    def run(self, which: int) -> PaymentRun:
        runs = list(PaymentRun.objects.order_by("pk")) or [self.make(which)]
        return runs[which % len(runs)]

    def make(self, which: int) -> PaymentRun:
        awards = awards_of(self.application(which))
        return actions.make_run(awards=awards[: which % 2 + 1], by=self.team.maker, at=self.when)

    def approve(self, which: int) -> None:
        run = self.run(which)
        seen = actions.Seen(run.payments.count(), run.total_pence)
        actions.approve_run(run=run, seen=seen, by=self.team.approver, at=self.when)

    def export(self, which: int) -> None:
        actions.export_run(run=self.run(which), by=self.team.payer, at=self.when)

    def pay(self, which: int) -> None:
        actions.pay_run(run=self.run(which), on=TODAY, bank_reference="B", by=self.team.payer, at=self.when)

    def cancel(self, which: int) -> None:
        run = self.run(which)
        by = self.team.approver if run.exported_at else self.team.maker
        actions.cancel_run(run=run, reason="No", not_sent=True, by=by, at=self.when)

    def decline(self, which: int) -> None:
        actions.decline_application(
            application=self.application(which), reason="No", no_interest=True, by=self.officer, at=self.when
        )

    def release(self, which: int) -> None:
        award = awards_of(self.application(which))[0]
        release_award(award=award, amount_pence=100_00 * (which + 1), on=TODAY, by=None)

    def refund(self, which: int) -> None:
        payment = Payment.objects.order_by("-pk").first()
        if payment:
            actions.refund_payment(
                payment=payment,
                amount_pence=200_00 * (which + 1),
                on=TODAY,
                note="Back",
                key=None,
                by=self.officer,
                at=self.when,
            )

    def change_bank(self, which: int) -> None:
        new_details(self.application(which).organisation, at=self.when)


VERBS = ("make", "approve", "export", "pay", "cancel", "decline", "release", "refund", "change_bank")
LIKELY = ("make", "approve", "export", "pay")
STEP = st.tuples(st.one_of(st.sampled_from(VERBS), st.sampled_from(LIKELY)), st.integers(0, 3))


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=20))
def test_after_any_order_of_verbs_money_and_status_agree(steps):
    with transaction.atomic():
        council = Council()
        for verb, which in steps:
            council.take(verb, which)
        assert problems() == []
        for budget in Budget.objects.all():
            parts = budget.committed_pence + budget.spent_pence + budget.remaining_pence
            assert budget.allocated_pence == parts
        for award in Award.objects.prefetch_related("payments__run", "entries"):
            open_ones = [payment for payment in award.payments.all() if payment.open]
            done = [payment for payment in award.payments.all() if payment.entry_id]
            assert len(open_ones) <= 1
            assert all(payment.run.status == RunStatus.PAID for payment in done)
            assert sum(each.amount_pence for each in award.entries.all() if each.kind == "pay") == sum(
                payment.amount_pence for payment in done
            )
        for application in Application.objects.all():
            left = sum(award.committed_pence for award in awards_of(application))
            assert not (left and application.status in {Status.PAID, Status.CLOSED, Status.DECLINED})
        transaction.set_rollback(True)


def test_the_way_through_is_among_those_orders():
    council = Council()
    for verb in LIKELY:
        council.take(verb, 0)
    assert council.application(0).status == Status.PAID
