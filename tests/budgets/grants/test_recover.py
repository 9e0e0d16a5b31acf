"""Money that is asked back: again when more turns out to be unused, let go by two people, seen by everybody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from budgets.actions import pay_award
from budgets.grants import actions
from budgets.grants.actions import ReportWords
from budgets.grants.enums import Answer, Capacity, Status
from budgets.grants.models import Application, Decision, Recovery, Report
from budgets.grants.tasks import chase_reports
from budgets.models import Award, Entry
from engage.accounts.models import Account
from engage.audit.models import Record
from engage.kit.decisions import Refused
from tests.budgets.grants.factories import NOW, a_councillors_budget, an_application, with_role
from tests.budgets.grants.paying import a_team

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST, LAST = date(2027, 2, 1), date(2027, 8, 1)
THEN = datetime(2027, 1, 4, 12, tzinfo=UTC)
LATER = datetime(2027, 8, 1, 12, tzinfo=UTC)


@pytest.fixture
def officer() -> Account:
    return with_role("officer")


@pytest.fixture
def colleague() -> Account:
    return with_role("officer")


def a_paid_one(**fields) -> Application:
    application = an_application(Status.PAID, **fields)
    actions.schedule_reports(application=application, at=NOW)
    return application


def half_paid() -> Application:
    """A joint grant: one councillor's part is paid, the other's is promised."""
    application = an_application(
        Status.AGREEMENT, budgets=[a_councillors_budget(), a_councillors_budget()], amount_pence=300_00
    )
    first = awards_of(application)[0]
    pay_award(award=first, amount_pence=300_00, on=date(2026, 8, 1), by=None)
    return application


def awards_of(application: Application) -> list[Award]:
    return list(Award.objects.filter(ask__application=application).order_by("ask__id"))


def status_of(application: Application) -> str:
    return Application.objects.get(pk=application.pk).status


def lead_of(application: Application) -> Account:
    return application.organisation.members.get().account


def send(application: Application, number: int, *, used: int, at: datetime = LATER) -> Report:
    report = application.reports.order_by("due_on")[number]
    words = ReportWords(
        used_pence=used, story="People meet there.", actual={application.expected.get().pk: 3}
    )
    return actions.send_report(report=report, words=words, by=lead_of(application), at=at)


def accept(application: Application, number: int, *, used: int, by: Account, at: datetime = LATER) -> None:
    actions.accept_report(report=send(application, number, used=used, at=at), by=by, at=at)


def ask(application: Application, amount: int, by: Account, **more) -> list[Recovery]:
    return actions.ask_back(
        application=application,
        amount_pence=amount,
        reason="One bench was not bought.",
        by=by,
        at=THEN,
        **more,
    )


def book(recovery: Recovery, amount: int, by: Account, **more) -> Recovery:
    return actions.book_refund(recovery=recovery, amount_pence=amount, on=THEN.date(), by=by, at=THEN, **more)


# --- more turns out to be unused


def test_a_last_report_that_shows_more_unspent_asks_for_the_rest_of_it(officer) -> None:
    application = a_paid_one()
    ask(application, 100_00, officer)
    accept(application, 0, used=300_00, by=officer)
    accept(application, 1, used=350_00, by=officer)
    asked = Recovery.objects.order_by("pk").values_list("amount_pence", "reason")
    assert list(asked) == [
        (100_00, "One bench was not bought."),
        (50_00, "The last report says that it was not used."),
    ]
    assert status_of(application) == Status.RECOVERING
    for recovery in Recovery.objects.order_by("pk"):
        assert status_of(application) == Status.RECOVERING
        book(recovery, recovery.amount_pence, officer)
    assert status_of(application) == Status.CLOSED
    assert awards_of(application)[0].spent_pence == 350_00


def test_a_last_report_that_shows_no_more_than_was_asked_back_asks_for_nothing(officer) -> None:
    application = a_paid_one()
    (recovery,) = ask(application, 100_00, officer)
    book(recovery, 60_00, officer)
    accept(application, 0, used=300_00, by=officer)
    accept(application, 1, used=400_00, by=officer)
    assert list(Recovery.objects.values_list("amount_pence", flat=True)) == [100_00]
    assert status_of(application) == Status.RECOVERING
    book(recovery, 40_00, officer)
    assert status_of(application) == Status.CLOSED


def test_what_was_let_go_is_not_asked_for_again(officer, colleague) -> None:
    application = a_paid_one()
    (recovery,) = ask(application, 100_00, officer)
    actions.end_recovery(recovery=recovery, reason="It paid for the move.", by=colleague, at=THEN)
    with pytest.raises(Refused, match="paid £400 that is neither back nor asked back"):
        ask(application, 400_01, officer)
    accept(application, 0, used=300_00, by=officer)
    accept(application, 1, used=400_00, by=officer)
    assert status_of(application) == Status.CLOSED
    assert Recovery.objects.count() == 1


def test_the_same_form_sent_twice_asks_and_books_once(officer) -> None:
    application = a_paid_one()
    (recovery,) = ask(application, 100_00, officer, key="form:a")
    assert ask(application, 100_00, officer, key="form:a") == [recovery]
    book(recovery, 30_00, officer, key="form:b")
    assert book(recovery, 30_00, officer, key="form:b").recovered_pence == 30_00
    assert Entry.objects.filter(kind="refund").count() == 1
    assert Record.objects.filter(event="MONEY_ASKED_BACK").count() == 1


def test_the_database_lets_nobody_ask_for_more_than_the_group_has(officer) -> None:
    application = a_paid_one()
    ask(application, 100_00, officer)
    award = awards_of(application)[0]
    row = {"award": award, "reason": "So.", "asked_at": THEN}
    with pytest.raises(IntegrityError, match="More is asked back"), transaction.atomic():
        Recovery.objects.create(amount_pence=400_01, **row)
    Recovery.objects.create(amount_pence=400_00, **row)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_officers_at_once_do_not_ask_for_more_than_there_is() -> None:
    application, officer = a_paid_one(), with_role("officer")

    def ask_for_some(_number: int) -> int:
        try:
            return len(ask(application, 150_00, officer))
        except Refused:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask_for_some, range(8))) == 3


# --- reports stay owed


def test_a_small_recovery_does_not_end_the_grant(officer, time_machine) -> None:
    application = a_paid_one()
    (recovery,) = ask(application, 20_00, officer)
    book(recovery, 20_00, officer)
    assert status_of(application) == Status.PAID
    time_machine.move_to(datetime.combine(FIRST, THEN.timetz()))
    chase_reports()
    assert status_of(application) == Status.REPORT_DUE
    assert Record.objects.filter(event="REPORT_REMINDED").count() == 1
    accept(application, 0, used=300_00, by=officer)
    accept(application, 1, used=480_00, by=officer)
    assert status_of(application) == Status.CLOSED


def test_reports_are_asked_for_while_money_is_asked_back(officer, time_machine) -> None:
    application = a_paid_one()
    (recovery,) = ask(application, 20_00, officer)
    time_machine.move_to(datetime.combine(FIRST, THEN.timetz()) + timedelta(days=1))
    chase_reports()
    assert Record.objects.filter(event="REPORT_REMINDED").count() == 1
    assert status_of(application) == Status.RECOVERING
    actions.book_refund(recovery=recovery, amount_pence=20_00, on=FIRST, by=officer, at=datetime.now(UTC))
    assert status_of(application) == Status.REPORT_DUE


def test_a_report_that_waits_to_be_read_waits_on(officer) -> None:
    application = a_paid_one()
    (recovery,) = ask(application, 20_00, officer)
    send(application, 0, used=300_00, at=THEN)
    assert status_of(application) == Status.RECOVERING
    book(recovery, 20_00, officer)
    assert status_of(application) == Status.REPORTED


def test_a_grant_of_which_everything_is_back_owes_no_report(officer) -> None:
    application = a_paid_one()
    (recovery,) = ask(application, 500_00, officer)
    book(recovery, 500_00, officer)
    assert status_of(application) == Status.CLOSED


def test_the_database_closes_no_grant_that_owes_money_or_a_report(officer) -> None:
    application = a_paid_one()
    again = Application.objects.filter(pk=application.pk)
    with pytest.raises(IntegrityError, match="last report"), transaction.atomic():
        again.update(status=Status.CLOSED)
    (recovery,) = ask(application, 20_00, officer)
    with pytest.raises(IntegrityError, match="still asked back"), transaction.atomic():
        again.update(status=Status.CLOSED)
    book(recovery, 20_00, officer)
    accept(application, 0, used=480_00, by=officer)
    send(application, 1, used=480_00)
    Report.objects.filter(application=application).update(accepted_at=LATER)
    again.update(status=Status.CLOSED)


# --- letting go takes two


def test_whoever_asked_for_the_money_cannot_let_it_go(officer, colleague) -> None:
    application = a_paid_one()
    (recovery,) = ask(application, 80_00, officer)
    with pytest.raises(Refused, match="a colleague has to let the rest go"):
        actions.end_recovery(recovery=recovery, reason="Never mind.", by=officer, at=THEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.filter(pk=recovery.pk).update(ended_at=THEN, ended_by=officer, ended_reason="So.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.filter(pk=recovery.pk).update(ended_at=THEN, ended_by=colleague)
    actions.end_recovery(recovery=recovery, reason="The club has closed.", by=colleague, at=THEN)
    assert status_of(application) == Status.PAID


def test_whoever_accepted_the_last_report_cannot_let_go_what_it_asks_back(officer) -> None:
    application = a_paid_one()
    accept(application, 0, used=300_00, by=officer)
    accept(application, 1, used=400_00, by=officer)
    with pytest.raises(Refused, match="a colleague has to let the rest go"):
        actions.end_recovery(recovery=Recovery.objects.get(), reason="Never mind.", by=officer, at=LATER)


def test_everybody_reads_what_was_let_go_and_why(client, officer, colleague) -> None:
    application = a_paid_one()
    asked = application.asks.get()
    Decision.objects.create(
        ask=asked,
        answer=Answer.APPROVED,
        amount_pence=500_00,
        reason="Needed.",
        capacity=Capacity.COUNCILLOR,
        no_interest=True,
        decided_name="Ada",
        decided_at=NOW,
    )
    (recovery,) = ask(application, 80_00, officer)
    book(recovery, 30_00, officer)
    page = asked.award.get_absolute_url()
    assert "On 4 January 2027 the council asked for £80 back; £30 has come." in client.get(page).text
    assert "One bench was not bought" not in client.get(page).text
    actions.end_recovery(recovery=recovery, reason="The club has closed.", by=colleague, at=THEN)
    assert (
        "Since 4 January 2027 it no longer asks for the other £50: The club has closed."
        in client.get(page).text
    )
    twin = client.get(page.rstrip("/") + ".json").json()
    assert "no longer asks for the other £50" in twin["decision"][0]["asked_back"]


def test_the_desk_offers_to_stop_asking_to_others_only(client, officer, colleague) -> None:
    (recovery,) = ask(a_paid_one(), 80_00, officer)
    desk, stop = f"/admin/recoveries/inspect/{recovery.pk}/", f"/admin/recoveries/{recovery.pk}/end/"
    client.force_login(officer)
    assert stop not in client.get(desk).text
    assert "a colleague has to let the rest go" in client.get(desk).text
    assert client.post(stop, {"reason": "Never mind."}).status_code == 409
    client.force_login(colleague)
    assert stop in client.get(desk).text
    assert client.post(stop, {"reason": "The club has closed."}).status_code == 302
    assert Recovery.objects.get().ended_by == colleague


# --- a joint grant of which one part is paid


def test_what_is_partly_paid_is_neither_withdrawn_nor_declined(officer) -> None:
    application = half_paid()
    with pytest.raises(Refused, match="they ask for the money back"):
        actions.withdraw_application(application=application, why="", by=lead_of(application), at=THEN)
    with pytest.raises(Refused, match="they ask for the money back"):
        actions.decline_application(
            application=application, reason="No.", no_interest=True, by=officer, at=THEN
        )
    for ended in (Status.WITHDRAWN, Status.DECLINED):
        with pytest.raises(IntegrityError, match="with the group"), transaction.atomic():
            Application.objects.filter(pk=application.pk).update(status=ended)


def test_its_money_is_asked_back_and_the_rest_is_free_again(client, officer) -> None:
    application = half_paid()
    client.force_login(officer)
    button = f"/admin/applications/{application.pk}/ask-back/"
    assert button in client.get(f"/admin/applications/inspect/{application.pk}/").text
    answer = client.post(button, {"amount": "300", "reason": "They do not want it.", "key": ""})
    assert answer.status_code == 302
    assert [(each.committed_pence, each.spent_pence) for each in awards_of(application)] == [
        (0, 300_00),
        (0, 0),
    ]
    assert status_of(application) == Status.RECOVERING
    book(Recovery.objects.get(), 300_00, officer)
    assert status_of(application) == Status.CLOSED


def test_when_only_some_is_asked_back_the_group_keeps_the_rest_and_reports(officer) -> None:
    application = half_paid()
    (recovery,) = ask(application, 100_00, officer)
    book(recovery, 100_00, officer)
    assert status_of(application) == Status.PAID
    assert actions.schedule_reports(application=application, at=THEN) == 2


def test_a_part_on_its_way_to_the_bank_holds_the_asking_up(officer) -> None:
    application = half_paid()
    _first, second = awards_of(application)
    team = a_team()
    run = actions.make_run(awards=[second], by=team.maker, at=THEN)
    actions.approve_run(run=run, seen=actions.Seen(1, 300_00), by=team.approver, at=THEN)
    with pytest.raises(Refused, match="Ask the grants team to cancel that run first"):
        ask(application, 300_00, officer)
    second.refresh_from_db()
    assert second.committed_pence == 300_00
