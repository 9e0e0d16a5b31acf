"""Reports: owed from the payment on, reminded of once each, written bit by bit, accepted or sent back, and closed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from budgets.actions import register_organisation
from budgets.grants import actions
from budgets.grants.actions import ReportWords
from budgets.grants.enums import Status
from budgets.grants.models import Application, Member, Recovery, Report
from budgets.grants.queries import overdue_reports, paid_without_schedule
from budgets.grants.tasks import chase_reports
from budgets.models import Entry
from engage.accounts.actions import give_roles
from engage.audit.models import Record
from engage.councillors.actions import save_pre_election
from engage.kit.decisions import Refused
from tests.budgets.grants.factories import NOW, a_councillors_budget, an_application, with_role
from tests.budgets.grants.paying import a_team, paid, signed
from tests.factories import AccountFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PAID_ON = date(2026, 8, 1)  # by the factory; reports are due 6 and 12 months later
FIRST, LAST = date(2027, 2, 1), date(2027, 8, 1)
THEN = datetime(2027, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def officer():
    account = AccountFactory()
    give_roles(account=account, roles=["officer"], at=NOW)
    return account


def a_paid_one(**fields) -> Application:
    application = an_application(Status.PAID, **fields)
    actions.schedule_reports(application=application, at=NOW)
    return application


def lead_of(application: Application):
    return application.organisation.members.get().account


def words(application: Application, used: int | None = 500_00, actual: int = 4) -> ReportWords:
    expected = application.expected.get()
    return ReportWords(
        used_pence=used,
        story="People meet there now.",
        actual={expected.pk: actual},
        notes={expected.pk: "One more."},
    )


def sent(application: Application, *, which: int = 0, **kwargs) -> Report:
    report = application.reports.order_by("due_on")[which]
    lead = lead_of(application)
    return actions.send_report(report=report, words=words(application, **kwargs), by=lead, at=THEN)


def status_of(application: Application) -> str:
    return Application.objects.get(pk=application.pk).status


def a_picture() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "JPEG")
    return SimpleUploadedFile("bench.jpg", file.getvalue(), "image/jpeg")


# --- what is owed


def test_reports_are_owed_from_the_payment_on_and_written_down_once() -> None:
    application = a_paid_one()
    assert actions.schedule_reports(application=application, at=NOW) == 0
    assert list(application.reports.values_list("due_on", "final")) == [(FIRST, False), (LAST, True)]


def test_what_is_not_paid_owes_nothing() -> None:
    application = an_application(Status.AGREEMENT)
    assert actions.schedule_reports(application=application, at=NOW) == 0
    assert not application.reports.exists()


def test_the_daily_round_finds_what_was_missed(time_machine) -> None:
    time_machine.move_to(datetime(2026, 8, 2, 6, tzinfo=UTC))
    application = an_application(Status.PAID)
    assert paid_without_schedule() == [application]
    chase_reports()
    assert application.reports.count() == 2


# --- reminders


def test_each_reminder_goes_out_once_and_the_status_moves_on_the_day(time_machine) -> None:
    application = a_paid_one()
    for days in (-31, -30, -29, -8, -7, -6, -1, 0, 1, 13, 14, 15):
        time_machine.move_to(datetime.combine(FIRST, THEN.timetz()) + timedelta(days=days))
        chase_reports()
        chase_reports()
        assert status_of(application) == (Status.PAID if days < 0 else Status.REPORT_DUE)
    days = [each.data["days_over"] for each in Record.objects.filter(event="REPORT_REMINDED").order_by("id")]
    assert days == [-30, -7, 0, 14]


def test_after_weeks_without_a_worker_the_group_hears_once(time_machine) -> None:
    a_paid_one()
    time_machine.move_to(THEN + timedelta(days=20))
    chase_reports()
    assert [each.data["days_over"] for each in Record.objects.filter(event="REPORT_REMINDED")] == [20]
    assert Report.objects.get(due_on=FIRST).reminders == 4


def test_a_crash_before_the_commit_loses_nothing_and_repeats_nothing(time_machine, monkeypatch) -> None:
    application = a_paid_one()
    time_machine.move_to(THEN)
    monkeypatch.setattr("budgets.grants.actions.reports.record", lambda *a, **k: 1 / 0)
    chase_reports()
    assert Report.objects.get(due_on=FIRST).reminders == 0
    assert status_of(application) == Status.PAID
    monkeypatch.undo()
    time_machine.move_to(THEN)
    chase_reports()
    assert Record.objects.filter(event="REPORT_REMINDED").count() == 1


def test_a_sent_report_is_not_chased(time_machine) -> None:
    application = a_paid_one()
    sent(application)
    time_machine.move_to(THEN + timedelta(days=20))
    chase_reports()
    assert not Record.objects.filter(event="REPORT_REMINDED").exists()
    assert status_of(application) == Status.REPORTED


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_remind_once() -> None:
    application = a_paid_one()
    report = application.reports.first()

    def remind(_number: int) -> bool:
        try:
            return actions.remind(report=report, on=FIRST, at=THEN)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(remind, range(8))) == 1
    assert Record.objects.filter(event="REPORT_REMINDED").count() == 1


def test_overdue_reports_are_those_that_were_due_before_and_are_not_sent() -> None:
    application = a_paid_one()
    group = application.organisation
    assert overdue_reports(group, on=FIRST) == []
    assert [each.due_on for each in overdue_reports(group, on=FIRST + timedelta(days=1))] == [FIRST]
    sent(application)
    assert overdue_reports(group, on=FIRST + timedelta(days=1)) == []
    other = register_organisation(name="Others", by=None)
    assert overdue_reports(other, on=date(2030, 1, 1)) == []


# --- writing


def test_what_was_written_is_kept_bit_by_bit() -> None:
    application = a_paid_one()
    report, lead = application.reports.first(), lead_of(application)
    actions.save_report(report=report, words=ReportWords(story="Half"), by=lead, at=THEN, version=1)
    saved = actions.save_report(
        report=report, words=words(application, used=None), by=lead, at=THEN, version=2
    )
    assert (saved.version, saved.used_pence, saved.story) == (3, None, "People meet there now.")
    with pytest.raises(Refused, match="A colleague saved this report"):
        actions.save_report(report=report, words=ReportWords(), by=lead, at=THEN, version=2)


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"used_pence": None}, "used", "how much of the money"),
        ({"used_pence": 500_01}, "used", "You were paid £500"),
        ({"story": "  "}, "story", "in your own words"),
        ({"actual": {}}, None, "a number for everything"),
    ],
)
def test_a_report_is_sent_when_it_says_everything(changed, field, sentence) -> None:
    application = a_paid_one()
    said = words(application)
    wrong = ReportWords(**{name: getattr(said, name) for name in ReportWords.__slots__} | changed)
    report = application.reports.first()
    with pytest.raises(Refused, match=sentence) as refused:
        actions.send_report(report=report, words=wrong, by=lead_of(application), at=THEN)
    assert (refused.value.denied.status, refused.value.denied.field) == (422, field)
    assert status_of(application) == Status.PAID


def test_others_write_nothing_and_helpers_do_not_send() -> None:
    application = a_paid_one()
    report, helper = application.reports.first(), AccountFactory()
    with pytest.raises(Refused, match="Only people who act for this group"):
        actions.save_report(report=report, words=ReportWords(), by=helper, at=THEN)
    application.organisation.members.create(account=helper, role="helper", joined_at=NOW)
    actions.save_report(report=report, words=words(application), by=helper, at=THEN)
    with pytest.raises(Refused, match="Only somebody who leads this group"):
        actions.send_report(report=report, words=words(application), by=helper, at=THEN)


def test_a_photo_needs_words_and_the_consent_of_everybody_in_it() -> None:
    application = a_paid_one()
    said = {"report": application.reports.first(), "by": lead_of(application), "at": THEN}
    with pytest.raises(Refused, match="everybody in it agreed"):
        actions.add_report_photo(file=a_picture(), alt="A bench", consent=False, **said)
    with pytest.raises(Refused, match="Say what the picture shows"):
        actions.add_report_photo(file=a_picture(), alt=" ", consent=True, **said)
    photo = actions.add_report_photo(file=a_picture(), alt="A bench", consent=True, **said)
    assert photo.image.collection.name == "Pictures from residents"
    actions.remove_report_photo(photo_id=photo.pk, **said)
    actions.remove_report_photo(photo_id=photo.pk, **said)
    assert not said["report"].photos.exists()


def test_a_receipt_that_an_officer_has_read_stays(officer) -> None:
    application = a_paid_one()
    said = {"report": application.reports.first(), "by": lead_of(application)}
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    first = actions.add_receipt(name="bill.pdf", content=pdf, at=THEN - timedelta(days=1), **said)
    report = sent(application)
    with pytest.raises(Refused, match="This report is sent"):
        actions.remove_receipt(document_id=first.pk, at=THEN, **said)
    actions.return_report(report=report, note="Which bench?", by=officer, at=THEN)
    actions.remove_receipt(document_id=first.pk, at=THEN, **said)


# --- accepting


def test_an_accepted_report_is_published_and_the_next_one_is_waited_for(officer) -> None:
    application = a_paid_one()
    report, award = sent(application), application.asks.get().award
    actions.accept_report(report=report, by=officer, at=THEN)
    assert status_of(application) == Status.REPORTED
    outcome, story = award.outcomes.order_by("id")
    assert (outcome.measure, outcome.forecast, outcome.actual, outcome.story) == (
        "benches in place",
        3,
        4,
        "One more.",
    )
    assert (story.measure, story.story) == ("In the group’s words", "People meet there now.")
    with pytest.raises(Refused, match="answered already"):
        actions.accept_report(report=report, by=officer, at=THEN)


def test_the_last_report_closes_and_its_numbers_take_the_place_of_the_first(officer) -> None:
    application = a_paid_one()
    award = application.asks.get().award
    actions.accept_report(report=sent(application), by=officer, at=THEN)
    actions.accept_report(report=sent(application, which=1, actual=5), by=officer, at=THEN)
    assert status_of(application) == Status.CLOSED
    assert award.outcomes.get(measure="benches in place").actual == 5
    assert award.outcomes.count() == 2


def test_the_next_report_falls_due_after_the_first_was_accepted(officer, time_machine) -> None:
    application = a_paid_one()
    actions.accept_report(report=sent(application), by=officer, at=THEN)
    time_machine.move_to(datetime.combine(LAST, THEN.timetz()))
    chase_reports()
    assert status_of(application) == Status.REPORT_DUE


def test_photos_are_published_when_the_report_is_accepted(officer) -> None:
    application = a_paid_one()
    lead = lead_of(application)
    report = application.reports.first()
    actions.add_report_photo(report=report, file=a_picture(), alt="A bench", consent=True, by=lead, at=THEN)
    award = application.asks.get().award
    report = sent(application)
    assert not award.photos.exists()
    actions.accept_report(report=report, by=officer, at=THEN)
    assert award.photos.get().alt == "A bench"


def test_before_an_election_nothing_is_accepted_and_the_report_waits(officer) -> None:
    save_pre_election(by=None, name="County elections", starts_on=date(2027, 1, 20), ends_on=date(2027, 3, 1))
    application = a_paid_one()
    report = sent(application)
    with pytest.raises(Refused, match="from 2 March 2027 on"):
        actions.accept_report(report=report, by=officer, at=THEN)
    assert status_of(application) == Status.REPORTED
    assert not application.asks.get().award.outcomes.exists()


def test_a_report_is_sent_back_with_what_is_missing(officer) -> None:
    application = a_paid_one()
    report = sent(application)
    with pytest.raises(Refused, match="Say what is missing"):
        actions.return_report(report=report, note=" ", by=officer, at=THEN)
    actions.return_report(report=report, note="Which bench?", by=officer, at=THEN)
    report.refresh_from_db()
    assert (report.sent_at, report.returned_note, report.story) == (
        None,
        "Which bench?",
        "People meet there now.",
    )
    assert status_of(application) == Status.REPORT_DUE
    assert sent(application).returned_note == ""


def test_only_officers_accept_or_send_back() -> None:
    application = a_paid_one()
    report, lead = sent(application), lead_of(application)
    for verb in (
        lambda: actions.accept_report(report=report, by=lead, at=THEN),
        lambda: actions.return_report(report=report, note="No", by=lead, at=THEN),
        lambda: actions.ask_back(application=application, amount_pence=1, reason="No", by=lead, at=THEN),
    ):
        with pytest.raises(Refused, match="Only grants officers"):
            verb()


def test_no_officer_deals_with_the_report_or_the_money_of_their_own_group(officer) -> None:
    mine = a_paid_one()
    said, report, award = {"by": officer, "at": THEN}, sent(mine), mine.asks.get().award
    payment = paid(a_team(), *signed()).payments.get()
    colleague = with_role("officer")
    (recovery,) = actions.ask_back(
        application=mine, amount_pence=100_00, reason="Not used.", by=colleague, at=THEN
    )
    for group in (mine.organisation, payment.award.organisation):
        Member.objects.create(organisation=group, account=officer, role="lead", joined_at=NOW)
    back = {"amount_pence": 100_00, "on": THEN.date()}
    for verb in (
        lambda: actions.accept_report(report=report, **said),
        lambda: actions.return_report(report=report, note="No", **said),
        lambda: actions.ask_back(application=mine, amount_pence=1, reason="No", **said),
        lambda: actions.book_refund(recovery=recovery, **back, **said),
        lambda: actions.end_recovery(recovery=recovery, reason="Let go.", **said),
        lambda: actions.refund_payment(payment=payment, note="Back", key=None, **back, **said),
    ):
        with pytest.raises(Refused, match="You act for this group"):
            verb()
    award.refresh_from_db()
    assert award.spent_pence == 500_00
    assert actions.book_refund(recovery=recovery, **back, by=colleague, at=THEN).ended_at == THEN


# --- money that comes back


def test_what_was_not_used_is_asked_back_booked_and_then_closed(officer) -> None:
    application = a_paid_one()
    actions.accept_report(report=sent(application, used=300_00), by=officer, at=THEN)
    actions.accept_report(report=sent(application, which=1, used=420_00), by=officer, at=THEN)
    assert status_of(application) == Status.RECOVERING
    recovery = Recovery.objects.get()
    assert (recovery.amount_pence, recovery.asked_by) == (80_00, officer)
    said = {"recovery": recovery, "on": THEN.date(), "by": officer, "at": THEN}
    with pytest.raises(Refused, match="£80 is still to come back"):
        actions.book_refund(amount_pence=80_01, **said)
    actions.book_refund(amount_pence=30_00, key="a", **said)
    assert status_of(application) == Status.RECOVERING
    recovery = actions.book_refund(amount_pence=50_00, key="b", **said)
    assert (recovery.recovered_pence, recovery.ended_at) == (80_00, THEN)
    assert status_of(application) == Status.CLOSED
    award = application.asks.get().award
    assert (award.spent_pence, award.budget.spent_pence) == (420_00, 420_00)
    assert list(Entry.objects.filter(kind="refund").values_list("amount_pence", flat=True)) == [30_00, 50_00]
    with pytest.raises(Refused, match="Nothing is asked back here any more"):
        actions.book_refund(amount_pence=1, **said)


def test_the_results_of_a_joint_grant_are_reported_for_each_of_its_awards(officer) -> None:
    application = a_paid_one(budgets=[a_councillors_budget(), a_councillors_budget()])
    actions.accept_report(report=sent(application), by=officer, at=THEN)
    awards = [ask.award for ask in application.asks.order_by("pk")]
    assert [award.status for award in awards] == ["reported", "reported"]
    assert [award.outcomes.exists() for award in awards] == [True, False]


def test_a_joint_grant_gives_back_to_each_budget_its_share(officer) -> None:
    budgets = [a_councillors_budget() for _ in range(3)]
    application = a_paid_one(budgets=budgets, amount_pence=200_00)
    actions.accept_report(report=sent(application, used=0), by=officer, at=THEN)
    actions.accept_report(report=sent(application, which=1, used=599_00), by=officer, at=THEN)
    assert list(Recovery.objects.order_by("id").values_list("amount_pence", flat=True)) == [34, 33, 33]
    for recovery in Recovery.objects.all():
        assert status_of(application) == Status.RECOVERING
        actions.book_refund(
            recovery=recovery, amount_pence=recovery.amount_pence, on=THEN.date(), by=officer, at=THEN
        )
    assert status_of(application) == Status.CLOSED


def test_money_nobody_reports_of_is_asked_back_and_the_rest_can_be_let_go(officer) -> None:
    application = a_paid_one()
    said = {"application": application, "by": officer, "at": THEN}
    with pytest.raises(Refused, match="was paid £500"):
        actions.ask_back(amount_pence=500_01, reason="No report came.", **said)
    with pytest.raises(Refused, match="Say why"):
        actions.ask_back(amount_pence=500_00, reason=" ", **said)
    (recovery,) = actions.ask_back(amount_pence=500_00, reason="No report came.", **said)
    with pytest.raises(Refused, match="already being asked back"):
        actions.ask_back(amount_pence=1, reason="Again.", **said)
    colleague = with_role("officer")
    with pytest.raises(Refused, match="Say why the rest"):
        actions.end_recovery(recovery=recovery, reason="", by=colleague, at=THEN)
    actions.end_recovery(recovery=recovery, reason="The group is no more.", by=colleague, at=THEN)
    assert status_of(application) == Status.CLOSED
    assert application.asks.get().award.spent_pence == 500_00
