"""Budgets that feed a call: said by officers, shown with their live figures, copied with the call."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.actions import feed_call, stop_feeding
from budgets.events import CALL_FED, CALL_NOT_FED
from budgets.models import CallMoney
from engage.accounts.actions import give_roles
from engage.audit.models import Record
from engage.kit.decisions import Refused
from ideas.actions import copy_call
from ideas.enums import Feeds
from tests.factories import AccountFactory, AwardFactory, BudgetFactory, CallFactory, PlaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def officer():
    account = AccountFactory()
    give_roles(account=account, roles=["officer"], at=NOW)
    return type(account).objects.get(pk=account.pk)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_budget_feeds_a_call_once_however_often_it_is_said(officer) -> None:
    call, one, two = CallFactory(), BudgetFactory(), BudgetFactory()
    assert feed_call(call=call, budgets=[one], by=officer, at=NOW) == 1
    assert feed_call(call=call, budgets=[one, two], by=officer, at=NOW) == 1
    assert feed_call(call=call, budgets=[two], by=officer, at=NOW) == 0
    assert set(CallMoney.objects.values_list("budget_id", flat=True)) == {one.pk, two.pk}
    assert [each.data["budgets"] for each in Record.objects.filter(event=CALL_FED).order_by("pk")] == [
        [one.pk],
        [two.pk],
    ]


def test_who_may_not_is_refused_and_an_officer_can_stop_it(officer) -> None:
    call, budget = CallFactory(), BudgetFactory()
    with pytest.raises(Refused, match="Only officers"):
        feed_call(call=call, budgets=[budget], by=AccountFactory(), at=NOW)
    feed_call(call=call, budgets=[budget], by=officer, at=NOW)
    money = CallMoney.objects.get()
    with pytest.raises(Refused, match="Only officers"):
        stop_feeding(money=money, by=AccountFactory(), at=NOW)
    stop_feeding(money=money, by=officer, at=NOW)
    assert not CallMoney.objects.exists()
    assert Record.objects.get(event=CALL_NOT_FED).data == {"budgets": [budget.pk]}


def test_the_calls_page_shows_what_is_left_now(client, officer) -> None:
    call = CallFactory(slug="parks")
    assert "The money" not in words(client.get("/ideas/calls/parks/"))
    first, second = (
        BudgetFactory(place=PlaceFactory(name="Elm Hill")),
        BudgetFactory(allocated_pence=5_000_00),
    )
    feed_call(call=call, budgets=[first, second], by=officer, at=NOW)
    AwardFactory(budget=first)
    page = words(client.get("/ideas/calls/parks/"))
    assert "£14,000" in page
    assert "any of 2 budgets" in page
    assert "Elm Hill" in page
    twin = client.get("/ideas/calls/parks.json").json()
    assert (twin["totals"]["allocated"], twin["totals"]["remaining"]) == ("15000.00", "14000.00")
    assert {row["remaining"] for row in twin["budgets"]} == {"9000.00", "5000.00"}


@pytest.mark.slow
def test_thirty_budgets_take_no_more_statements_than_one(client, officer) -> None:
    call = CallFactory(slug="parks")

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/ideas/calls/parks/")
        return len(seen)

    feed_call(call=call, budgets=[BudgetFactory()], by=officer, at=NOW)
    statements()
    one = statements()
    feed_call(call=call, budgets=[BudgetFactory() for _ in range(29)], by=officer, at=NOW)
    assert statements() == one


def test_a_copied_call_is_fed_by_the_same_holders_next_year(
    officer, django_capture_on_commit_callbacks
) -> None:
    call, place = CallFactory(), PlaceFactory()
    this_year, next_year = BudgetFactory(year=2026, place=place), BudgetFactory(year=2027, place=place)
    BudgetFactory(year=2027)  # of another place
    feed_call(call=call, budgets=[this_year, BudgetFactory(year=2026)], by=officer, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        copy = copy_call(call=call, by=officer, at=NOW)
    assert [money.budget for money in CallMoney.objects.filter(call=copy)] == [next_year]


def test_an_officer_says_it_in_the_back_office(client, officer) -> None:
    officer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(officer)
    call, one, two = CallFactory(feeds=Feeds.BUDGETS), BudgetFactory(year=2026), BudgetFactory(year=2026)
    older = BudgetFactory(year=2025)
    assert "Choose a year, or at least one budget" in words(
        client.post("/admin/call-money/new/", {"call": call.pk})
    )
    assert client.post("/admin/call-money/new/", {"call": call.pk, "year": "2026"}).status_code == 302
    assert set(CallMoney.objects.values_list("budget_id", flat=True)) == {one.pk, two.pk}
    assert client.post("/admin/call-money/new/", {"call": call.pk, "budgets": [older.pk]}).status_code == 302
    money = CallMoney.objects.get(budget=older)
    assert client.post(f"/admin/call-money/delete/{money.pk}/").status_code == 302
    assert CallMoney.objects.count() == 2
    unfed = CallFactory(feeds=Feeds.BALLOT)
    assert client.post("/admin/call-money/new/", {"call": unfed.pk, "year": "2026"}).status_code == 200
