"""A councillor's pages: what is asked, what waits, and what was typed when it is refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.grants.enums import Answer, Status
from budgets.grants.models import Ask, Decision, Scheme
from budgets.models import Award
from engage.residents.actions import join
from tests.budgets.grants.factories import NOW, a_councillors_budget, an_application, checked, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def budget():
    return a_councillors_budget(with_role("councillor"))


@pytest.fixture
def client(client, budget):
    client.force_login(budget.councillor.account)
    return client


def address(ask: Ask, name: str = "ask") -> str:
    return reverse(f"grants:{name}", args=[ask.pk])


def ask_at(status: Status, budget, **fields) -> Ask:
    return an_application(status, budgets=[budget], **fields).asks.get()


APPROVE = {"answer": "approved", "amount": "450", "reason": "Asked for.", "no_interest": "on"}


def test_the_list_says_what_waits_for_the_councillor(client, budget) -> None:
    ask_at(Status.SUBMITTED, budget, title="New benches")
    checked(ask_at(Status.CHECK, budget, title="Old bridge").application)
    ask_at(Status.SUPPORTED, budget, title="With officers")
    ask_at(Status.PAID, budget, title="Paid long ago")
    groups = client.get(reverse("grants:my_asks")).context["groups"]
    assert {(row["title"], row["todo"]) for row in groups.yours} == {
        ("New benches", "Support it, or say why not"),
        ("Old bridge", "Decide"),
    }
    assert [row["title"] for row in groups.others] == ["With officers"]
    assert [row["title"] for row in groups.over] == ["Paid long ago"]


def test_a_councillor_reads_nothing_of_another_budget(client) -> None:
    ask = an_application().asks.get()
    assert client.get(address(ask)).status_code == 403
    assert client.post(address(ask, "support")).status_code == 403
    assert client.get(reverse("grants:my_asks")).context["groups"].yours == []
    draft = an_application(Status.DRAFT).asks.get()
    assert client.get(address(draft)).status_code == 404


def test_what_is_never_paid_for_stands_beside_the_check(client, budget) -> None:
    ask = ask_at(Status.SUBMITTED, budget)
    assert "Never paid for" not in client.get(address(ask)).content.decode()
    Scheme.objects.update(prohibited=["Fireworks & flares"])
    page = client.get(address(ask)).content.decode()
    assert "Never paid for" in page
    assert "<li>Fireworks &amp; flares</li>" in page


def test_support_is_one_press(client, budget) -> None:
    ask = ask_at(Status.SUBMITTED, budget)
    assert "Support it" in client.get(address(ask)).content.decode()
    answer = client.post(address(ask, "support"))
    assert (answer.status_code, answer["Location"]) == (303, address(ask))
    ask.application.refresh_from_db()
    assert ask.application.status == Status.SUPPORTED


def test_a_no_before_the_check_ends_it(client, budget) -> None:
    ask = ask_at(Status.SUBMITTED, budget)
    answer = client.post(address(ask, "decline"), {"reason": "We paid for this twice.", "no_interest": "on"})
    assert answer.status_code == 303
    assert Decision.objects.get().answer == Answer.DECLINED
    assert "We paid for this twice." in client.get(address(ask)).content.decode()


def test_a_decision_with_reason_and_amount(client, budget) -> None:
    ask = checked(ask_at(Status.CHECK, budget).application).asks.get()
    assert client.post(address(ask, "decide"), APPROVE).status_code == 303
    assert Award.objects.get().awarded_pence == 450_00
    page = client.get(address(ask)).content.decode()
    assert "£450 approved" in page
    assert Award.objects.get().get_absolute_url() in page


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"amount": "999"}, 422, "The group asked for £500"),
        ({"amount": ""}, 422, "Enter how much you award"),
        ({"no_interest": ""}, 422, "Confirm that you have no interest"),
        ({"reason": ""}, 422, "Give your reason"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(client, budget, change, status, sentence) -> None:
    ask = checked(ask_at(Status.CHECK, budget).application).asks.get()
    typed = APPROVE | {"reason": "These very words."} | change
    answer = client.post(address(ask, "decide"), typed)
    page = answer.content.decode()
    assert answer.status_code == status
    assert sentence in page
    assert typed["reason"] in page
    assert not Decision.objects.exists()


def test_what_is_not_checked_is_refused_with_a_conflict(client, budget) -> None:
    ask = ask_at(Status.CHECK, budget)
    answer = client.post(address(ask, "decide"), APPROVE)
    assert answer.status_code == 409
    assert "no principles" in answer.content.decode()


def test_a_declared_interest_leaves_the_councillor_nothing_to_do(client, budget) -> None:
    ask = checked(ask_at(Status.CHECK, budget).application).asks.get()
    assert client.post(address(ask, "interest"), {"what": ""}).status_code == 422
    assert client.post(address(ask, "interest"), {"what": "My sister leads it."}).status_code == 303
    answer = client.get(address(ask))
    assert "My sister leads it." in answer.content.decode()
    assert not answer.context["may_decide"]
    assert not answer.context["may_declare"]
    refused = client.post(address(ask, "decide"), APPROVE)
    assert refused.status_code == 409
    assert APPROVE["reason"] in refused.content.decode()


def test_an_account_without_a_councillor_has_no_list(client) -> None:
    client.force_login(with_role("councillor"))
    assert client.get(reverse("grants:my_asks")).status_code == 403


def test_what_waits_is_on_the_first_screens(client, budget) -> None:
    join(account=budget.councillor.account, at=NOW)
    ask_at(Status.SUBMITTED, budget, title="New benches")
    assert "New benches" in client.get("/admin/").content.decode()
    assert "1 application waits for you." in client.get("/account/").content.decode()
    an_application(Status.SUPPORTED, title="To take on")
    client.force_login(with_role("officer"))
    assert "To take on" in client.get("/admin/").content.decode()


@pytest.mark.slow
def test_the_list_takes_as_many_queries_for_thirty_as_for_one(client, budget) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(reverse("grants:my_asks")).status_code == 200
        return len(found)

    checked(ask_at(Status.CHECK, budget).application)
    client.get(reverse("grants:my_asks"))
    one = queries()
    for _ in range(29):
        checked(an_application(Status.CHECK, budgets=[budget, a_councillors_budget()], amount_pence=200_00))
    assert queries() == one
