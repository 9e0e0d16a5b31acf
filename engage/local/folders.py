"""Where the embedded servers live, and as whom they run.

Normally that is `ENGAGE_DATA/services`, as the user who runs the command. PostgreSQL refuses to run as root, so
root lends the folder to an ordinary user: the owner of ENGAGE_DATA, else `nobody`. When that user cannot reach
ENGAGE_DATA (a clone under a closed home folder), the servers live below /var/lib/engage instead and ENGAGE_DATA
remembers where. No permission of an existing folder is ever changed and no user is made.
"""

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# A Unix socket's path may have 103 bytes on macOS and 107 on Linux, and PostgreSQL adds its own file name.
LONGEST_SOCKET_FOLDER = 80
POINTER = "services.path"
OWNER = "owner"
SECRET_FILE = "secret_key"  # noqa: S105 — a file name
SIGN_INS_FILE = "sign-ins.txt"
MADE = ("services", "media", "mail", "static", "test")


class CannotStart(Exception):
    """The servers cannot run here; the message says why and what to do."""


@dataclass(frozen=True)
class Runner:
    """The user a server runs as; `None` means: as whoever we are."""

    uid: int | None
    gid: int | None

    @property
    def popen(self) -> dict[str, Any]:
        """The arguments that make `subprocess` run as this user."""
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True)
class Folders:
    """One set of servers: their home, the short folder of their sockets, and who runs them."""

    data: Path
    home: Path
    sockets: Path
    runner: Runner

    @property
    def cluster(self) -> Path:
        return self.home / "postgres"

    @property
    def cache(self) -> Path:
        return self.home / "valkey"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    def log(self, name: str) -> Path:
        return self.home / f"{name}.log"


def data_folder() -> Path:
    """ENGAGE_DATA, else `var` in the project; made when missing."""
    folder = Path(os.environ.get("ENGAGE_DATA", "").strip() or ROOT / "var").expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(
            f"Cannot make the data folder {folder} ({error.strerror}): set ENGAGE_DATA to a folder of your own."
        ) from None
    return folder.resolve()


def settle(data: Path, say: Callable[[str], None]) -> Folders:
    """Find or make the servers' home for this data folder, reachable by the user who will run them."""
    runner = choose_runner(data)
    home = data / "services"
    if runner.uid is None:
        own(home, runner)
    elif not try_own(home, runner):
        home = settle_elsewhere(data, runner, say)
    return Folders(data=data, home=home, sockets=socket_folder(home, runner), runner=runner)


def choose_runner(data: Path) -> Runner:
    if os.geteuid() != 0:
        if not is_named(os.geteuid()):
            raise CannotStart(
                f"PostgreSQL runs only as a user with a name, and number {os.geteuid()} has none on this system: run "
                "this as another user, or set DATABASE_URL and REDIS_URL to servers of your own."
            )
        return Runner(None, None)
    for folder in (data / "services", data):
        owner = folder.stat() if folder.exists() else None
        if owner and owner.st_uid != 0 and is_named(owner.st_uid):
            return Runner(owner.st_uid, owner.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return Runner(65534, 65534)
    return Runner(nobody.pw_uid, nobody.pw_gid)


def own(home: Path, runner: Runner) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if runner.uid is not None and home.stat().st_uid != runner.uid:
            os.chown(home, runner.uid, runner.gid or -1)
    except OSError as error:
        raise CannotStart(f"Cannot use {home} for the servers ({error.strerror}): set ENGAGE_DATA.") from None
    if not can(runner, home, os.R_OK | os.W_OK | os.X_OK):
        raise CannotStart(
            f"{home} belongs to another user, {user_name(home.stat().st_uid)}: run this as the user who made it, "
            "or set ENGAGE_DATA to a folder of your own."
        )


def try_own(home: Path, runner: Runner) -> bool:
    """Own a folder if its parents let the runner through; leave nothing behind if they do not."""
    existed = home.exists()
    try:
        own(home, runner)
    except CannotStart:
        if not existed and home.exists():
            home.rmdir()
        return False
    return True


def settle_elsewhere(data: Path, runner: Runner, say: Callable[[str], None]) -> Path:
    pointer = data / POINTER
    if pointer.exists():
        home = Path(pointer.read_text().strip())
        if home.is_dir() and claims(home, data):
            own(home, runner)
            return home
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    for parent in (Path("/var/lib/engage"), Path("/var/tmp/engage")):  # noqa: S108 — made below with a closed mode
        try:
            parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        except OSError:
            continue
        if parent.stat().st_uid == 0 and try_own(parent / name, runner):
            home = parent / name
            (home / OWNER).write_text(str(data))
            pointer.write_text(f"{home}\n")
            say(
                f"The database lives in {home}, because {user_name(runner.uid or 0)} runs it and cannot reach {data}."
            )
            return home
    raise CannotStart(
        f"PostgreSQL will not run as root, and {user_name(runner.uid or 0)} can reach neither {data} nor "
        "/var/lib/engage: run this as an ordinary user, or set DATABASE_URL and REDIS_URL to servers of your own."
    )


def claims(home: Path, data: Path) -> bool:
    """Is this home ours? A data folder that moved keeps its home; a copy of one must not take the original's."""
    owner = home / OWNER
    claimed = Path(owner.read_text()) if owner.exists() else data
    if claimed != data and (claimed / POINTER).exists():
        return False
    owner.write_text(str(data))
    return True


def socket_folder(home: Path, runner: Runner) -> Path:
    folder = home / "run"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        name = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"engage-{name}"
        if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
            folder = Path("/tmp") / f"engage-{name}"  # noqa: S108 — its owner and mode are checked below
    folder.mkdir(mode=0o700, exist_ok=True)
    expected = os.geteuid() if runner.uid is None else runner.uid
    found = folder.lstat()
    if found.st_uid == 0 != expected and stat.S_ISDIR(found.st_mode):
        os.chown(folder, expected, runner.gid or -1)
        found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != expected or stat.S_IMODE(found.st_mode) & 0o077:
        raise CannotStart(f"{folder} is not ours alone: remove it, or set ENGAGE_DATA to a shorter path.")
    return folder


def can(runner: Runner, path: Path, mode: int) -> bool:
    """Could this user do that with this path? Asked of the system itself, in a process that becomes that user."""
    if runner.uid is None:
        return os.access(path, mode)
    child = os.fork()
    if child == 0:
        answer = 1
        try:
            os.setgroups([])
            os.setgid(runner.gid or 0)
            os.setuid(runner.uid)
            answer = 0 if os.access(path, mode) else 1
        finally:
            os._exit(answer)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def is_named(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def user_name(uid: int) -> str:
    return f"user '{pwd.getpwuid(uid).pw_name}'" if is_named(uid) else f"user number {uid}"


def erase(data: Path) -> list[Path]:
    """Delete what the project made in this data folder and for it, nothing else. The servers must be stopped."""
    gone = [data / name for name in MADE if (data / name).is_dir()]
    pointer = data / POINTER
    if pointer.exists():
        home = Path(pointer.read_text().strip())
        if home.is_dir() and claims(home, data):
            gone.append(home)
    for folder in gone:
        shutil.rmtree(folder)
    for file in (pointer, data / SECRET_FILE, data / SIGN_INS_FILE):
        file.unlink(missing_ok=True)
    return gone
