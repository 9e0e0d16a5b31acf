"""Valkey (or Redis) as a child process: the cache, the channels between open screens, and rate limits."""

import subprocess
from pathlib import Path
from urllib.parse import quote

import redis

from engage.local.folders import Folders

# Every test process has a database of its own; see pytest_plugin.
DATABASES = 256


def url(folders: Folders, database: int = 0) -> str:
    return f"unix://{quote(str(folders.valkey_socket))}?db={database}"


def start(program: Path, folders: Folders, *, durable: bool) -> "subprocess.Popen[bytes]":
    command: list[str | Path] = [program, "--port", "0", "--dir", folders.cache, "--daemonize", "no"]
    command += [
        "--unixsocket",
        folders.valkey_socket,
        "--unixsocketperm",
        "700",
        "--databases",
        str(DATABASES),
    ]
    # With a save rule a stop writes the data out, so that people stay signed in over a restart.
    command += ["--appendonly", "no", "--save", "300 1" if durable else ""]
    with open(folders.log("valkey"), "ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folders.home,
            **folders.runner.popen,
        )


def answers(folders: Folders) -> bool:
    try:
        return bool(client(folders).ping())
    except redis.RedisError:
        return False


def stop_lost(folders: Folders) -> bool:
    """Stop a server of this folder that outlived its keeper. True when there was one."""
    if not folders.valkey_socket.exists() or not answers(folders):
        return False
    client(folders).shutdown()
    return True


def client(folders: Folders) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(folders.valkey_socket), socket_timeout=10)
