"""The process that owns the two servers: `python -m engage.local.keeper DATA durable|quick REPORT_FD`.

Everyone who uses the servers holds a shared lock on one file. The keeper starts the servers, says "ready", and
then tries for the same lock alone: it gets it when the last user has gone, however that user went, because the
system frees the locks of a process that is killed. Then it stops the servers and ends. It has a session of its
own, so Ctrl-C in a terminal reaches the user's command first and the database last.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from engage.local import postgres, valkey
from engage.local.binaries import find_postgres, find_valkey
from engage.local.folders import CannotStart, Folders, settle

KEEPER_LOCK = "keeper.lock"
USERS_LOCK = "users.lock"
# Recovery after a crash replays what the last run wrote; it is slow on a slow disk, not stuck.
READY_SECONDS = 180
STOP_SECONDS = 20
ATTEMPTS = 5


def main() -> int:
    data, mode, report = Path(sys.argv[1]), sys.argv[2], os.fdopen(int(sys.argv[3]), "w", buffering=1)
    for ignored in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(ignored, signal.SIG_IGN)

    def say(line: str) -> None:
        with suppress(OSError):
            report.write(f"{line}\n")

    try:
        keep(settle(data, say), durable=mode == "durable", say=say, ready=lambda: close(report))
    except CannotStart as reason:
        for line in str(reason).splitlines():
            say(f"!{line}")
        return 1
    return 0


def close(report: IO[str]) -> None:
    report.write("ready\n")
    report.close()


def keep(folders: Folders, *, durable: bool, say: Callable[[str], None], ready: Callable[[], None]) -> None:
    with open(folders.data / KEEPER_LOCK, "w") as mine, open(folders.data / USERS_LOCK, "w") as users:
        fcntl.flock(mine, fcntl.LOCK_EX)
        servers: list[subprocess.Popen[bytes]] = []
        try:
            start(folders, servers, durable=durable, say=say)
            ready()
            while all(server.poll() is None for server in servers):
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    time.sleep(0.1)
        finally:
            stop(servers)


def start(
    folders: Folders, servers: list[subprocess.Popen[bytes]], *, durable: bool, say: Callable[[str], None]
) -> None:
    programs = find_postgres(folders.home, folders.runner)
    cache = find_valkey(folders.home, folders.runner)
    if postgres.stop_lost(programs, folders) | valkey.stop_lost(folders):
        say("Stopped the servers that an interrupted run had left.")
    if not folders.cluster.exists():
        say(f"Making the database (PostgreSQL {programs.major}) …")
    postgres.make_cluster(programs, folders)
    make_cache_folder(folders)
    for name in ("postgres", "valkey"):
        folders.log(name).unlink(missing_ok=True)
    servers.append(valkey.start(cache, folders, durable=durable))
    for attempt in range(1, ATTEMPTS + 1):
        server = postgres.start(programs, folders, durable=durable)
        if await_answer(server, lambda: postgres.answers(folders), say):
            servers.append(server)
            break
        # Processes of a server that was killed a moment ago may still be ending.
        time.sleep(attempt)
    else:
        raise CannotStart(f"PostgreSQL does not start; its last words are in {folders.log('postgres')}.")
    if not await_answer(servers[0], lambda: valkey.answers(folders), say):
        raise CannotStart(f"Valkey does not start; its last words are in {folders.log('valkey')}.")
    postgres.make_database(folders)


def make_cache_folder(folders: Folders) -> None:
    folders.cache.mkdir(mode=0o700, exist_ok=True)
    if folders.runner.uid is not None:
        os.chown(folders.cache, folders.runner.uid, folders.runner.gid or -1)


def await_answer(
    server: "subprocess.Popen[bytes]", answers: Callable[[], bool], say: Callable[[str], None]
) -> bool:
    begun = time.monotonic()
    told = False
    while server.poll() is None and time.monotonic() - begun < READY_SECONDS:
        if answers():
            return True
        if not told and time.monotonic() - begun > 5:
            told = True
            say("The database is recovering from an interrupted run …")
        time.sleep(0.05)
    stop([server])
    return False


def stop(servers: "list[subprocess.Popen[bytes]]") -> None:
    """End the servers the way they ask to be: SIGINT is PostgreSQL's fast shutdown and Valkey's save-and-exit."""
    for server in reversed(servers):
        if server.poll() is None:
            server.send_signal(signal.SIGINT)
    for server in reversed(servers):
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


if __name__ == "__main__":
    sys.exit(main())
