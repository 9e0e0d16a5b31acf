"""What every test may count on: real servers (engage/local/pytest_plugin.py) and a migrated database."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase

from engage.local import databases
from engage.local.pytest_plugin import database_name


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker) -> Iterator[None]:
    """Copy the migrated template instead of migrating, and copy again after a test that committed for good."""
    name = database_name()
    with django_db_blocker.unblock():
        databases.use_fresh_copy(name)
        cache.clear()
        before = TransactionTestCase._fixture_teardown
        TransactionTestCase._fixture_teardown = lambda case: databases.use_fresh_copy(name)
    yield
    TransactionTestCase._fixture_teardown = before
    with django_db_blocker.unblock():
        databases.discard(name)
