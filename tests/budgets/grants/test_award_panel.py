"""What everybody reads on an award's page about how it was decided."""

import pytest

from budgets.actions import report_outcome
from budgets.grants.actions import decide_ask, declare_interest, override_block, support_ask
from budgets.grants.enums import Answer, Status, Verdict
from budgets.grants.models import Ask
from budgets.models import Award
from tests.budgets.grants.factories import (
    NOW,
    a_councillors_budget,
    a_principle,
    an_application,
    checked,
    sign_by_both,
    with_role,
)
from tests.factories import AwardFactory

pytestmark = pytest.mark.django_db


def decide(ask: Ask, by=None, amount: int = 500_00) -> Award:
    decide_ask(
        ask=Ask.objects.get(pk=ask.pk),
        answer=Answer.APPROVED,
        amount_pence=amount,
        reason="Neighbours asked for it.",
        no_interest=True,
        by=by or ask.budget.councillor.account,
        at=NOW,
    )
    return Award.objects.get()


def page(client, award: Award) -> str:
    return client.get(award.get_absolute_url()).content.decode()


def test_the_page_says_who_decided_and_every_step_in_order(client) -> None:
    made = an_application(Status.SUBMITTED)
    ask = made.asks.get()
    support_ask(ask=ask, by=ask.budget.councillor.account, at=NOW)
    made.status = Status.CHECK
    made.save(update_fields=["status"])
    checked(made)
    award = decide(ask, amount=450_00)
    sign_by_both(made)
    answer = client.get(award.get_absolute_url())
    assert [step["title"] for step in answer.context["life"]] == [
        "The group applied",
        "The councillor backed it",
        "Officers checked it",
        "£450 awarded",
        "The group signed the agreement",
    ]
    text = answer.content.decode()
    assert f"Councillor {ask.budget.councillor.name} decided about their own budget." in text
    assert "The group asked for £500, and £450 was awarded." in text


def test_a_declared_interest_is_public_and_that_an_officer_decided(client) -> None:
    ask = checked(an_application(Status.CHECK)).asks.get()
    declare_interest(ask=ask, what="My sister leads it.", by=ask.budget.councillor.account, at=NOW)
    officer = with_role("officer")
    award = decide(ask, by=officer)
    text = page(client, award)
    assert f"{officer.get_full_name()} decided, as an officer of the council." in text
    assert "declared an interest, so they took no part: My sister leads it." in text
    twin = client.get(f"/budgets/awards/{award.pk}.json").json()
    assert twin["decision"][0]["declared_interest"] == "My sister leads it."


def test_what_was_gone_past_is_public(client) -> None:
    made = checked(an_application(Status.CHECK), Verdict.BLOCK)
    override_block(
        application=made,
        principle=a_principle(made.scheme),
        reason="The hall burned down.",
        by=with_role("administrator"),
        at=NOW,
    )
    assert "Approved although the check stopped it" in page(client, decide(made.asks.get()))


def test_an_award_without_an_application_says_nothing_of_it(client) -> None:
    assert "How it was decided" not in page(client, AwardFactory())


def test_every_award_of_a_joint_grant_shows_what_came_of_it(client) -> None:
    made = an_application(Status.PAID, budgets=[a_councillors_budget(), a_councillors_budget()])
    first, second = Award.objects.filter(ask__application=made).order_by("ask__id")
    assert "Not reported yet" in page(client, second)
    report_outcome(
        award=first,
        measure="Benches in place",
        forecast=3,
        actual=5,
        story="So used.",
        on=NOW.date(),
        by=None,
    )
    text = page(client, second)
    assert "Not reported yet" not in text
    for said in ("Benches in place", "So used.", first.get_absolute_url()):
        assert said in text
    assert "paid for together" not in page(client, first)
    told = client.get(f"/budgets/awards/{second.pk}.json").json()["outcomes_of_the_joint_grant"]
    assert [(each["measure"], each["actual"]) for each in told] == [("Benches in place", 5)]
