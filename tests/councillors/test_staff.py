"""The back office for councillors and terms: forms that end in verbs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engage.audit.models import Record
from engage.councillors.models import Councillor, Term
from tests.factories import AccountFactory, BudgetFactory, CouncillorFactory, PlaceFactory, TermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client, django_user_model):
    account = django_user_model.objects.create_superuser("boss@example.org")
    client.force_login(account)
    return account


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_councillor_is_added_with_a_record(client, boss):
    answer = client.post(
        "/admin/councillors/new/", {"name": "Alex Example", "statement": "Hello", "email": ""}
    )
    assert answer.status_code == 302
    alex = Councillor.objects.get()
    assert (alex.name, alex.slug) == ("Alex Example", "alex-example")
    assert Record.objects.get(event="COUNCILLOR_ADDED").actor_id == boss.pk
    assert "Alex Example" in words(client.get("/admin/councillors/"))


def test_a_councillor_is_changed(client, boss):
    alex = CouncillorFactory(name="Alex Example")
    answer = client.post(f"/admin/councillors/edit/{alex.pk}/", {"name": "Alex Sample", "group": "Green"})
    assert answer.status_code == 302
    alex.refresh_from_db()
    assert (alex.name, alex.group) == ("Alex Sample", "Green")
    assert client.get(f"/admin/councillors/history/{alex.pk}/").status_code == 200


def test_a_term_that_overlaps_is_an_error_in_the_form(client, boss):
    term = TermFactory(starts_on=date(2025, 5, 8))
    answer = client.post(
        "/admin/terms/new/",
        {"councillor": term.councillor_id, "place": term.place_id, "starts_on": "2026-05-08"},
    )
    assert answer.status_code == 200
    assert "already serves for this place at that time" in words(answer)
    assert Term.objects.count() == 1


def test_a_term_is_added_and_removed(client, boss):
    alex, mill = CouncillorFactory(), PlaceFactory()
    said = {"councillor": alex.pk, "place": mill.pk, "starts_on": "2025-05-08", "ends_on": ""}
    assert client.post("/admin/terms/new/", said).status_code == 302
    term = Term.objects.get()
    assert client.post(f"/admin/terms/delete/{term.pk}/").status_code == 302
    assert not Term.objects.exists()
    assert Record.objects.get(event="TERM_REMOVED").actor_id == boss.pk


def test_a_councillor_with_money_is_not_removed(client, boss):
    budget = BudgetFactory(councillor=CouncillorFactory())
    client.post(f"/admin/councillors/delete/{budget.councillor_id}/")
    assert Councillor.objects.filter(pk=budget.councillor_id).exists()


@pytest.mark.parametrize("address", ["/admin/councillors/", "/admin/terms/new/", "/admin/places/new/"])
def test_residents_stay_outside(client, address: str):
    client.force_login(AccountFactory())
    assert client.get(address).status_code in {302, 403}


@pytest.mark.parametrize("address", ["/admin/councillors/", "/admin/terms/", "/admin/places/"])
def test_lists_take_as_many_queries_for_many_rows_as_for_one(client, boss, address: str):
    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    def term():
        account = AccountFactory()
        TermFactory(councillor__account=account, place__parent=PlaceFactory())

    term()
    one = queries()
    for _ in range(9):
        term()
    assert queries() == one
