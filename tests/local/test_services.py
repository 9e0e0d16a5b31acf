"""The servers live exactly as long as somebody uses them."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
import redis

from engage.local import postgres
from engage.local.folders import ROOT, CannotStart
from engage.local.services import STILL_NEEDED, is_kept, running

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def no_servers_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)


def local(*arguments: str, data: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    given = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    return subprocess.run(
        [sys.executable, "-m", "engage.local", *arguments], cwd=ROOT, check=False, capture_output=True, text=True,
        env=given | {"ENGAGE_DATA": str(data)} | more, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_both_answer_inside_the_block_and_are_gone_after_it(open_folder: Path) -> None:
    with running(open_folder, durable=False, say=print) as services:
        with psycopg.connect(services.database_url) as connection:
            assert connection.execute("SELECT current_database()").fetchone() == ("engage",)
        assert redis.Redis.from_url(services.redis_url).ping()
        assert is_kept(open_folder)

    assert not is_kept(open_folder)
    assert services.folders
    assert not (services.folders.cluster / "postmaster.pid").exists()
    assert not services.folders.valkey_socket.exists()


def test_a_second_user_joins_and_the_last_one_to_leave_ends_them(open_folder: Path) -> None:
    first_leaves, first_left = threading.Event(), threading.Event()

    def first() -> None:
        with running(open_folder, durable=False, say=print):
            started.set()
            first_leaves.wait(60)
        first_left.set()

    started = threading.Event()
    thread = threading.Thread(target=first)
    thread.start()
    assert started.wait(60)
    with running(open_folder, durable=False, say=print) as services:
        first_leaves.set()
        assert first_left.wait(60)
        with psycopg.connect(services.database_url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    thread.join()

    for keeper in STILL_NEEDED:
        assert keeper.wait(60) == 0
    assert not is_kept(open_folder)


def test_given_addresses_are_used_and_nothing_is_started(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/engage")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")

    with running(open_folder, durable=True, say=print) as services:
        assert (services.database_url, services.redis_url) == (
            "postgresql://elsewhere/engage",
            "redis://elsewhere",
        )

    assert list(open_folder.iterdir()) == []


def test_a_process_that_has_the_old_servers_number_is_left_alone(open_folder: Path) -> None:
    """After a crash `postmaster.pid` may name any program; here it names this very test."""
    with running(open_folder, durable=False, say=print) as services:
        folders = services.folders
    assert folders
    (folders.cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{folders.cluster}\n")

    with (
        running(open_folder, durable=False, say=print) as services,
        psycopg.connect(services.database_url) as connection,
    ):
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_cluster_of_another_version_is_refused_in_words(open_folder: Path) -> None:
    with running(open_folder, durable=False, say=print) as services:
        folders = services.folders
    assert folders
    (folders.cluster / "PG_VERSION").write_text("9\n")

    with pytest.raises(CannotStart, match="PostgreSQL 9"), running(open_folder, durable=False, say=print):
        pytest.fail("it started")


def test_a_half_made_cluster_is_made_again(open_folder: Path) -> None:
    with running(open_folder, durable=False, say=print) as services:
        folders = services.folders
    assert folders
    folders.cluster.rename(folders.home / "postgres.draft")

    with running(open_folder, durable=False, say=print) as services:
        assert postgres.answers(folders)


def test_with_passes_the_commands_exit_code_and_output_through(open_folder: Path) -> None:
    done = local("with", "--", "sh", "-c", 'echo "$ENGAGE_DATA"; exit 7', data=open_folder)

    assert done.returncode == 7
    assert done.stdout == f"{open_folder}\n"


def test_with_an_unknown_command_says_so(open_folder: Path) -> None:
    done = local("with", "--", "no-such-command", data=open_folder)

    assert done.returncode == 127
    assert "no-such-command" in done.stderr


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_refused_before_anything_starts(open_folder: Path, port: str) -> None:
    done = local("run", data=open_folder, PORT=port)

    assert done.returncode == 1
    assert f"PORT is '{port}'" in done.stderr
    assert list(open_folder.iterdir()) == []


def test_erase_is_refused_while_somebody_uses_the_servers(open_folder: Path) -> None:
    with running(open_folder, durable=False, say=print):
        done = local("erase", data=open_folder)

    assert done.returncode == 1
    assert "stop them first" in done.stderr
    assert (open_folder / "users.lock").exists()
