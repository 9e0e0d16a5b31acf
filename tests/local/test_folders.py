"""Where the servers live: reachable by whoever runs them, on a socket path that is not too long, and never shared."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from engage.local.folders import CannotStart, Runner, can, claims, data_folder, erase, own, settle

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends its servers to another user")


def test_the_home_is_closed_to_others(open_folder: Path) -> None:
    folders = settle(open_folder, print)

    assert folders.home == open_folder / "services"
    assert stat.S_IMODE(folders.home.stat().st_mode) == 0o700
    assert stat.S_IMODE(folders.sockets.stat().st_mode) == 0o700
    assert can(folders.runner, folders.sockets, os.W_OK)


@root_only
def test_root_lends_the_home_to_an_ordinary_user_and_changes_nothing_above(open_folder: Path) -> None:
    before = open_folder.stat()
    folders = settle(open_folder, print)

    assert folders.home.stat().st_uid == folders.runner.uid != 0
    assert (open_folder.stat().st_mode, open_folder.stat().st_uid) == (before.st_mode, before.st_uid)


@root_only
def test_a_closed_parent_puts_the_home_elsewhere_and_the_data_folder_remembers(open_folder: Path) -> None:
    closed = open_folder / "closed"
    data = closed / "data"
    data.mkdir(parents=True)
    closed.chmod(0o700)
    said: list[str] = []

    folders = settle(data, said.append)
    again = settle(data, said.append)
    erase(data)

    assert not folders.home.is_relative_to(data)
    assert again.home == folders.home
    assert len(said) == 1
    assert str(folders.home) in said[0]
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert not folders.home.exists()


@root_only
def test_a_copy_of_a_data_folder_does_not_take_the_originals_database(open_folder: Path) -> None:
    closed = open_folder / "closed"
    data = closed / "data"
    data.mkdir(parents=True)
    closed.chmod(0o700)
    original = settle(data, lambda line: None)
    copy = Path(shutil.copytree(data, closed / "copy"))

    theirs = settle(copy, lambda line: None)

    assert theirs.home != original.home
    assert settle(data, lambda line: None).home == original.home
    erase(copy)
    erase(data)


def test_a_moved_data_folder_keeps_its_database(tmp_path: Path) -> None:
    home, old, new = tmp_path / "home", tmp_path / "old", tmp_path / "new"
    home.mkdir()
    new.mkdir()
    (home / "owner").write_text(str(old))

    assert claims(home, new)
    assert (home / "owner").read_text() == str(new)


def test_a_long_path_gets_a_short_socket_folder(open_folder: Path) -> None:
    data = open_folder / ("long " * 20).strip() / "data"
    data.mkdir(parents=True)

    folders = settle(data, print)

    assert len(os.fsencode(folders.sockets / ".s.PGSQL.5432.lock")) < 104
    assert settle(data, print).sockets == folders.sockets
    folders.sockets.rmdir()


def test_a_socket_folder_that_others_can_enter_is_refused(open_folder: Path) -> None:
    folders = settle(open_folder, print)
    folders.sockets.chmod(0o755)

    with pytest.raises(CannotStart, match="not ours alone"):
        settle(open_folder, print)


@root_only
def test_another_users_home_is_refused_in_words(open_folder: Path) -> None:
    home = open_folder / "services"
    home.mkdir(mode=0o700)
    os.chown(home, 12345, 12345)

    assert not can(Runner(65534, 65534), home, os.X_OK)
    with pytest.raises(CannotStart, match="set ENGAGE_DATA"):
        own(open_folder / "services" / "deeper", Runner(65534, 65534))


def test_a_data_folder_that_cannot_be_made_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ENGAGE_DATA", str(tmp_path / "file" / "data"))

    with pytest.raises(CannotStart, match="set ENGAGE_DATA"):
        data_folder()


def test_erase_deletes_what_was_made_and_nothing_else(tmp_path: Path) -> None:
    for name in ("services", "media", "holiday photos"):
        (tmp_path / name).mkdir()
    (tmp_path / "secret_key").write_text("x")

    erase(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["holiday photos"]
