"""The group's report page, the officers' desks, and who is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.grants import actions
from budgets.grants.actions import hold, move_application
from budgets.grants.enums import Status
from budgets.grants.models import Application, Recovery
from budgets.grants.notices import report_reminded
from budgets.grants.rules.flow import Who
from engage.accounts.actions import give_roles
from engage.audit.models import Record
from engage.kit.happenings import Happening
from engage.notifications.kinds import kind_of
from engage.notifications.models import News
from engage.residents.models import Resident
from tests.budgets.grants.factories import NOW, an_application, with_role
from tests.budgets.grants.test_reports import FIRST, THEN, a_paid_one, a_picture, lead_of, sent, status_of
from tests.factories import AccountFactory, ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def said(answer) -> str:
    return " ".join(answer.text.split())


@pytest.fixture
def officer():
    account = AccountFactory()
    give_roles(account=account, roles=["officer"], at=NOW)
    return account


@pytest.fixture
def application() -> Application:
    return a_paid_one()


@pytest.fixture
def page(client, application) -> str:
    client.force_login(lead_of(application))
    return f"/grants/applications/{application.pk}/report/"


def typed(application: Application, **changed) -> dict[str, object]:
    expected = application.expected.get().pk
    return {
        "version": application.reports.order_by("due_on").first().version,
        "used": "420",
        "story": "People meet there now.",
        f"actual_{expected}": "4",
        f"note_{expected}": "One more.",
        **changed,
    }


def test_the_page_asks_for_everything_in_plain_words(client, page, time_machine) -> None:
    time_machine.move_to(THEN - timedelta(days=10))
    text = said(client.get(page))
    for words in ("£500", "1 February 2027, in 10 days", "benches in place", "You expected 3"):
        assert words in text.replace('</dt> <dd class="summary__text">', "") or words in text, words


def test_saving_keeps_it_and_sending_sends_it(client, page, application) -> None:
    assert client.post(page, typed(application, used="", do="save")).status_code == 303
    report = application.reports.get(due_on=FIRST)
    assert (report.used_pence, report.story, report.sent_at) == (None, "People meet there now.", None)
    refused = client.post(page, typed(application, used="", do="send"))
    assert (refused.status_code, "how much of the money you used" in said(refused)) == (422, True)
    assert client.post(page, typed(application, do="send")).status_code == 303
    assert status_of(application) == Status.REPORTED
    after = client.get(page)
    assert "We read it and write to you" in said(after)
    assert "£420 of the money is used." in said(after)
    assert 'name="story"' not in after.text


def test_what_is_refused_keeps_what_was_typed(client, page, application) -> None:
    answer = client.post(page, typed(application, used="lots", story="So many people came.", do="send"))
    assert answer.status_code == 422
    assert "Enter an amount in pounds" in said(answer)
    assert "So many people came." in answer.text
    assert 'value="lots"' in answer.text
    too_much = client.post(page, typed(application, used="501", do="send"))
    assert "You were paid £500" in said(too_much)
    assert application.reports.get(due_on=FIRST).sent_at is None


def test_a_colleague_who_saved_meanwhile_is_not_overwritten(client, page, application) -> None:
    mine = typed(application)
    assert client.post(page, mine | {"story": "Theirs"}).status_code == 303
    answer = client.post(page, mine)
    assert (answer.status_code, "A colleague saved this report" in said(answer)) == (409, True)
    assert "People meet there now." in answer.text
    assert 'name="version" value="2"' in answer.text
    assert client.post(page, mine | {"version": 2}).status_code == 303


def test_files_are_added_and_taken_away_beside_the_words(client, page, application) -> None:
    files = {"photo": a_picture(), "alt": "A bench", "consent": "on"}
    receipt = SimpleUploadedFile("bill.pdf", PDF, "application/pdf")
    assert client.post(page, typed(application, receipt=receipt, **files)).status_code == 303
    report = application.reports.get(due_on=FIRST)
    photo, document = report.photos.get(), application.documents.get()
    assert (photo.alt, document.kind, document.name) == ("A bench", "receipt", "bill.pdf")
    receipt_url = f"/grants/applications/{application.pk}/documents/{document.pk}/"
    assert f'href="{receipt_url}"' in client.get(page).text
    assert client.get(receipt_url).status_code == 200
    shown = client.get(f"{page}photos/{photo.pk}/")
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert "private" in shown.headers["Cache-Control"]
    assert client.post(page, typed(application, do=f"remove_photo:{photo.pk}")).status_code == 303
    assert client.post(page, typed(application, do=f"remove_receipt:{document.pk}")).status_code == 303
    assert not report.photos.exists()
    assert not application.documents.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"alt": "A bench"}, "everybody in it agreed"),
        ({"consent": "on"}, "Say what the picture shows"),
    ],
)
def test_a_photo_without_consent_or_words_is_not_kept(client, page, application, changed, sentence) -> None:
    answer = client.post(page, typed(application, photo=a_picture(), **changed))
    assert (answer.status_code, sentence in said(answer)) == (422, True)
    report = application.reports.get(due_on=FIRST)
    assert (report.photos.count(), report.story) == (0, "People meet there now.")


def test_a_receipt_that_could_act_is_refused(client, page, application) -> None:
    bad = SimpleUploadedFile("bill.pdf", b"MZ\x90\x00", "application/pdf")
    answer = client.post(page, typed(application, receipt=bad))
    assert (answer.status_code, "This file is a program" in said(answer)) == (422, True)


def test_others_read_nothing_and_not_even_that_it_is_there(client, application) -> None:
    page = f"/grants/applications/{application.pk}/report/"
    assert client.get(page).status_code == 302
    client.force_login(AccountFactory())
    assert client.get(page).status_code == 404
    assert client.post(page, typed(application)).status_code == 404
    client.force_login(lead_of(an_application(Status.PAID)))
    assert client.get(page).status_code == 404
    assert client.get("/grants/applications/999999/report/").status_code == 404


def test_before_the_money_is_paid_there_is_nothing_to_tell(client) -> None:
    unpaid = an_application(Status.AGREEMENT)
    client.force_login(lead_of(unpaid))
    assert client.get(f"/grants/applications/{unpaid.pk}/report/").status_code == 404


def test_a_file_with_a_number_that_cannot_be_is_not_looked_for(client, page, application) -> None:
    for number in ("9" * 5_000, "9" * 30, "٣", ""):
        for kind in ("photo", "receipt"):
            answer = client.post(page, typed(application, do=f"remove_{kind}:{number}"))
            assert answer.status_code == 303


def test_an_officer_sees_the_photos_and_writes_nothing(client, application, officer) -> None:
    report = application.reports.order_by("due_on").first()
    photo = actions.add_report_photo(
        report=report, file=a_picture(), alt="A bench", consent=True, by=lead_of(application), at=THEN
    )
    page = f"/grants/applications/{application.pk}/report/"
    client.force_login(officer)
    assert client.get(f"{page}photos/{photo.pk}/").status_code == 200
    assert client.post(page, typed(application)).status_code == 404
    client.force_login(AccountFactory())
    assert client.get(f"{page}photos/{photo.pk}/").status_code == 404


# --- the officers' desks


def test_an_officer_accepts_from_the_list(client, application, officer) -> None:
    report = sent(application)
    client.force_login(officer)
    listed = said(client.get("/admin/grant-reports/"))
    assert "To read" in listed
    assert application.title in said(client.get("/admin/grant-reports/?state=read"))
    assert application.title not in said(client.get("/admin/grant-reports/?state=accepted"))
    desk = client.get(f"/admin/grant-reports/inspect/{report.pk}/")
    for words in ("People meet there now.", "Accept and publish", "Send back", "One more."):
        assert words in said(desk), words
    assert "Why less is enough" not in said(client.get(f"/admin/grant-reports/{report.pk}/accept/"))
    assert client.post(f"/admin/grant-reports/{report.pk}/accept/").status_code == 302
    report.refresh_from_db()
    assert report.accepted_by == officer
    again = client.post(f"/admin/grant-reports/{report.pk}/accept/")
    assert (again.status_code, "answered already" in said(again)) == (409, True)


def test_an_officer_sends_back_with_a_reason(client, application, officer) -> None:
    report = sent(application)
    client.force_login(officer)
    path = f"/admin/grant-reports/{report.pk}/send-back/"
    assert client.post(path, {"note": ""}).status_code == 422
    assert client.post(path, {"note": "Which bench?"}).status_code == 302
    client.force_login(lead_of(application))
    shown = said(client.get(f"/grants/applications/{application.pk}/report/"))
    assert "What is missing: Which bench?" in shown


def test_money_is_asked_back_and_booked_at_the_desk(client, application, officer) -> None:
    report = application.reports.first()
    client.force_login(officer)
    path = f"/admin/grant-reports/{report.pk}/ask-back/"
    refused = client.post(path, {"amount": "600", "reason": "No report came."})
    assert (refused.status_code, "No report came." in refused.text) == (422, True)
    assert client.post(path, {"amount": "80", "reason": "No report came."}).status_code == 302
    recovery = Recovery.objects.get()
    assert "£80" in said(client.get("/admin/recoveries/"))
    assert "Book what came back" in said(client.get(f"/admin/recoveries/inspect/{recovery.pk}/"))
    booked = {"amount": "50", "on": "2026-09-01", "note": "BACS 17", "key": "a" * 32}
    for _ in range(2):  # the same form sent twice books once
        client.post(f"/admin/recoveries/{recovery.pk}/book/", booked)
    recovery.refresh_from_db()
    assert recovery.recovered_pence == 50_00
    stop, why = f"/admin/recoveries/{recovery.pk}/end/", {"reason": "It is little."}
    assert client.post(stop, why).status_code == 409
    client.force_login(with_role("officer"))
    assert client.post(stop, why).status_code == 302
    assert status_of(application) == Status.PAID
    client.force_login(lead_of(application))
    shown = said(client.get(f"/grants/applications/{application.pk}/report/"))
    assert "£80, of which £50 has come back. No report came." in shown


def test_an_auditor_reads_and_does_nothing(client, application) -> None:
    auditor, report = AccountFactory(), sent(application)
    give_roles(account=auditor, roles=["auditor"], at=NOW)
    client.force_login(auditor)
    desk = said(client.get(f"/admin/grant-reports/inspect/{report.pk}/"))
    assert "People meet there now." in desk
    assert "Accept and publish" not in desk
    assert client.post(f"/admin/grant-reports/{report.pk}/accept/").status_code in {302, 403}
    report.refresh_from_db()
    assert report.accepted_at is None


def test_lists_and_pages_ask_the_same_for_thirty(client, officer) -> None:
    application = a_paid_one()
    lead = lead_of(application)

    def statements(path: str, account) -> int:
        client.force_login(account)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    page = f"/grants/applications/{application.pk}/report/"
    before = [statements("/admin/grant-reports/", officer), statements(page, lead)]
    for number in range(30):
        a_paid_one()
        application.expected.create(measure=f"More {number}", number=1)
    assert [statements("/admin/grant-reports/", officer), statements(page, lead)] == before


# --- who is told


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Do something, and answer the kinds of news that it made, with whom they are for."""

    def run(verb) -> list[tuple[str, set[int]]]:
        known = set(News.objects.values_list("pk", flat=True))
        with django_capture_on_commit_callbacks(execute=True):
            verb()
        return [(news.kind, set(news.also)) for news in News.objects.exclude(pk__in=known).order_by("pk")]

    return run


