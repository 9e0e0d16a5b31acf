"""Money of an application moves by payment runs alone; there is no side door at the desk of awards."""

import pytest
from django.test import Client

from budgets.grants.enums import Status
from engage.accounts.actions import open_account
from tests.budgets.grants.factories import NOW, an_application
from tests.factories import AwardFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def officer() -> Client:
    client = Client()
    client.force_login(
        open_account(email="o@example.org", password="three plain words", roles=["officer"], at=NOW)
    )
    return client


@pytest.mark.parametrize("verb", ["pay", "release", "refund"])
def test_an_award_of_an_application_is_not_paid_by_hand(officer: Client, verb: str) -> None:
    award = an_application(Status.PAID).asks.get().award
    assert award is not None
    before = award.entries.count()
    answer = officer.post(
        f"/admin/awards/{award.pk}/{verb}/", {"amount": "100", "on": "2026-08-02", "key": "k"}
    )
    assert answer.status_code == 409
    assert "payment run" in answer.text
    assert award.entries.count() == before
    assert f"/admin/awards/{award.pk}/{verb}/" not in officer.get(f"/admin/awards/inspect/{award.pk}/").text


def test_an_award_without_one_still_is(officer: Client) -> None:
    award = AwardFactory()
    assert f"/admin/awards/{award.pk}/pay/" in officer.get(f"/admin/awards/inspect/{award.pk}/").text
    assert officer.get(f"/admin/awards/{award.pk}/pay/").status_code == 200
