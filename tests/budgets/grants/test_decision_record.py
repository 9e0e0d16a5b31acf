"""The public record: every decision with who decided and why, yes and no alike, and nothing that is private."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.grants.actions import decide_ask, declare_interest, decline_application, withdraw_application
from budgets.grants.enums import Answer, Status
from budgets.grants.models import Application, Ask, Decision
from engage.accounts.models import Account
from tests.budgets.grants.factories import (
    NOW,
    SchemeFactory,
    a_councillors_budget,
    an_application,
    checked,
    with_role,
)

pytestmark = pytest.mark.django_db

PRIVATE = (
    "Neighbours asked for them",
    "parks team has no money",
    "Elm Row",
    "Sam Sample",
    "1 Green Lane",
    "9911",
)


def decide(ask: Ask, answer: Answer = Answer.DECLINED, by: Account | None = None, **said) -> Decision:
    decide_ask(
        ask=Ask.objects.get(pk=ask.pk),
        answer=answer,
        amount_pence=said.get("amount", 400_00) if answer == Answer.APPROVED else 0,
        reason=said.get("reason", "The county does this already."),
        no_interest=True,
        by=by or ask.budget.councillor.account,
        at=NOW,
    )
    return Decision.objects.get(ask=ask)


def words(answer) -> str:
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def declined(**fields) -> Decision:
    return decide(an_application(Status.SUBMITTED, **fields).asks.get())


def test_a_no_is_as_public_as_a_yes(client) -> None:
    no, yes = declined(title="A minibus"), checked(an_application(Status.CHECK, title="Benches"))
    decide(yes.asks.get(), Answer.APPROVED)
    page = words(client.get("/grants/decisions/"))
    assert "2 decisions: 1 approved, 1 not approved." in page
    assert page.index("Benches") < page.index("A minibus")  # the latest first
    assert "Not approved" in page
    one = words(client.get(no.get_absolute_url()))
    for said in (
        "Not approved",
        "The county does this already.",
        f"Councillor {no.decided_name} decided about their own budget.",
        no.ask.application.organisation.name,
        "£500 from",
        "15 June 2026",
    ):
        assert said in one, said


def test_nothing_private_is_in_it(client) -> None:
    made = declined()
    for address in (
        made.get_absolute_url(),
        "/grants/decisions/",
        "/grants/decisions.json",
        "/grants/decisions.csv",
    ):
        text = client.get(address).text
        assert not [each for each in PRIVATE if each in text], address
        assert made.ask.application.created_by.email not in text


def test_a_declared_interest_stands_beside_who_decided_instead(client) -> None:
    ask = checked(an_application(Status.CHECK)).asks.get()
    declare_interest(ask=ask, what="My sister leads it.", by=ask.budget.councillor.account, at=NOW)
    officer = with_role("officer")
    made = decide(ask, by=officer)
    assert "In 1 of them an interest was declared, so an officer decided." in words(
        client.get("/grants/decisions/")
    )
    page = words(client.get(made.get_absolute_url()))
    assert f"{officer.get_full_name()} decided, as an officer of the council." in page
    assert "declared an interest, so they took no part: My sister leads it." in page
    row = client.get("/grants/decisions.json").json()["decisions"][0]
    assert (row["decided_as"], row["declared_interest"]) == ("officer", "My sister leads it.")


def test_what_is_not_decided_for_good_is_nobodys_business(client) -> None:
    joint = an_application(Status.SUBMITTED, budgets=[a_councillors_budget(), a_councillors_budget()])
    first = decide(joint.asks.first())
    assert client.get(first.get_absolute_url()).status_code == 404
    assert client.get("/grants/decisions.json").json()["decisions"] == []
    joint.refresh_from_db()
    withdraw_application(application=joint, why="We found the money.", by=joint.created_by, at=NOW)
    assert client.get(first.get_absolute_url()).status_code == 404


def test_what_came_after_a_yes_is_not_among_what_it_was_approved_although(client) -> None:
    made = checked(an_application(Status.CHECK))
    yes = decide(made.asks.get(), Answer.APPROVED)
    for status, note in ((Status.APPROVED, "Approved although it is late."), (Status.PAID, "£400 was paid.")):
        made.steps.create(status=status, at=NOW, public_note=note)
    page = words(client.get(yes.get_absolute_url()))
    assert "Approved although it is late." in page
    assert "£400 was paid." not in page


def test_each_part_of_a_joint_grant_names_the_others(client) -> None:
    joint = an_application(Status.SUBMITTED, budgets=[a_councillors_budget(), a_councillors_budget()])
    first, second = (decide(ask) for ask in joint.asks.all())
    page = words(client.get(first.get_absolute_url()))
    assert "The same application asked other budgets too" in page
    assert second.get_absolute_url() in page
    assert (
        client.get(f"{first.get_absolute_url()[:-1]}.json").json()["others"][0]["councillor"]
        == second.decided_name
    )


def test_what_was_taken_back_after_a_yes_says_so(client) -> None:
    made = checked(an_application(Status.CHECK))
    yes = decide(made.asks.get(), Answer.APPROVED)
    decline_application(
        application=Application.objects.get(pk=made.pk),
        reason="The group was dissolved.",
        no_interest=True,
        by=with_role("officer"),
        at=NOW,
    )
    page = words(client.get(yes.get_absolute_url()))
    assert "Officers took it back afterwards" in page
    assert "The group was dissolved." in page


def test_the_filters(client) -> None:
    here, there = declined(title="Here"), declined(title="There")
    decide(checked(an_application(Status.CHECK, title="Yes")).asks.get(), Answer.APPROVED)
    decide(an_application(Status.SUBMITTED, title="Next year", scheme=SchemeFactory(year=2027)).asks.get())

    def titles(query: str) -> set[str]:
        found = client.get(f"/grants/decisions.json?{query}").json()["decisions"]
        return {row["title"] for row in found}

    budget = here.ask.budget
    assert titles("year=2026") == {"Here", "There", "Yes"}
    assert titles("year=all&outcome=approved") == {"Yes"}
    assert titles(f"year=all&councillor={budget.councillor.slug}") == {"Here"}
    assert titles(f"year=all&place={there.ask.application.place.slug}") == {"There"}
    assert titles("year=all&decided=interest") == set()
    assert client.get("/grants/decisions/?outcome=maybe").status_code == 422
    assert client.get("/grants/decisions.json?year=soon").status_code == 422


def test_the_twins_say_what_the_pages_say(client) -> None:
    made = declined()
    data = json.loads(client.get("/grants/decisions.json").content)
    assert data["totals"] == {"decisions": 1, "approved": 0, "declined": 1, "interests_declared": 0}
    assert data["decisions"][0]["reason"] == made.reason
    assert client.get("/grants/decisions.csv").text.startswith("row,")
    one = client.get(f"{made.get_absolute_url()[:-1]}.json").json()
    assert one["decision"] == data["decisions"]


def test_the_ways_to_it(client) -> None:
    made = checked(an_application(Status.CHECK))
    yes = decide(made.asks.get(), Answer.APPROVED)
    scheme = words(client.get("/grants/?year=2026"))
    assert "1 decision: 1 approved, 0 not approved." in scheme
    assert "/grants/decisions/?year=2026" in scheme
    councillor = yes.ask.budget.councillor
    assert f"/grants/decisions/?councillor={councillor.slug}" in words(
        client.get(councillor.get_absolute_url())
    )
    award = Ask.objects.get(pk=yes.ask_id).award
    assert yes.get_absolute_url() in words(client.get(award.get_absolute_url()))


@pytest.mark.slow
def test_thirty_decisions_ask_the_database_what_one_asks(client) -> None:
    declined()
    addresses = ("/grants/decisions/", "/grants/decisions.json", "/grants/?year=2026")

    def statements() -> list[int]:
        found = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        return found

    few = statements()
    for _number in range(30):
        declined()
    assert statements() == few
    assert len(client.get("/grants/decisions/").context["rows"]) == 20
    assert len(client.get("/grants/decisions/?page=2").context["rows"]) == 11
