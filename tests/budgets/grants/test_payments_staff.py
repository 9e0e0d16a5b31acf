"""The pages of payments in the back office: who gets in, what they read, and that no number is ever shown."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budgets.grants import actions
from budgets.grants.enums import Status
from budgets.grants.models import BankAccount, PaymentRun, SpendFile
from tests.budgets.grants.factories import a_group, an_application, with_role
from tests.budgets.grants.paying import a_team, approved, awards_of, exported, made, new_details, paid, signed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.STAFF_MFA = False


@pytest.fixture
def team():
    return a_team()


def words(response) -> str:
    return " ".join(response.content.decode().split())


def at(name: str, *args) -> str:
    return reverse(f"staff_{name}", args=args)


# --- bank details -----------------------------------------------------------------------------------------


def test_what_waits_is_listed_first_with_the_last_digits_alone(client):
    settled, waiting = a_group(name="Settled Scouts"), a_group(name="Waiting Walkers")
    new_details(waiting)
    client.force_login(with_role("officer"))
    page = words(client.get(at("bankaccounts:index")))
    assert page.index("Waiting for a second person") < page.index("Settled Scouts")
    assert "…5678" in page
    assert "12345678" not in page
    assert settled.name in page


def test_an_officer_types_the_statement_and_the_details_are_confirmed(client):
    details = new_details(a_group())
    client.force_login(with_role("officer"))
    desk = words(client.get(at("bankaccounts:inspect", details.pk)))
    assert "Nothing is paid to this group until" in desk
    assert "account ending 9911" in desk
    form = {"sort_code": "30-40-50", "number": "12345678", "how": "Statement of May"}
    answer = client.post(at("bankaccounts:confirm", details.pk), form, follow=True)
    assert "The account ending …5678 is confirmed" in words(answer)
    details.refresh_from_db()
    assert details.how == "Statement of May"


def test_wrong_numbers_are_refused_and_never_sent_back(client):
    details = new_details(a_group())
    client.force_login(with_role("officer"))
    form = {"sort_code": "30-40-50", "number": "12345679", "how": "Statement of May"}
    answer = client.post(at("bankaccounts:confirm", details.pk), form)
    assert answer.status_code == 422
    assert "not the numbers that the group entered" in words(answer)
    assert "Statement of May" in words(answer)
    assert not {"12345679", "12345678"} & set(words(answer).split('"'))


def test_an_officer_refuses_with_a_reason(client):
    details = new_details(a_group())
    client.force_login(with_role("officer"))
    answer = client.post(at("bankaccounts:refuse", details.pk), {"reason": "Another name."}, follow=True)
    assert "Another name." in words(answer)
    assert BankAccount.objects.get(pk=details.pk).refused_reason == "Another name."


def test_who_entered_them_reads_why_they_cannot(client):
    officer = with_role("officer")
    details = new_details(a_group(), entered_by=officer)
    client.force_login(officer)
    assert "somebody else must confirm them" in words(client.get(at("bankaccounts:inspect", details.pk)))
    answer = client.get(at("bankaccounts:confirm", details.pk))
    assert answer.status_code == 409


def test_the_first_screen_says_what_waits_to_be_paid(client, team):
    new_details(a_group())
    run = made(team)
    client.force_login(team.approver)
    page = words(client.get(reverse("wagtailadmin_home")))
    assert "1 group’s bank details wait for a second person" in page
    assert f"Payment run {run.pk}</a>: £500, waits for somebody to approve it" in page
    client.force_login(with_role("editor"))
    assert "Grants to pay" not in words(client.get(reverse("wagtailadmin_home")))


# --- runs -------------------------------------------------------------------------------------------------


def test_the_whole_way_of_a_run_through_its_pages(client, team):
    ready, waits = signed()[0], an_application(Status.AGREEMENT, title="Later please")
    new_details(waits.organisation)
    client.force_login(team.maker)
    page = words(client.get(at("paymentruns:add")))
    assert "1 payment is ready: £500" in page
    assert "Later please, £500. Its bank details are new" in page
    answer = client.post(at("paymentruns:add"), {"awards": [awards_of(ready)[0].pk]}, follow=True)
    run = PaymentRun.objects.get()
    assert f"GRANT {run.pk}-1" in words(answer)
    assert at("paymentruns:approve", run.pk) not in words(answer)

    client.force_login(team.approver)
    page = client.get(at("paymentruns:approve", run.pk))
    form = page.context["form"]
    answer = client.post(at("paymentruns:approve", run.pk), form.initial, follow=True)
    assert "is approved. A third person" in words(answer)

    client.force_login(team.payer)
    answer = client.post(at("paymentruns:export", run.pk))
    assert answer.headers["Content-Type"] == "text/csv; charset=ascii"
    assert "no-store" in answer.headers["Cache-Control"]
    assert f'filename="payment-run-{run.pk}.csv"' in answer.headers["Content-Disposition"]
    assert answer.content.decode().splitlines()[1].startswith("200000,55779911,")
    form = {"on": timezone.localdate().isoformat(), "bank_reference": "BACS 17"}
    answer = client.post(at("paymentruns:pay", run.pk), form, follow=True)
    assert "is recorded as paid" in words(answer)
    assert "bank reference BACS 17" in words(answer)
    again = client.post(at("paymentruns:pay", run.pk), form)
    assert again.status_code == 409


def test_a_double_click_on_making_a_run_says_where_the_award_is(client, team):
    (application,) = signed()
    form = {"awards": [awards_of(application)[0].pk]}
    client.force_login(team.maker)
    client.post(at("paymentruns:add"), form)
    answer = client.post(at("paymentruns:add"), form)
    assert answer.status_code == 409
    assert f"It is in payment run {PaymentRun.objects.get().pk} already" in words(answer)


def test_what_was_unticked_stays_so_when_it_is_refused(client, team):
    kept, unticked = signed(2)
    made(team, kept)
    client.force_login(team.maker)
    answer = client.post(at("paymentruns:add"), {"awards": [awards_of(kept)[0].pk]})
    assert answer.status_code == 409
    assert [ticked for _each, ticked in answer.context["rows"]] == [False]
    assert unticked.title in words(answer)


def test_an_approval_of_what_was_not_seen_is_refused(client, team):
    run = made(team, *signed(2))
    client.force_login(team.approver)
    answer = client.post(at("paymentruns:approve", run.pk), {"payments": 2, "total_pence": 1})
    assert answer.status_code == 409
    assert "has changed since you opened it" in words(answer)


@pytest.mark.parametrize("step", ["approve", "export", "pay", "cancel"])
@pytest.mark.parametrize("role", ["councillor", "editor", "moderator", "auditor"])
def test_no_other_role_takes_a_step(client, team, role, step):
    run = exported(team)
    client.force_login(with_role(role))
    for answer in (
        client.get(at(f"paymentruns:{step}", run.pk)),
        client.post(at(f"paymentruns:{step}", run.pk)),
    ):
        assert answer.status_code in {302, 403}
        assert "55779911" not in words(answer)
    run.refresh_from_db()
    assert run.status == "approved"


def test_an_auditor_reads_a_run_and_finds_no_button(client, team):
    run = exported(team)
    client.force_login(with_role("auditor"))
    page = words(client.get(at("paymentruns:inspect", run.pk)))
    assert f"GRANT {run.pk}-1" in page
    assert "Bank file taken out" in page
    assert at("paymentruns:pay", run.pk) not in page


def test_a_payment_is_taken_out_and_a_run_cancelled(client, team):
    run = made(team, *signed(2))
    client.force_login(team.maker)
    payment = run.payments.first()
    answer = client.post(at("paymentruns:take_out", run.pk, payment.pk), follow=True)
    assert "The payment is out of the run" in words(answer)
    answer = client.post(at("paymentruns:take_out", run.pk, run.payments.get().pk), follow=True)
    assert "Cancel the run instead" in words(answer)
    answer = client.post(at("paymentruns:cancel", run.pk), {"reason": "Next week."}, follow=True)
    assert "Cancelled: Next week." in words(answer)


def test_a_run_whose_file_is_out_asks_whether_it_was_sent(client, team):
    run = exported(team)
    client.force_login(team.payer)
    answer = client.post(at("paymentruns:cancel", run.pk), {"reason": "Wrong."})
    assert answer.status_code == 422
    assert "Make sure that it was not sent" in words(answer)


def test_what_came_back_is_recorded_on_the_run(client, team):
    run = paid(team)
    client.force_login(team.maker)
    payment = run.payments.get()
    today = timezone.localdate().isoformat()
    form = {"amount": "500", "on": today, "note": "Account closed", "key": "0" * 32}
    answer = client.post(at("paymentruns:refund", run.pk, payment.pk), form, follow=True)
    assert "All of it came back." in words(answer)


# --- reconciling ------------------------------------------------------------------------------------------


def upload(client, text: str):
    file = SimpleUploadedFile("spend.csv", text.encode(), "text/csv")
    return client.post(at("spendfiles:add"), {"file": file}, follow=True)


def test_a_file_is_read_and_the_report_shows_what_came_of_it(client, team):
    run = paid(team, *signed(1, amount_pence=750_00), *signed(1, amount_pence=800_00))
    first, second = run.payments.all()
    day = run.paid_on.strftime("%d/%m/%Y")
    client.force_login(with_role("auditor"))
    page = words(
        upload(
            client,
            f"Date,Supplier,Amount,Reference\n{day},{first.award.organisation},750,{first.reference}\n"
            f"{day},=cmd(),900,80005\n",
        )
    )
    assert "Not in the file" in page
    assert second.reference in page
    assert "=cmd()" not in page
    other = words(client.get(at("spendfiles:report"), {"match": "unknown"}))
    assert "=cmd()" in other
    spreadsheet = client.get(at("spendfiles:report"), {"match": "unknown", "format": "csv"})
    assert ",'=cmd()," in spreadsheet.content.decode()


def test_a_file_that_cannot_be_read_names_every_cell(client):
    client.force_login(with_role("officer"))
    answer = upload(client, "Date,Supplier,Amount\nyesterday,A,1\n01/04/2026,B,lots\n")
    assert answer.status_code == 422
    assert "Line 2, column “Date”" in words(answer)
    assert "Line 3, column “Amount”" in words(answer)
    assert not SpendFile.objects.exists()


def test_the_same_file_twice_is_refused_and_a_file_can_be_taken_out_again(client):
    client.force_login(with_role("officer"))
    text = "Date,Supplier,Amount\n01/04/2026,A,1\n"
    upload(client, text)
    answer = upload(client, text)
    assert answer.status_code == 409
    assert "This very file was read before" in words(answer)
    client.post(at("spendfiles:delete", SpendFile.objects.get().pk))
    assert upload(client, text).status_code == 200


# --- how many statements ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_pages_ask_as_often_for_thirty_as_for_one(client, team):
    counts = []
    client.force_login(team.approver)
    for size in (1, 30):
        run = approved(team, *signed(size))
        for application in signed(size):
            new_details(application.organisation)
        signed(size)
        addresses = [
            at("bankaccounts:index"),
            at("paymentruns:index"),
            at("paymentruns:add"),
            at("paymentruns:inspect", run.pk),
        ]
        for address in addresses:
            client.get(address)
        with CaptureQueriesContext(connection) as said:
            for address in addresses:
                assert client.get(address).status_code == 200
        counts.append(len(said))
    assert counts[0] == counts[1]


def test_a_bank_account_is_read_without_its_numbers_where_nobody_needs_them(client, team):
    run = approved(team)
    client.force_login(team.payer)
    with CaptureQueriesContext(connection) as said:
        client.get(at("paymentruns:inspect", run.pk))
        client.get(at("bankaccounts:index"))
    assert not any('"sort_code"' in each["sql"] for each in said)
    with CaptureQueriesContext(connection) as said:
        actions.export_run(run=run, by=team.payer, at=timezone.now())
    assert any('"sort_code"' in each["sql"] for each in said)
