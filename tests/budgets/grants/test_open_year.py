"""Opening a year's budgets: the allocation, the carried share, and never anything twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.actions import open_budget
from budgets.grants.actions import open_year
from budgets.grants.queries import carry_over
from budgets.models import Budget, Entry
from engage.audit.models import Record
from engage.kit.decisions import Refused
from tests.budgets.grants.factories import SchemeFactory
from tests.factories import (
    AccountFactory,
    AwardFactory,
    BudgetFactory,
    CouncillorFactory,
    PlaceFactory,
    TermFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

THEN = datetime(2027, 3, 1, 12, tzinfo=UTC)  # the first day after the last one for decisions


def a_year(**fields):
    """2027's published scheme (£12,000 each) after 2026's, half of which goes over."""
    SchemeFactory(carry_over_percent=50)
    return SchemeFactory(
        year=2027,
        allocation_pence=12_000_00,
        opens_on=date(2027, 4, 1),
        closes_on=date(2027, 12, 31),
        decide_by=date(2028, 2, 28),
        spend_by=date(2028, 3, 31),
        **fields,
    )


def a_councillor(allocated_pence: int = 10_000_00, **term):
    """One who serves, with a budget of 2026 with that much in it."""
    found = TermFactory(**term)
    if allocated_pence:
        BudgetFactory(councillor=found.councillor, place=found.place, allocated_pence=allocated_pence)
    return found.councillor


def test_every_councillor_gets_the_allocation_and_their_share() -> None:
    scheme, alex, new = a_year(), a_councillor(), a_councillor(0)
    AwardFactory(budget=alex.budgets.get(), amount_pence=999_99)
    assert len(list(open_year(scheme=scheme, by=None, at=THEN))) == 2
    old, opened = alex.budgets.order_by("year")
    assert (old.remaining_pence, old.committed_pence) == (4_500_01, 999_99)
    assert (opened.year, opened.place, opened.allocated_pence) == (2027, old.place, 16_500_00)
    assert new.budgets.get().allocated_pence == 12_000_00
    kinds = list(Entry.objects.filter(budget=opened).values_list("kind", "amount_pence", "posted_on"))
    assert kinds == [
        ("allocate", 12_000_00, date(2027, 4, 1)),
        ("transfer", 4_500_00, date(2027, 4, 1)),
    ]
    assert Record.objects.filter(event="BALANCES_CARRIED_OVER").count() == 2


def test_doing_it_again_does_nothing_twice() -> None:
    scheme, alex = a_year(), a_councillor()
    list(open_year(scheme=scheme, by=None, at=THEN))
    entries = Entry.objects.count()
    assert list(open_year(scheme=scheme, by=None, at=THEN)) == []
    assert Entry.objects.count() == entries
    (line,) = carry_over(scheme, on=THEN.date()).lines
    assert (line.opening.done, line.carried_pence, line.budget.councillor) == (True, 5_000_00, alex)


def test_a_run_that_was_broken_off_goes_on_where_it_stopped() -> None:
    scheme = a_year()
    councillors = [a_councillor() for _ in range(3)]
    next(open_year(scheme=scheme, by=None, at=THEN))
    assert Budget.objects.filter(year=2027).count() == 1
    assert len(list(open_year(scheme=scheme, by=None, at=THEN))) == 2
    assert {each.budgets.get(year=2027).allocated_pence for each in councillors} == {17_000_00}


def test_a_budget_that_has_money_already_is_not_allocated_again() -> None:
    scheme, alex = a_year(), a_councillor()
    BudgetFactory(year=2027, councillor=alex, place=alex.budgets.get().place, allocated_pence=500_00)
    empty = a_councillor()
    open_budget(year=2027, councillor=empty, place=empty.budgets.get().place, by=None)
    list(open_year(scheme=scheme, by=None, at=THEN))
    assert alex.budgets.get(year=2027).allocated_pence == 5_500_00
    assert empty.budgets.get(year=2027).allocated_pence == 17_000_00


def test_who_does_not_serve_on_the_first_day_gets_nothing() -> None:
    scheme = a_year()
    a_councillor(ends_on=date(2027, 3, 31))
    a_councillor(starts_on=date(2027, 4, 2))
    assert carry_over(scheme, on=THEN.date()).lines == []


def test_a_fund_of_a_place_is_left_alone() -> None:
    scheme, fund = a_year(), BudgetFactory()
    list(open_year(scheme=scheme, by=None, at=THEN))
    fund.refresh_from_db()
    assert fund.remaining_pence == 10_000_00


def test_without_a_published_scheme_nothing_is_opened() -> None:
    scheme = a_year(published_at=None)
    a_councillor()
    with pytest.raises(Refused, match="Publish this scheme first"):
        list(open_year(scheme=scheme, by=None, at=THEN))
    with pytest.raises(CommandError, match="Publish this scheme first"):
        call_command("open_year", "2027")


def test_only_officers_open_budgets() -> None:
    with pytest.raises(Refused, match="Only officers can open budgets"):
        list(open_year(scheme=a_year(), by=AccountFactory(), at=THEN))


def test_nothing_is_carried_over_while_the_old_year_may_still_be_decided_about() -> None:
    scheme, alex = a_year(), a_councillor()
    day_before = THEN - timedelta(days=1)
    found = carry_over(scheme, on=day_before.date())
    assert (found.carry_from, found.carry_pence) == (THEN.date(), 0)
    list(open_year(scheme=scheme, by=None, at=day_before))
    assert [each.allocated_pence for each in alex.budgets.order_by("year")] == [10_000_00, 12_000_00]
    list(open_year(scheme=scheme, by=None, at=THEN))
    assert [each.allocated_pence for each in alex.budgets.order_by("year")] == [5_000_00, 17_000_00]


def test_the_command_previews_and_does_it(capsys, time_machine) -> None:
    time_machine.move_to(THEN)
    a_year()
    a_councillor()
    call_command("open_year", "2027", "--preview")
    said = capsys.readouterr().out
    assert "£12,000 allocated, £5,000 carried over. Nothing was done." in said
    assert not Budget.objects.filter(year=2027).exists()
    call_command("open_year", "2027")
    assert "1 budgets opened for 2027–28: £12,000 allocated, £5,000 carried over." in capsys.readouterr().out
    with pytest.raises(CommandError, match="There is no scheme for 2030–31"):
        call_command("open_year", "2030")


def test_the_preview_asks_the_same_of_the_database_for_thirty_councillors() -> None:
    scheme = a_year()
    place = PlaceFactory()

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            for line in carry_over(scheme, on=THEN.date()).lines:
                assert f"{line.councillor} {line.place}" != " "
        return len(asked)

    a_councillor()
    one = statements()
    for _ in range(29):
        councillor = CouncillorFactory()
        TermFactory(councillor=councillor, place=place)
        BudgetFactory(councillor=councillor, place=place)
    assert statements() == one


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_open_every_budget_once() -> None:
    scheme = a_year()
    for _ in range(4):
        a_councillor()

    def run(_number: int) -> None:
        try:
            list(open_year(scheme=scheme, by=None, at=THEN))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    assert set(Budget.objects.filter(year=2027).values_list("allocated_pence", flat=True)) == {17_000_00}
    assert Entry.objects.filter(budget__year=2027).count() == 8
