"""Whatever people do in whatever order: the books of every budget and award add up, and nothing is overspent."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets.actions import pay_award, refund_award
from budgets.grants.actions import (
    Found,
    check_application,
    decide_ask,
    declare_interest,
    decline_application,
    hold,
    move_application,
    support_ask,
    take_on,
    withdraw_application,
)
from budgets.grants.enums import Answer, Status, Verdict
from budgets.grants.models import Application, Ask, Decision
from budgets.grants.rules.flow import Who
from budgets.models import Award, Budget
from budgets.queries import books_of
from budgets.rules.ledger import what_is_wrong
from engage.accounts.models import Account
from engage.kit.decisions import Refused
from tests.budgets.grants.books import everything
from tests.budgets.grants.factories import (
    NOW,
    a_councillors_budget,
    a_group,
    a_principle,
    an_application,
    sign_by_both,
    with_role,
)
from tests.factories import AccountFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = date(2026, 6, 15)
PROMISED = {Status.APPROVED, Status.AGREEMENT}


@dataclass
class Town:
    """Two councillors with £1,500 and £900, a group, an officer, and the applications so far."""

    budgets: list[Budget]
    officer: Account
    lead: Account
    applications: list[Application] = field(default_factory=list)

    def application(self, number: int) -> Application:
        found = self.applications[number % len(self.applications)]
        return Application.objects.get(pk=found.pk)

    def ask(self, number: int) -> Ask:
        asks = list(self.application(number).asks.order_by("pk"))
        return asks[number % len(asks)]


def make_town() -> Town:
    lead = AccountFactory()
    return Town(
        budgets=[a_councillors_budget(allocated_pence=pence) for pence in (1_500_00, 900_00)],
        officer=with_role("officer"),
        lead=lead,
    )


def submit(town: Town, number: int, pence: int) -> None:
    organisation = town.applications[0].organisation if town.applications else a_group(town.lead)
    asked = town.budgets if number % 3 == 0 else [town.budgets[number % 2]]
    made = an_application(Status.SUBMITTED, budgets=asked, amount_pence=pence, organisation=organisation)
    a_principle(made.scheme)
    town.applications.append(made)


def support(town: Town, number: int, pence: int) -> None:
    ask = town.ask(number)
    support_ask(ask=ask, by=ask.budget.councillor.account, at=NOW)


def interest(town: Town, number: int, pence: int) -> None:
    ask = town.ask(number)
    declare_interest(ask=ask, what="I chair it.", by=ask.budget.councillor.account, at=NOW)


def check(town: Town, number: int, pence: int) -> None:
    made = town.application(number)
    with suppress(Refused):
        take_on(application=made, reason="It is urgent.", by=town.officer, at=NOW)
    made.refresh_from_db()
    verdict = Verdict.BLOCK if pence % 7 == 0 else Verdict.PASS
    found = {a_principle(made.scheme): Found(verdict, "Seen.")}
    check_application(application=made, found=found, version=made.version, by=town.officer, at=NOW)


def decide(town: Town, number: int, pence: int) -> None:
    ask = town.ask(number)
    by = town.officer if hasattr(ask, "interest") else ask.budget.councillor.account
    answer = Answer.DECLINED if pence % 5 == 0 else Answer.APPROVED
    said = {"answer": answer, "amount_pence": pence, "reason": "Because.", "no_interest": True}
    decide_ask(ask=ask, by=by, at=NOW, **said)


def agree(town: Town, number: int, pence: int) -> None:
    sign_by_both(town.application(number))


@transaction.atomic
def pay(town: Town, number: int, pence: int) -> None:
    held = hold(town.application(number))
    move_application(held, Status.PAID, who=Who.PAYER, by=town.officer, at=NOW)
    for ask in held.asks.filter(award__isnull=False).select_related("award__budget").order_by("budget_id"):
        assert ask.award is not None
        pay_award(award=ask.award, amount_pence=ask.award.committed_pence, on=DAY, by=town.officer)


def refund(town: Town, number: int, pence: int) -> None:
    awards = list(Award.objects.filter(budget__in=town.budgets).order_by("pk"))
    if awards:
        refund_award(award=awards[number % len(awards)], amount_pence=pence, on=DAY, by=town.officer)


def withdraw(town: Town, number: int, pence: int) -> None:
    withdraw_application(application=town.application(number), why="", by=town.lead, at=NOW)


def decline(town: Town, number: int, pence: int) -> None:
    decline_application(
        application=town.application(number), reason="No.", no_interest=True, by=town.officer, at=NOW
    )


Verb = Callable[[Town, int, int], Any]
# What leads to money is drawn more often than what ends an application.
VERBS: list[Verb] = [submit, support, check, decide] * 3 + [agree, pay] * 2
VERBS += [refund, withdraw, decline, interest]
STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 5), st.integers(95_00, 1_100_00)),
    min_size=8,
    max_size=40,
)


def whole_books(town: Town) -> None:
    for budget in Budget.objects.filter(pk__in=[each.pk for each in town.budgets]):
        assert budget.allocated_pence == budget.committed_pence + budget.spent_pence + budget.remaining_pence
        assert min(budget.committed_pence, budget.spent_pence, budget.remaining_pence) >= 0
        awards = list(Award.objects.filter(budget=budget))
        assert budget.committed_pence == sum(award.committed_pence for award in awards)
        assert budget.spent_pence == sum(award.spent_pence for award in awards)
        assert what_is_wrong(books_of(budget.pk)) == []
    for made in Application.objects.filter(pk__in=[each.pk for each in town.applications]):
        money_fits_the_status(made)


def money_fits_the_status(made: Application) -> None:
    awards = list(Award.objects.filter(ask__application=made))
    approved = Decision.objects.filter(ask__application=made, answer=Answer.APPROVED)
    promised = sum(award.committed_pence for award in awards)
    if made.status in PROMISED:
        assert awards
        assert promised == sum(decision.amount_pence for decision in approved)
    else:
        assert promised == 0
    for award in awards:
        assert award.awarded_pence >= award.committed_pence + award.spent_pence


def test_any_order_of_verbs_keeps_the_books() -> None:
    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(steps=STEPS)
    def run(steps: list[tuple[Verb, int, int]]) -> None:
        with transaction.atomic():
            town = make_town()
            submit(town, 0, 400_00)
            for verb in (
                submit,
                support,
                check,
                decide,
            ):  # so that every sequence meets money that is promised
                verb(town, 1, 301_01)
            assert Application.objects.filter(status=Status.APPROVED).exists()
            seen = None
            for verb, number, pence in steps:
                with suppress(Refused):
                    verb(town, number, pence)
                # Where not a row of them is another, the books are as whole as they were before.
                if seen != (seen := everything()):
                    whole_books(town)
            transaction.set_rollback(True)

    run()


def test_the_usual_order_pays_and_what_is_withdrawn_is_released() -> None:
    town = make_town()
    for verb in (submit, support, check, decide, agree, pay, refund):
        verb(town, 1, 301_01)
        whole_books(town)
    award = Award.objects.get()
    assert (award.awarded_pence, award.spent_pence) == (301_01, 0)
    submit(town, 1, 301_01)
    for verb in (support, check, decide, withdraw):
        verb(town, 1, 301_01)
        whole_books(town)
    assert Application.objects.filter(status=Status.WITHDRAWN).count() == 1
    assert {budget.remaining_pence for budget in Budget.objects.all()} == {1_500_00, 900_00}
