"""What every test may count on: real servers (engage/local/pytest_plugin.py) and a migrated database."""

import gc
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TransactionTestCase, override_settings
from hypothesis import settings as hypothesis

from cms import context
from engage.local import databases
from engage.local.pytest_plugin import database_name
from tests.openid import provider as provider

LONG = 200  # characters
# SITE in the Makefile.
SITE = ("journeys", "setup")

# How long an example takes says more about the machine than about the code.
hypothesis.register_profile("engage", deadline=None)
hypothesis.register_profile("fast", deadline=None, max_examples=20)
hypothesis.load_profile("engage")


def pytest_configure() -> None:
    """What most tests do without, so that all of them are quick and come out the same at any hour.

    A password hash that takes no time: the real ones are slow on purpose, and many tests sign in. And Wagtail's
    search and reference index, a sixth of the time of all tests, which few look at: see the fixture `indexed`. And
    the end of what is kept of every page's frame, which would fall between two counts of a page's statements.
    """
    override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        TASKS={"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}},
    ).enable()
    context.SECONDS = 24 * 60 * 60


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file of a megabyte is no name for a test: every process would write it out and send it to the others."""
    return argname if isinstance(val, str | bytes) and len(val) > LONG else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what would be forgotten by hand: a page takes a tenth of a second, what commits for good half of one.

    And refuse what `make test` would pass over, which looks for what needs a browser or a clone in its own folders
    only, and there for nothing else.
    """
    for item in items:
        of_site = item.get_closest_marker("browser") or item.get_closest_marker("setup")
        if bool(of_site) != (item.path.parent.name in SITE):
            raise pytest.UsageError(
                f"{item.nodeid}: what is marked browser or setup is in {SITE}, and nothing else."
            )
        if "client" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.page)
        database = item.get_closest_marker("django_db")
        if database and database.kwargs.get("transaction"):
            item.add_marker(pytest.mark.slow)
    # The longest journeys begin first: what begins last, one process goes on with alone.
    items.sort(
        key=lambda item: bool(item.get_closest_marker("browser") and not item.get_closest_marker("slow"))
    )


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def indexed(settings) -> None:
    """What is saved can be searched for, and Wagtail knows what refers to it, as on the running site."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}


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
        connection.close()
        databases.discard(name)


@pytest.fixture(scope="module")
def beforehand(django_db_setup: None, django_db_blocker) -> Iterator[Callable]:
    """`beforehand(make)` is what `make()` makes in the database, once, for all tests of a module to start from.

    Each test's own transaction is inside the one of this. A fixture of the module hands a test a deep copy, so that
    what the test does to the objects is as much its own as what it does to their rows.
    """
    block = transaction.atomic()
    block._from_testcase = True  # a verb that must be outermost may be, as within Django's own test cases

    def made(make: Callable) -> object:
        with django_db_blocker.unblock():
            return make()

    with django_db_blocker.unblock():
        block.__enter__()
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        block.__exit__(None, None, None)
