"""The embedded servers for the tests: started before Django reads its settings, stopped when pytest ends.

The process that starts pytest starts the servers; xdist's workers find them in the environment. Two runs over one
data folder share the servers and take a slot each, which is part of the names of their databases.
"""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from engage.local.environ import environ
from engage.local.folders import CannotStart, data_folder
from engage.local.services import running

SLOTS = 6
WORKERS = 20
SLOT = "ENGAGE_TEST_SLOT"


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        stack = ExitStack()
        early_config.add_cleanup(stack.close)
        try:
            start(stack)
        except CannotStart as reason:
            raise pytest.UsageError(str(reason)) from None
    os.environ["REDIS_URL"] = redis_url(os.environ["REDIS_URL"], database_number())
    return (yield)


def start(stack: ExitStack) -> None:
    data = data_folder() / "test"
    (data / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns of a missing folder
    slot, file = free_slot(data)
    stack.enter_context(file)
    services = stack.enter_context(running(data, durable=False, say=say))
    os.environ.update(environ(services, data, kind="test") | {"ENGAGE_ENV": "test", SLOT: str(slot)})


def free_slot(data: Path) -> tuple[int, IO[str]]:
    for slot in range(SLOTS):
        file = open(data / f"slot-{slot}.lock", "w")  # noqa: SIM115 — the lock lasts as long as the run
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
        else:
            return slot, file
    raise CannotStart(f"{SLOTS} test runs already use {data}: set ENGAGE_DATA to another folder.")


def database_name() -> str:
    return f"engage_test_{os.environ[SLOT]}_{worker()}"


def database_number() -> int:
    """Every test process has a Valkey database of its own, so that rate limits and caches do not meet."""
    name = worker()
    return int(os.environ[SLOT]) * WORKERS + (int(name[2:]) % (WORKERS - 1) + 1 if name != "main" else 0)


def worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def redis_url(url: str, number: int) -> str:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        query = dict(parse_qsl(parts.query)) | {"db": str(number)}
        return f"unix://{parts.path}?{urlencode(query)}"
    return parts._replace(path=f"/{number}").geturl()


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
