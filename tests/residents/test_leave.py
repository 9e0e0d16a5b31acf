"""The end of personal data: what goes, what stays without a name, and who cannot go yet."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from engage.accounts.actions import give_roles
from engage.accounts.models import Account
from engage.audit.models import Record
from engage.residents.events import RESIDENT_LEFT
from engage.residents.models import Resident
from tests.factories import IdeaFactory, PlaceFactory, ResidentFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 5, 1, 12, tzinfo=UTC)
ADDRESS = "kim.findable@example.org"


@pytest.fixture
def kim(client):
    resident = ResidentFactory(name="Kim Findable", home=PlaceFactory(), account__email=ADDRESS)
    resident.account.set_unusable_password()
    resident.account.save()
    EmailAddress.objects.create(user=resident.account, email=ADDRESS, primary=True, verified=True)
    client.force_login(resident.account)
    return resident


def everything_stored() -> str:
    """All rows of all tables, as text."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += [row[0] for row in cursor.fetchall()]
    return "\n".join(rows)


def test_nothing_that_leads_back_is_left(client, kim):
    idea = IdeaFactory(author=kim)
    answer = client.post("/account/delete/", {"sure": "on"}, follow=True)
    assert "Your account is deleted." in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert not Account.objects.exists()
    left = everything_stored()
    assert "findable" not in left.lower()
    idea.refresh_from_db()
    assert str(idea.author) == "A resident"


def test_it_is_in_the_record_without_who(client, kim):
    client.post("/account/delete/", {"sure": "on"})
    record = Record.objects.get(event=RESIDENT_LEFT)
    assert (record.subject_id, record.actor_id, record.data) == (kim.pk, None, {})


def test_without_the_tick_nothing_happens(client, kim):
    answer = client.post("/account/delete/", {})
    assert answer.status_code == 422
    assert "Tick the box if you want to delete your account." in answer.content.decode()
    assert Account.objects.exists()


def test_somebody_with_a_password_is_asked_for_it_again(client, kim):
    kim.account.set_password("otters under bridges")
    kim.account.save()
    client.force_login(kim.account)
    assert client.post("/account/delete/", {"sure": "on"}).url.startswith("/account/reauthenticate/")
    assert Account.objects.exists()


def test_staff_are_told_whom_to_ask_first(client, kim):
    give_roles(account=kim.account, roles=["officer"], at=NOW)
    answer = client.post("/account/delete/", {"sure": "on"})
    assert answer.status_code == 409
    assert "Ask an administrator of this site to take your role away first." in answer.content.decode()
    assert Resident.objects.get().name == "Kim Findable"


def test_what_is_stored_can_be_searched_at_all(kim):
    assert "findable" in everything_stored().lower()
