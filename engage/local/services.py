"""Start the embedded servers for as long as a `with` block lasts, or join those that already serve the folder."""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from engage.local import postgres, valkey
from engage.local.folders import ROOT, CannotStart, Folders, settle
from engage.local.keeper import KEEPER_LOCK, STOP_SECONDS, USERS_LOCK

STARTER_LOCK = "starter.lock"
PATIENCE_SECONDS = 60
NOTICE_SECONDS = 2
# Keepers we started that others use on: they end after us, so nobody here waits for them.
STILL_NEEDED: "list[subprocess.Popen[bytes]]" = []


@dataclass(frozen=True)
class Services:
    """What the site needs to know of its servers. `folders` is None when both are somebody else's."""

    database_url: str
    redis_url: str
    folders: Folders | None


@contextmanager
def running(data: Path, *, durable: bool, say: Callable[[str], None]) -> Iterator[Services]:
    """The servers of this data folder. DATABASE_URL and REDIS_URL, when both are set, replace them.

    `durable=False` is for databases that can be made again at will: quicker, and unsafe when the machine fails.
    """
    given = (os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", ""))
    if all(given):
        yield Services(*given, None)
        return
    with ExitStack() as stack:
        users = stack.enter_context(open(data / USERS_LOCK, "w"))
        if not lock(users, fcntl.LOCK_SH, seconds=STOP_SECONDS * 2 + PATIENCE_SECONDS):
            raise CannotStart(f"The servers of {data} are being stopped by another run and do not end.")
        with open(data / STARTER_LOCK, "w") as starter:
            if not lock(starter, fcntl.LOCK_EX, seconds=PATIENCE_SECONDS * 4):
                raise CannotStart(f"Another run is starting the servers of {data} and does not get there.")
            keeper = None if is_kept(data) else launch(data, durable=durable, say=say)
        folders = settle(data, say)
        try:
            yield Services(given[0] or postgres.url(folders), given[1] or valkey.url(folders), folders)
        finally:
            leave(users, keeper, data)


def lock(file: IO[str], kind: int, *, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        else:
            return True


def is_kept(data: Path) -> bool:
    """Does a keeper look after this folder's servers? It alone holds its lock for itself; asking shares it."""
    with open(data / KEEPER_LOCK, "a") as file:
        return not lock(file, fcntl.LOCK_SH, seconds=0)


def launch(data: Path, *, durable: bool, say: Callable[[str], None]) -> "subprocess.Popen[bytes]":
    """Start a keeper and pass on what it says until the servers are ready."""
    read, write = os.pipe()
    command = [
        sys.executable,
        "-m",
        "engage.local.keeper",
        str(data),
        "durable" if durable else "quick",
        str(write),
    ]
    keeper = subprocess.Popen(
        command, pass_fds=[write], cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True
    )
    os.close(write)
    reasons = []
    with os.fdopen(read) as report:
        for line in report:
            text = line.rstrip("\n")
            if text == "ready":
                return keeper
            if text.startswith("!"):
                reasons.append(text[1:])
            else:
                say(text)
    keeper.wait()
    raise CannotStart("\n".join(reasons) or "The servers could not be started; the lines above say why.")


def leave(users: IO[str], keeper: "subprocess.Popen[bytes] | None", data: Path) -> None:
    """Stop using the servers; when nobody else uses them, wait until the keeper has stopped them."""
    alone = lock(users, fcntl.LOCK_EX, seconds=0)
    users.close()
    if keeper is None:
        return
    begun = time.monotonic()
    while alone and keeper.poll() is None and time.monotonic() - begun < STOP_SECONDS * 2:
        time.sleep(0.05)
        # The keeper takes a moment to see that we have gone. If it has not by now, somebody came as we left.
        alone = time.monotonic() - begun < NOTICE_SECONDS or is_stopping(data)
    if keeper.poll() is None:
        STILL_NEEDED.append(keeper)


def is_stopping(data: Path) -> bool:
    """The keeper holds the users' lock alone while it stops the servers."""
    with open(data / USERS_LOCK) as file:
        return not lock(file, fcntl.LOCK_SH, seconds=0)
