"""Administrators keep accounts and roles in the back office."""

import pytest
from django.contrib.auth.models import Group

from engage.accounts.actions import give_roles
from engage.accounts.models import Account
from tests.accounts.conftest import NOW, PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, robin):
    give_roles(account=robin, roles=["administrator"], at=NOW)
    client.force_login(Account.objects.get(pk=robin.pk))
    return client


def test_an_administrator_opens_an_account_with_a_role(desk, mailoutbox):
    officers = Group.objects.get(name="Officers")
    new = {
        "email": "new@council.example",
        "first_name": "Noor",
        "last_name": "New",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "is_active": "on",
        "groups": [officers.pk],
    }
    answer = desk.post("/admin/users/new/", new)
    assert answer.status_code == 302, answer.context["form"].errors
    account = Account.objects.get(email="new@council.example")
    assert account.has_perm("budgets.record_award")
    desk.logout()
    answer = desk.post("/account/login/", {"login": account.email, "password": PASSWORD})
    assert answer.url.startswith("/account/confirm-email/"), "the first time, the address is checked"


def test_an_address_has_one_account_however_it_is_written(desk, robin):
    answer = desk.post(
        "/admin/users/new/",
        {
            "email": robin.email.upper(),
            "first_name": "R",
            "last_name": "R",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Account.objects.count() == 1


def test_an_officer_gives_nobody_a_role(client, robin):
    give_roles(account=robin, roles=["officer"], at=NOW)
    client.force_login(Account.objects.get(pk=robin.pk))
    assert client.get(f"/admin/users/edit/{robin.pk}/").status_code == 302
    client.post(f"/admin/users/edit/{robin.pk}/", {"email": robin.email, "is_superuser": "on"})
    assert not Account.objects.get(pk=robin.pk).is_superuser


def test_closing_a_person_out_is_taking_their_activity(desk, client, robin):
    other = Account.objects.create_user("left@council.example", PASSWORD, is_active=False)
    desk.logout()
    answer = client.post("/account/login/", {"login": other.email, "password": PASSWORD}, follow=True)
    assert "_auth_user_id" not in client.session
    assert "This account is closed" in answer.content.decode()
