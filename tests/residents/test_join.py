import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from engage.accounts.models import Account
from engage.residents.actions import join
from engage.residents.models import Resident
from tests.factories import AccountFactory

NOW = datetime(2027, 5, 1, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_joining_twice_keeps_the_first_name():
    account = AccountFactory()
    first = join(account=account, name="Kim", at=NOW)
    assert join(account=account, name="Somebody else", at=NOW) == first
    assert Resident.objects.get().name == "Kim"


@pytest.mark.django_db(transaction=True)
def test_joining_in_two_browsers_at_once_makes_one_resident():
    account = AccountFactory()
    start = threading.Barrier(4)

    def go() -> None:
        start.wait()
        join(account=Account.objects.get(pk=account.pk), at=NOW)
        connection.close()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Resident.objects.filter(account=account).count() == 1
