"""Reading and signing the agreement."""

import pytest
from django.test import Client
from django.urls import reverse

from budgets.grants.enums import Status
from budgets.grants.models import Agreement, Application
from engage.audit.models import Record
from tests.budgets.grants.factories import an_application, signers_of
from tests.factories import AccountFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def lead():
    return AccountFactory()


@pytest.fixture
def approved(lead) -> Application:
    return an_application(Status.APPROVED, lead=lead)


def browser(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def address(application: Application) -> str:
    return reverse("grants:agreement", args=[application.pk])


def test_two_people_sign_each_in_their_own_browser(approved, lead) -> None:
    first, second = map(browser, signers_of(approved.organisation))
    page = first.get(address(approved)).content.decode()
    assert "The council gives £500 from the budget of" in page
    assert "I am Sam Sample" in page
    assert reverse("grants:application", args=[approved.pk]) not in page
    assert first.post(address(approved), {"agreed": "on"}).status_code == 303
    assert "One more person must sign" in second.get(address(approved)).content.decode()
    assert second.post(address(approved), {"agreed": "on"}).status_code == 303
    for client in (first, second, browser(lead)):
        assert "Signed by Sam Sample and Pat Pattern" in client.get(address(approved)).content.decode()


def test_it_is_signed_by_whoever_has_read_it(approved) -> None:
    client = browser(signers_of(approved.organisation)[0])
    assert client.post(address(approved), {"agreed": ""}).status_code == 422
    assert not Agreement.objects.exists()


def test_sending_it_twice_signs_once(approved) -> None:
    client = browser(signers_of(approved.organisation)[0])
    for _ in range(2):
        assert client.post(address(approved), {"agreed": "on"}).status_code == 303
    assert Agreement.objects.get().signed_at is None


def test_whoever_leads_reads_it_signs_nothing_and_has_us_write_again(approved, lead) -> None:
    client = browser(lead)
    page = client.get(address(approved)).content.decode()
    assert "I am " not in page
    assert "Sam Sample, Trustee" in page
    assert client.post(address(approved), {"agreed": "on"}).status_code == 403
    assert not Agreement.objects.exists()
    answers = [client.post(address(approved), {"again": "1"}).status_code for _ in range(6)]
    assert answers == [303] * 4 + [429] * 2
    assert Record.objects.filter(event="ASKED_TO_SIGN").count() == 4


def test_others_do_not_read_it_nor_learn_what_is_approved(approved) -> None:
    for client in (
        browser(AccountFactory()),
        browser(signers_of(an_application(Status.APPROVED).organisation)[0]),
    ):
        assert client.get(address(approved)).status_code == 404
        assert client.post(address(approved), {"agreed": "on"}).status_code == 404


def test_whoever_signs_reads_nothing_else_of_the_group(approved) -> None:
    client = browser(signers_of(approved.organisation)[0])
    for name, number in (("application", approved.pk), ("group", approved.organisation_id)):
        assert client.get(reverse(f"grants:{name}", args=[number])).status_code == 404


def test_before_the_approval_there_is_none(lead) -> None:
    assert browser(lead).get(address(an_application(Status.CHECK, lead=lead))).status_code == 404
