"""Councillors' money in a year with a scheme goes to groups that apply: the table of docs/rules/scheme.md."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from budgets import actions as money
from budgets.models import Award, Budget, Entry
from budgets.permissions import given_by_hand
from engage.kit.decisions import Refused
from tests.budgets.grants.factories import NOW, SchemeFactory, a_councillors_budget, with_role
from tests.factories import BudgetFactory, OrganisationFactory, PlaceFactory

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).parents[3] / "docs" / "rules" / "scheme.md"


def rows(head: str) -> list[list[str]]:
    section = PAGE.read_text().split("## No other door\n", 1)[1].split("\n## ", 1)[0]
    table = section.split(f"| {head} |", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def a_budget(whose: str, scheme: str) -> Budget:
    if scheme != "no":
        SchemeFactory(published_at=None if scheme == "as a draft" else NOW)
    return a_councillors_budget() if whose == "of a councillor" else BudgetFactory()


def recorded(budget: Budget) -> dict[str, Any]:
    return {
        "budget": budget,
        "organisation": OrganisationFactory(),
        "title": "A boat",
        "purpose": "A boat for the canal.",
        "amount_pence": 100_00,
        "decided_on": NOW.date(),
        "by": None,
    }


@pytest.mark.parametrize(("whose", "scheme", "by_hand"), rows("budget"))
def test_the_page_says_what_is_recorded_by_hand(whose: str, scheme: str, by_hand: str) -> None:
    assert bool(given_by_hand(a_budget(whose, scheme))) == (by_hand == "yes")


def test_the_desk_refuses_beside_the_budget_and_says_where_to_go(client: Client) -> None:
    SchemeFactory()
    facts = recorded(a_councillors_budget())
    client.force_login(with_role("officer"))
    answer = client.post(
        "/admin/awards/new/",
        facts
        | {"budget": facts["budget"].pk, "organisation": facts["organisation"].pk, "amount": "100", "by": ""},
    )
    assert answer.status_code == 409
    assert "In 2026–27 groups apply for councillors’ money" in str(answer.context["form"].errors["budget"])
    assert not Award.objects.exists()


def test_the_verb_refuses_and_what_follows_from_an_application_does_not() -> None:
    SchemeFactory()
    facts = recorded(a_councillors_budget())
    with pytest.raises(Refused, match="no award from such a budget is recorded by hand"):
        money.record_award(**facts)
    assert not Entry.objects.filter(kind="commit").exists()
    assert money.commit_award(**facts).committed_pence == 100_00


def a_side(words: str, year: int) -> Budget:
    whose, _comma, scheme = words.partition(", ")
    if scheme == "scheme published":
        SchemeFactory(year=year)
    return a_councillors_budget(year=year) if whose == "a councillor" else BudgetFactory(year=year)


@pytest.mark.parametrize(("source", "target", "may"), rows("from"))
def test_money_does_not_go_round_the_scheme_by_a_transfer(source: str, target: str, may: str) -> None:
    out, into = a_side(source, 2026), a_side(target, 2027)
    move = {"source": out, "target": into, "amount_pence": 100_00, "on": NOW.date(), "by": None}
    if may == "yes":
        assert money.transfer(**move)[1].amount_pence == 100_00
        return
    with pytest.raises(Refused, match="Groups apply for the money of this budget") as refused:
        money.transfer(**move)
    assert refused.value.denied.field == "target"
    with pytest.raises(IntegrityError, match="Groups apply"), transaction.atomic():
        Entry.objects.create(
            budget=out, counterpart=into, kind="transfer", amount_pence=-1, posted_on=NOW.date(), key="raw"
        )


def test_within_one_year_it_moves_between_councillors_alone() -> None:
    SchemeFactory()
    mine, theirs, fund = a_councillors_budget(), a_councillors_budget(), BudgetFactory(place=PlaceFactory())
    move = {"source": mine, "amount_pence": 1_00, "on": NOW.date(), "by": None}
    assert money.transfer(target=theirs, **move)
    with pytest.raises(Refused):
        money.transfer(target=fund, **move)
