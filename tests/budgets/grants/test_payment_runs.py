"""From the agreement to the bank and back: three people, everything asked again at each step, nothing half paid."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from budgets.actions import release_award
from budgets.grants import actions
from budgets.grants.enums import Status, Verdict
from budgets.grants.models import Member, Payment, PaymentRun
from budgets.grants.queries import run_page, to_pay
from budgets.models import Award, Entry
from engage.accounts.actions import give_roles
from engage.audit.models import Record
from engage.kit.decisions import Refused
from tests.budgets.grants.factories import NOW, a_councillors_budget, an_application, checked, with_role
from tests.budgets.grants.paying import (
    AT,
    TODAY,
    a_team,
    approved,
    awards_of,
    exported,
    made,
    new_details,
    paid,
    pay,
    seen,
    signed,
)
from tests.factories import AwardFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def team():
    return a_team()


def refuse(*, match: str, status: int = 409):
    """The verb refuses with this sentence, and with this status."""
    return pytest.raises(Refused, match=match, check=lambda refused: refused.denied.status == status)


# --- making up --------------------------------------------------------------------------------------------


def test_a_run_pays_each_award_what_is_left_of_it(team):
    first, second = signed(2)
    run = made(team, first, second)
    assert (run.status, run.created_by, run.total_pence) == ("draft", team.maker, 1_000_00)
    assert {
        (p.award.organisation, p.amount_pence, p.bank_account.organisation) for p in run.payments.all()
    } == {(each.organisation, 500_00, each.organisation) for each in (first, second)}
    assert [p.reference for p in run.payments.all()] == [f"GRANT {run.pk}-1", f"GRANT {run.pk}-2"]
    assert Record.objects.get(event="RUN_MADE").data == {"payments": 2, "total_pence": 1_000_00}
    assert to_pay().ready == []


def test_what_cannot_be_paid_is_named_and_nothing_is_made(team):
    good, unsigned = signed()[0], an_application(Status.APPROVED, title="Lamps for the lane")
    with refuse(match="“Lamps for the lane”: Its application is “Approved”"):
        made(team, good, unsigned)
    assert not PaymentRun.objects.exists()


def test_a_check_that_blocks_stops_a_payment(team):
    (application,) = signed()
    checked(application, Verdict.BLOCK)
    with refuse(match="A check still blocks it"):
        made(team, application)


def test_an_award_without_an_application_is_not_paid_by_a_run(team):
    with refuse(match="each with an application", status=422):
        actions.make_run(awards=[AwardFactory()], by=team.maker, at=AT)
    with refuse(match="Choose at least one award", status=422):
        actions.make_run(awards=[], by=team.maker, at=AT)


def test_an_award_is_in_one_open_run(team):
    (application,) = signed()
    run = made(team, application)
    with refuse(match=f"It is in payment run {run.pk} already"):
        made(team, application)
    other = PaymentRun.objects.create(created_by=team.maker, created_at=AT)
    payment = run.payments.get()
    payment.pk, payment.run, payment.reference = None, other, "GRANT X"
    with pytest.raises(IntegrityError, match="award_in_one_open_run"), transaction.atomic():
        payment.save(force_insert=True)


def test_one_payment_is_taken_out_of_a_draft_but_not_the_last_and_not_after_approval(team):
    run = made(team, *signed(2))
    run = actions.take_out(payment=run.payments.first(), by=team.maker, at=AT)
    assert (run.total_pence, run.payments.count()) == (500_00, 1)
    with refuse(match="only payment"):
        actions.take_out(payment=run.payments.get(), by=team.maker, at=AT)
    two = approved(team, *signed(2))
    with refuse(match="was approved as it is"):
        actions.take_out(payment=two.payments.first(), by=team.maker, at=AT)


@pytest.mark.parametrize("role", ["administrator", "auditor", "councillor", "resident"])
def test_only_officers_make_up_runs(team, role):
    with refuse(match="Only grants officers make up payment runs", status=403):
        actions.make_run(awards=awards_of(*signed()), by=with_role(role), at=AT)


def test_nobody_pays_their_own_group(team):
    (application,) = signed()
    for officer in (team.maker, team.approver, team.payer):
        Member.objects.create(organisation=application.organisation, account=officer, joined_at=NOW)
    with refuse(match="You act for a group", status=403):
        made(team, application)
    Member.objects.filter(account=team.maker).delete()
    run = made(team, application)
    with refuse(match="You act for a group", status=403):
        actions.approve_run(run=run, seen=seen(run), by=team.approver, at=AT)


# --- approving --------------------------------------------------------------------------------------------


def test_somebody_else_approves(team):
    run = made(team)
    with refuse(match="somebody else must approve", status=403):
        actions.approve_run(run=run, seen=seen(run), by=team.maker, at=AT)
    run = actions.approve_run(run=run, seen=seen(run), by=team.approver, at=AT)
    assert (run.status, run.approved_by) == ("approved", team.approver)
    with refuse(match="is “Approved for payment” now"):
        actions.approve_run(run=run, seen=seen(run), by=team.payer, at=AT)


def test_the_database_wants_three_people_too(team):
    run = made(team)
    for fields, constraint in (
        ({"approved_by": team.maker}, "run_approved_by_another"),
        ({"approved_by": team.approver, "paid_by": team.maker}, "run_paid_by_a_third"),
        ({"approved_by": team.approver, "paid_by": team.approver}, "run_paid_by_a_third"),
        ({"status": "paid"}, "run_status_has_its_people"),
        ({"status": "cancelled"}, "run_cancelled_says_why"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            PaymentRun.objects.filter(pk=run.pk).update(**fields)


def test_a_run_that_changed_since_it_was_looked_at_is_not_approved(team):
    run = made(team, *signed(2))
    before = seen(run)
    actions.take_out(payment=run.payments.first(), by=team.maker, at=AT)
    with refuse(match="has changed since you opened it"):
        actions.approve_run(run=run, seen=before, by=team.approver, at=AT)


def test_an_award_released_meanwhile_stops_the_run_as_a_whole(team):
    kept, given_back = signed(2)
    run = made(team, kept, given_back)
    (award,) = awards_of(given_back)
    release_award(award=award, amount_pence=200_00, on=TODAY, by=None)
    with refuse(match="£300 is left to pay on it now, not £500"):
        actions.approve_run(run=run, seen=seen(run), by=team.approver, at=AT)
    assert [bool(row.decision) for row in run_page(run.pk).rows] == [True, False]


def test_bank_details_that_changed_since_stop_the_approval(team):
    (application,) = signed()
    run = made(team, application)
    details = new_details(application.organisation)
    with refuse(match="changed its bank details since the run was made up"):
        actions.approve_run(run=run, seen=seen(run), by=team.approver, at=AT)
    actions.confirm_bank(
        details=details, sort_code="304050", number="12345678", how="Statement", by=team.approver, at=AT
    )
    with refuse(match="changed its bank details since the run was made up"):
        actions.approve_run(run=run, seen=seen(run), by=team.approver, at=AT)


# --- the bank file ----------------------------------------------------------------------------------------


def test_the_bank_file_is_for_the_third_person_and_every_time_is_recorded(team):
    run = made(team)
    with refuse(match="not approved yet"):
        actions.export_run(run=run, by=team.payer, at=AT)
    run = actions.approve_run(run=run, seen=seen(run), by=team.approver, at=AT)
    for officer in (team.maker, team.approver):
        with refuse(match="a third person must pay it", status=403):
            actions.export_run(run=run, by=officer, at=AT)
    text = actions.export_run(run=run, by=team.payer, at=AT)
    assert actions.export_run(run=run, by=team.payer, at=AT) == text
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["Sort code"], row["Account number"], row["Amount"]) == ("200000", "55779911", "500.00")
    assert row["Reference"] == run.payments.get().reference
    said = Record.objects.filter(event="RUN_EXPORTED")
    assert [(each.actor_id, each.data) for each in said] == [
        (team.payer.pk, {"payments": 1, "total_pence": 500_00})
    ] * 2


def test_no_file_with_bank_details_that_changed(team):
    (application,) = signed()
    run = approved(team, application)
    new_details(application.organisation)
    with refuse(match="changed its bank details"):
        actions.export_run(run=run, by=team.payer, at=AT)
    run.refresh_from_db()
    assert run.exported_at is None


# --- paid -------------------------------------------------------------------------------------------------


def test_paid_is_in_the_journal_the_application_and_the_record(team):
    (application,) = signed()
    run = paid(team, application)
    (award,) = awards_of(application)
    entry = Entry.objects.get(award=award, kind="pay")
    assert (entry.amount_pence, entry.posted_on, entry.recorded_by) == (500_00, TODAY, team.payer)
    assert entry.note == f"Payment run {run.pk}, GRANT {run.pk}-1"
    assert run.payments.get().entry == entry
    assert (award.committed_pence, award.spent_pence, award.status) == (0, 500_00, "paid")
    application.refresh_from_db()
    assert application.status == Status.PAID
    assert application.steps.last().public_note == "£500 was paid."
    assert (run.status, run.paid_by, run.bank_reference) == ("paid", team.payer, "BACS 0710")


def test_pressing_twice_pays_once(team):
    run = paid(team)
    again = pay(PaymentRun.objects.get(pk=run.pk), team.payer)
    assert again.status == "paid"
    assert Entry.objects.filter(kind="pay").count() == 1
    assert Record.objects.filter(event="RUN_PAID").count() == 1
    with refuse(match="is “Paid” now"):
        pay(run, with_role("officer"))


def test_only_the_third_person_says_that_it_was_paid_and_only_after_the_file(team):
    run = approved(team)
    with refuse(match="taken out the bank file"):
        pay(run, team.payer)
    actions.export_run(run=run, by=team.payer, at=AT)
    for officer in (team.maker, team.approver):
        with refuse(match="a third person", status=403):
            pay(run, officer)
    assert pay(run, team.payer).status == "paid"


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=1), date(2025, 7, 10)])
def test_money_leaves_between_the_approval_and_today(team, day):
    with refuse(match="from 10 July 2026", status=422):
        pay(exported(team), team.payer, on=day)


def test_nothing_is_half_paid_when_one_of_them_cannot_be(team):
    good, less = signed(2)
    run = exported(team, good, less)
    release_award(award=awards_of(less)[0], amount_pence=1, on=TODAY, by=None)
    with refuse(match="Nothing was done.*£499.99 is left"):
        pay(run, team.payer)
    assert not Entry.objects.filter(kind="pay").exists()
    good.refresh_from_db()
    run.refresh_from_db()
    assert (good.status, run.status) == (Status.AGREEMENT, "approved")


def test_details_that_changed_after_the_file_was_taken_out_do_not_hide_what_was_paid(team):
    (application,) = signed()
    run = exported(team, application)
    new_details(application.organisation, at=AT + timedelta(hours=1))
    (row,) = run_page(run.pk).rows
    assert row.changed_after_file
    assert pay(run, team.payer).status == "paid"
    assert run.payments.get().bank_account.number_ends == "9911"


def test_a_joint_grant_is_paid_when_all_its_parts_are(team):
    budgets = [a_councillors_budget(), a_councillors_budget()]
    application = an_application(Status.AGREEMENT, budgets=budgets)
    first, second = awards_of(application)
    for award, status in ((first, Status.AGREEMENT), (second, Status.PAID)):
        run = actions.make_run(awards=[award], by=team.maker, at=AT)
        run = actions.approve_run(run=run, seen=seen(run), by=team.approver, at=AT)
        actions.export_run(run=run, by=team.payer, at=AT)
        pay(PaymentRun.objects.get(pk=run.pk), team.payer)
        application.refresh_from_db()
        assert application.status == status
    assert application.steps.last().note == "£1,000 was paid."


def test_what_is_being_paid_is_not_given_back(team):
    (application,) = signed()
    run = approved(team, application)
    officer = with_role("officer")
    with refuse(match=f"is being paid in Payment run {run.pk}"):
        actions.decline_application(
            application=application, reason="A mistake.", no_interest=True, by=officer, at=AT
        )
    actions.cancel_run(run=run, reason="A mistake.", by=team.maker, at=AT)
    actions.decline_application(
        application=application, reason="A mistake.", no_interest=True, by=officer, at=AT
    )
    assert awards_of(application)[0].committed_pence == 0


# --- cancelled, refunded ----------------------------------------------------------------------------------


def test_a_cancelled_run_frees_its_awards_for_another(team):
    (application,) = signed()
    run = approved(team, application)
    with refuse(match="Say why", status=422):
        actions.cancel_run(run=run, reason=" ", by=team.maker, at=AT)
    run = actions.cancel_run(run=run, reason="The wrong month.", by=team.maker, at=AT)
    assert (run.status, run.cancelled_by, run.cancel_reason) == ("cancelled", team.maker, "The wrong month.")
    assert made(team, application).payments.count() == 1
    with refuse(match="is “Cancelled” now"):
        actions.cancel_run(run=run, reason="Again.", by=team.maker, at=AT)


def test_a_run_whose_file_is_out_is_cancelled_only_by_who_says_that_it_was_not_sent(team):
    run = exported(team)
    with refuse(match="was taken out. Make sure that it was not sent", status=422):
        actions.cancel_run(run=run, reason="Wrong.", by=team.payer, at=AT)
    run = actions.cancel_run(run=run, reason="Wrong.", not_sent=True, by=team.payer, at=AT)
    assert run.status == "cancelled"


def test_and_never_by_who_made_it_up_alone(team):
    run = exported(team)
    with refuse(match="cancelled by who approved it, or by a third person"):
        actions.cancel_run(run=run, reason="Wrong.", not_sent=True, by=team.maker, at=AT)
    run = actions.cancel_run(run=run, reason="Wrong.", not_sent=True, by=team.approver, at=AT)
    assert run.status == "cancelled"


def test_a_paid_run_is_undone_by_refunds_alone(team):
    (application,) = signed()
    run = paid(team, application)
    with refuse(match="undone by a refund alone"):
        actions.cancel_run(run=run, reason="Wrong.", not_sent=True, by=team.maker, at=AT)
    payment, entry = run.payments.get(), None
    with refuse(match="£1 more than was paid", status=422):
        refund(payment, 501_00, team)
    refund(payment, 200_00, team)
    application.refresh_from_db()
    assert application.status == Status.PAID
    entry = refund(payment, 300_00, team)
    application.refresh_from_db()
    assert application.status == Status.CLOSED
    assert entry.budget.remaining_pence == 10_000_00
    assert [step.status for step in application.steps.all()][-2:] == [Status.RECOVERING, Status.CLOSED]


def refund(payment, amount_pence, team):
    payment = Payment.objects.get(pk=payment.pk)
    return actions.refund_payment(
        payment=payment,
        amount_pence=amount_pence,
        on=TODAY,
        note="The account is closed.",
        key=f"refund {amount_pence}",
        by=team.maker,
        at=AT,
    )


def test_what_is_asked_back_comes_back_there_and_counts_once(team):
    (application,) = signed()
    payment = paid(team, application).payments.get()
    (recovery,) = actions.ask_back(
        application=application, amount_pence=200_00, reason="Not used.", by=team.approver, at=AT
    )
    with refuse(match="Record it under “Money asked back”"):
        refund(payment, 200_00, team)
    actions.book_refund(recovery=recovery, amount_pence=200_00, on=TODAY, by=team.approver, at=AT)
    assert Entry.objects.get(kind="refund").amount_pence == 200_00


def test_what_comes_although_nobody_asks_for_it_any_more_is_a_refund_of_the_payment(team):
    (application,) = signed()
    payment = paid(team, application).payments.get()
    (recovery,) = actions.ask_back(
        application=application, amount_pence=200_00, reason="Not used.", by=team.approver, at=AT
    )
    actions.end_recovery(recovery=recovery, reason="They have nothing left.", by=team.payer, at=AT)
    assert refund(payment, 200_00, team).amount_pence == 200_00


def test_what_was_not_paid_does_not_come_back(team):
    with refuse(match="not paid, so nothing can come back"):
        refund(approved(team).payments.get(), 1_00, team)


def test_who_signed_for_a_payment_stays_in_the_books(team, client):
    run = approved(team)
    team.approver.set_unusable_password()
    team.approver.save()
    give_roles(account=team.approver, roles=[], at=AT)
    client.force_login(team.approver)
    answer = client.post("/account/delete/", {"sure": "on"})
    assert answer.status_code == 409
    assert "the books must go on saying who did" in answer.text
    run.refresh_from_db()
    assert run.approved_by == team.approver
    assert not Record.objects.filter(event="ACCOUNT_CLOSED").exists()


# --- how many statements ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_run_of_thirty_is_read_with_as_many_statements_as_one(team, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for size in (1, 30):
        run = made(team, *signed(size))
        with CaptureQueriesContext(
            connection,
        ) as said:
            assert len(run_page(run.pk).rows) == size
            to_pay()
        counts.append(len(said))
    assert counts[0] == counts[1]
    assert Award.objects.count() == 31