def test_each_step_is_told_to_whom_it_concerns(application, officer, told) -> None:
    lead = ResidentFactory(account=lead_of(application))
    reader = ResidentFactory(account=officer)
    report = application.reports.first()
    actions.remind(report=report, on=FIRST, at=THEN)
    reminded = Record.objects.get(event="REPORT_REMINDED")
    happening = Happening(reminded.event, application.pk, None, THEN, reminded.data)
    kinds = told(lambda: [report_reminded(happening), report_reminded(happening)])
    assert kinds == [("report_soon", {lead.pk})]
    kinds += told(lambda: sent(application))
    assert told(lambda: report_reminded(happening)) == []
    kinds += told(lambda: actions.return_report(report=report, note="Which?", by=officer, at=THEN))
    kinds += told(lambda: sent(application))
    kinds += told(lambda: actions.accept_report(report=report, by=officer, at=THEN))
    kinds += told(
        lambda: actions.ask_back(application=application, amount_pence=1, reason="So.", by=officer, at=THEN)
    )
    found = {kind: people for kind, people in kinds if kind.startswith(("report_", "money_"))}
    assert found["report_to_read"] == {reader.pk}
    for kind in ("report_returned", "report_accepted", "money_asked_back"):
        assert found[kind] == {lead.pk}, kind
    assert Resident.objects.count() == 2


def test_reminders_say_how_long_there_is() -> None:
    words = {days: kind_of("report_soon").values({"days_over": days})["when"] for days in (-30, -1, 0, 1, 14)}
    assert words == {
        -30: "Report due in 30 days",
        -1: "Report due in 1 day",
        0: "Your report is due today",
        1: "Your report is 1 day late",
        14: "Your report is 14 days late",
    }


def test_what_is_paid_owes_reports_at_once(django_capture_on_commit_callbacks) -> None:
    application = an_application(Status.AGREEMENT)
    with django_capture_on_commit_callbacks(execute=True):
        move_application(
            hold(application), Status.PAID, who=Who.PAYER, by=None, at=datetime(2026, 8, 1, tzinfo=UTC)
        )
    assert application.reports.first().due_on == FIRST


def test_before_anything_is_owed_it_says_when_the_first_is_due_and_what_it_asks(client) -> None:
    made = an_application(Status.PAID)
    client.force_login(lead_of(made))
    text = said(client.get(f"/grants/applications/{made.pk}/report/"))
    assert "You tell us what the money did 6 and 12 months after you were paid." in text
    assert "Numbers for what you said you would count" in text
