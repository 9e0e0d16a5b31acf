"""The numbers of a group's bank account are in no log line, record, news or dump of the database, whatever is done."""

import json
import logging

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budgets.grants import actions
from budgets.grants.models import BankAccount
from engage.audit.models import Record
from tests.budgets.grants.factories import with_role
from tests.budgets.grants.paying import AT, a_team, exported, pay, signed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SORT_CODE, NUMBER = "309271", "61847205"
TYPED = {"sort_code": "30-92-71", "number": "6184 7205"}


@pytest.fixture
def lead(settings):
    """Somebody who leads a group and has signed an application, whose bank details they now enter."""
    settings.STAFF_MFA = False
    (application,) = signed()
    return application.organisation.members.get(role="lead").account, application


def enter(account, organisation) -> BankAccount:
    return actions.enter_bank(
        organisation=organisation, holder="Friends", by=account, at=timezone.now(), **TYPED
    )


def dump() -> str:
    """Every row of every table as PostgreSQL writes it, as in a copy of the database."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT {name}::text FROM {name}")  # names of our own tables
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def is_there(text: str) -> list[str]:
    return [secret for secret in (NUMBER, SORT_CODE, *TYPED.values()) if secret in text]


def test_nothing_keeps_them_from_the_page_to_the_bank(lead, caplog):
    """Entered and refused on pages, confirmed, paid: then everything that was written down is searched."""
    account, application = lead
    caplog.set_level(logging.DEBUG)
    officer, client = with_role("officer"), Client()
    details = enter(account, application.organisation)
    client.force_login(officer)
    confirm = reverse("staff_bankaccounts:confirm", args=[details.pk])
    wrong = client.post(confirm, TYPED | {"number": NUMBER[::-1], "how": "Statement"})
    right = client.post(confirm, TYPED | {"how": "Statement"}, follow=True)
    assert (wrong.status_code, right.status_code) == (422, 200)
    team = a_team()
    run = exported(team, application)
    assert NUMBER in actions.export_run(run=run, by=team.payer, at=AT), "the bank file has to say it"
    pay(run, team.payer)

    pages = "".join(answer.content.decode() for answer in (wrong, right))
    assert is_there(pages) == []
    assert is_there(caplog.text + str([vars(line) for line in caplog.records])) == []
    assert is_there(json.dumps(list(Record.objects.values_list("data", flat=True)))) == []
    whole = dump()
    assert application.title in whole, "the dump holds what is no secret"
    assert is_there(whole) == []


def test_whoever_has_the_key_reads_them_again(lead):
    account, application = lead
    details = enter(account, application.organisation)
    details = BankAccount.objects.get(pk=details.pk)
    assert (details.sort_code, details.number, details.number_ends) == (SORT_CODE, NUMBER, NUMBER[-4:])


def test_nothing_that_shows_a_row_says_its_numbers(lead):
    account, application = lead
    details = enter(account, application.organisation)
    assert is_there(f"{details} {details!r}") == []
