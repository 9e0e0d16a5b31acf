"""Councillors' money in a year with a scheme goes to groups that apply: the table of docs/rules/scheme.md."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from budgets import actions as money
from budgets.models import Award, Budget, Entry
from budgets.permissions import given_by_hand
from engage.kit.decisions import Refused
from tests.budgets.grants.factories import NOW, SchemeFactory, a_councillors_budget, with_role
from tests.factories import BudgetFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).parents[3] / "docs" / "rules" / "scheme.md"


def rows() -> list[list[str]]:
    section = PAGE.read_text().split("## No other door\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


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


@pytest.mark.parametrize(("whose", "scheme", "by_hand"), rows())
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
