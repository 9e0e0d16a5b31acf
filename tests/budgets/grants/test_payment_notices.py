"""Who hears of bank details and payments, and that no news holds a number of an account."""

import json

import pytest

from budgets.grants import actions, notices
from budgets.grants.models import Member
from engage.audit.models import Record
from engage.kit.happenings import Happening
from engage.notifications.kinds import kind_of
from engage.notifications.models import News
from tests.budgets.grants.factories import NOW, a_group, with_role
from tests.budgets.grants.paying import AT, a_team, made, new_details, paid, seen, signed
from tests.factories import ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def team():
    people = a_team()
    for account in (people.maker, people.approver, people.payer):
        ResidentFactory(account=account)
    return people


def told(kind: str) -> list[set[int]]:
    return [set(news.also) for news in News.objects.filter(kind=kind).order_by("pk")]


def heard(event: str) -> Happening:
    last = Record.objects.filter(event=event).latest("pk")
    return Happening(event, last.subject_id, last.actor_id, last.at, last.data)


def test_new_details_are_told_to_those_who_may_confirm_them(team):
    details = new_details(a_group(), entered_by=team.maker)
    happening = Happening("BANK_ENTERED", details.organisation_id, team.maker.pk, AT, {"account": details.pk})
    notices.new_details(happening)
    notices.new_details(happening)
    assert told("bank_to_confirm") == [{team.approver.resident.pk, team.payer.resident.pk}]


def test_the_group_hears_what_became_of_its_details(django_capture_on_commit_callbacks):
    lead, other = ResidentFactory(), ResidentFactory()
    group = a_group(lead.account)
    Member.objects.create(organisation=group, account=other.account, joined_at=NOW)
    officer = with_role("officer")
    with django_capture_on_commit_callbacks(execute=True):
        actions.refuse_bank(details=new_details(group), reason="Another name.", by=officer, at=AT)
        actions.confirm_bank(
            details=new_details(group),
            sort_code="304050",
            number="12345678",
            how="Statement",
            by=officer,
            at=AT,
        )
    assert told("bank_refused") == told("bank_confirmed") == [{lead.pk, other.pk}]


def test_each_step_of_a_run_is_asked_of_those_who_did_none_before(team, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = made(team, *signed())
        actions.approve_run(run=run, seen=seen(run), by=team.approver, at=AT)
    assert told("run_to_pay") == [{team.payer.resident.pk}]
    assert told("run_to_approve") == [], "it was approved before anybody was told to"
    notices.run_made(heard("RUN_MADE"))
    with django_capture_on_commit_callbacks(execute=True):
        made(team, *signed())
    assert told("run_to_approve") == [{team.approver.resident.pk, team.payer.resident.pk}]


def test_a_group_hears_what_its_statement_will_say(team):
    lead = ResidentFactory()
    (application,) = signed(1, lead=lead.account)
    run = paid(team, application)
    notices.run_paid(heard("RUN_PAID"))
    (news,) = News.objects.filter(kind="grant_paid")
    assert news.also == [lead.pk]
    kind = kind_of("grant_paid")
    words = str(kind.title) % {"topic": application.title, **kind.values(news.data)}
    assert words == (
        f"£500 was paid for “Benches for the green”. Look for GRANT {run.pk}-1 on your group’s bank statement."
    )


def test_no_news_and_no_record_holds_a_number(team, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        paid(team, *signed())
    notices.run_paid(heard("RUN_PAID"))
    said = json.dumps(
        [*News.objects.values_list("data", flat=True), *Record.objects.values_list("data", flat=True)]
    )
    assert "55779911" not in said
    assert "200000" not in said
