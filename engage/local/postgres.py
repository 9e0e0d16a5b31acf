"""PostgreSQL as a child process: make the cluster, start it, find and stop one that an earlier run lost."""

import os
import secrets
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from engage.local.binaries import Postgres
from engage.local.folders import CannotStart, Folders

USER = "engage"
DATABASE = "engage"
# The socket's file name carries the port; nothing listens on the network.
PORT = 5432
CONNECTIONS = 200
# For databases that are made again at will: nothing waits for the disk.
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def url(folders: Folders, database: str = DATABASE) -> str:
    secret = (folders.home / "password").read_text()
    return f"postgresql://{USER}:{secret}@/{database}?host={quote(str(folders.sockets), safe='')}&port={PORT}"


def make_cluster(postgres: Postgres, folders: Folders) -> None:
    """Run initdb once. It works on a draft folder, so an interrupted one is never taken for a cluster."""
    version = folders.cluster / "PG_VERSION"
    if version.exists():
        if version.read_text().strip() != str(postgres.major):
            raise CannotStart(
                f"The database in {folders.cluster} was made by PostgreSQL {version.read_text().strip()} and this "
                f"is PostgreSQL {postgres.major}: export it with the old version's pg_dump, or move it away to start "
                "afresh."
            )
        return
    draft = folders.home / "postgres.draft"
    shutil.rmtree(draft, ignore_errors=True)
    secret = folders.home / "password"
    secret.unlink(missing_ok=True)
    with open(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(24))
    if folders.runner.uid is not None:
        os.chown(secret, folders.runner.uid, folders.runner.gid or -1)
    command: list[str | Path] = [
        postgres.bin / "initdb",
        "--pgdata",
        draft,
        "--username",
        USER,
        "--pwfile",
        secret,
    ]
    command += ["--auth", "scram-sha-256", "--encoding", "UTF8", "--no-instructions", "--no-sync"]
    # PostgreSQL's own collation sorts alike on every system; before 17 the system's must do.
    command += (
        ["--locale-provider=builtin", "--locale=C.UTF-8"] if postgres.major >= 17 else ["--locale=C.UTF-8"]
    )
    made = subprocess.run(command, check=False, capture_output=True, text=True, **options(folders))
    if made.returncode:
        raise CannotStart(
            f"{made.stdout}{made.stderr}\nPostgreSQL could not make its data folder in {folders.home}."
        )
    draft.rename(folders.cluster)


def start(postgres: Postgres, folders: Folders, *, durable: bool) -> "subprocess.Popen[bytes]":
    command: list[str | Path] = [postgres.bin / "postgres", "-D", folders.cluster]
    settings = [
        "listen_addresses=",
        f"port={PORT}",
        "unix_socket_directories=" + '"' + str(folders.sockets).replace('"', '""') + '"',
        "unix_socket_permissions=0700",
        f"max_connections={CONNECTIONS}",
        "log_min_messages=warning",
        *(() if durable else NOT_DURABLE),
    ]
    for setting in settings:
        command += ["-c", setting]
    with open(folders.log("postgres"), "ab") as log:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **options(folders))


def answers(folders: Folders) -> bool:
    try:
        psycopg.connect(url(folders, "postgres"), connect_timeout=5).close()
    except (psycopg.OperationalError, OSError):
        return False
    return True


def make_database(folders: Folders) -> None:
    with psycopg.connect(url(folders, "postgres"), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not found:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def stop_lost(postgres: Postgres, folders: Folders) -> bool:
    """Stop a server of this cluster that outlived its keeper. True when there was one.

    `postmaster.pid` may name a process that is long gone, and its number may be another program's by now, which
    must be left alone, so the process itself is asked whether it is this cluster's server.
    """
    file = folders.cluster / "postmaster.pid"
    if not file.exists():
        return False
    first = file.read_text().split("\n", 1)[0].strip()
    pid = int(first) if first.isdigit() else 0
    if not pid or not alive(pid):
        return False
    if not serves(pid, folders.cluster):
        file.unlink()
        return False
    command: list[str | Path] = [
        postgres.bin / "pg_ctl",
        "stop",
        "-D",
        folders.cluster,
        "-m",
        "fast",
        "-w",
        "-t",
        "60",
    ]
    subprocess.run(command, check=False, capture_output=True, **options(folders))
    return True


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def serves(pid: int, cluster: Path) -> bool:
    """Is this process the server of this cluster? A server's working folder is its cluster."""
    link = Path(f"/proc/{pid}/cwd")
    if link.parent.exists():
        try:
            return link.resolve() == cluster.resolve()
        except OSError:
            return False
    shown = subprocess.run(
        ["ps", "-p", str(pid), "-o", "command="], check=False, capture_output=True, text=True
    )
    return str(cluster) in shown.stdout


def options(folders: Folders) -> dict[str, Any]:
    """A known folder and language for the server, and its user. Root's own folder may be closed to that user."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))
    }
    return {"cwd": folders.home, "env": environment | {"LC_ALL": "C"}, **folders.runner.popen}
