import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.cache import cache

from engage.accounts.actions import open_account
from engage.accounts.models import Account

NOW = datetime(2027, 5, 1, 12, tzinfo=UTC)
PASSWORD = "three plain words"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    """Tries are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def robin(db) -> Account:
    return open_account(email="robin@example.org", password=PASSWORD, at=NOW)


@pytest.fixture
def mailed_code() -> Callable[[], str]:
    """The code in the newest message, as a person would copy it."""

    def read() -> str:
        return re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]

    return read
