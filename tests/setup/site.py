"""A copy of the project that is set up and served the way people do it: `git clone`, `make run`, Ctrl-C."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from engage.local.child import free_port
from engage.local.folders import ROOT

READY = "Engage is ready at "
READY_SECONDS = 600
STOP_SECONDS = 60
MARK = "ENGAGE_SETUP_TEST"


@dataclass
class User:
    """Who runs the copy: root, or `nobody` when `uid` is given."""

    uid: int | None = None
    gid: int | None = None

    @property
    def popen(self) -> dict:
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}


def as_from_a_terminal() -> None:
    """A shell starts its background jobs deaf to Ctrl-C, and the tests may run in one; a terminal never is."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass
class Site:
    """One `make run` in one clone, with its own data folder and port."""

    clone: Path
    data: Path
    environ: dict[str, str]
    user: User = field(default_factory=User)
    process: "subprocess.Popen[bytes] | None" = None
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self) -> None:
        self.port = free_port()
        self.log_file = self.clone.parent / f"log-{self.mark}.txt"

    def start(self) -> None:
        if self.process:
            self.process.wait(STOP_SECONDS)
        environ = self.environ | {"ENGAGE_DATA": str(self.data), "PORT": str(self.port), MARK: self.mark}
        with open(self.log_file, "wb") as log:
            self.process = subprocess.Popen(
                ["make", "run"],
                cwd=self.clone,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=as_from_a_terminal,
                **self.user.popen,
            )

    def await_ready(self) -> None:
        assert self.process
        until = time.monotonic() + READY_SECONDS
        while READY not in self.log():
            assert self.process.poll() is None, f"make run ended:\n{self.log()}"
            assert time.monotonic() < until, f"make run does not get there:\n{self.log()}"
            time.sleep(0.2)

    def log(self) -> str:
        return self.log_file.read_text(errors="replace")

    def status(self, path: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.status

    def interrupt(self) -> None:
        """Ctrl-C in a terminal: SIGINT to the whole foreground group."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(STOP_SECONDS)

    def kill(self, *pids: int) -> None:
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if self.process and self.process.pid in pids:
            self.process.wait(STOP_SECONDS)

    def processes(self, containing: str = "") -> set[int]:
        """The living processes of this site: told by a mark in their environment, or by where they work.

        PostgreSQL's helpers write their title over their environment, and all of them work in the cluster's folder.
        """
        homes = [str(self.data), *self.elsewhere()]
        found = set()
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and is_living(folder):
                command, environ, cwd = (read(folder, what) for what in ("cmdline", "environ", "cwd"))
                if (
                    self.mark in environ or any(cwd.startswith(home) for home in homes)
                ) and containing in command:
                    found.add(int(folder.name))
        return found

    def elsewhere(self) -> list[str]:
        pointer = self.data / "services.path"
        return [pointer.read_text().strip()] if pointer.exists() else []

    def await_no_process(self) -> None:
        until = time.monotonic() + STOP_SECONDS
        while left := self.processes():
            assert time.monotonic() < until, (
                f"left behind: {[read(Path(f'/proc/{pid}'), 'cmdline') for pid in left]}"
            )
            time.sleep(0.2)
        if self.process:
            self.process.wait(STOP_SECONDS)

    def manage(self, code: str) -> str:
        """Run Python in the site's own shell, with its servers started for that (or joined)."""
        command = [".venv/bin/python", "-m", "engage.local", "with", "--"]
        command += [".venv/bin/python", "manage.py", "shell", "--verbosity", "0", "-c", code]
        environ = self.environ | {"ENGAGE_DATA": str(self.data), MARK: self.mark}
        done = subprocess.run(
            command,
            cwd=self.clone,
            env=environ,
            check=False,
            capture_output=True,
            text=True,
            **self.user.popen,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def remove(self) -> None:
        self.kill(*self.processes())
        self.await_no_process()
        for home in self.elsewhere():
            shutil.rmtree(home, ignore_errors=True)


def is_living(folder: Path) -> bool:
    """Not a zombie: one is already gone, and waits only for its parent to take note."""
    try:
        return folder.joinpath("stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def read(folder: Path, what: str) -> str:
    path = folder / what
    try:
        return (
            os.readlink(path)
            if what == "cwd"
            else path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        )
    except OSError:
        return ""


def clone_to(folder: Path) -> Path:
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, folder], check=True)
    return folder


def clean_environ(**more: str) -> dict[str, str]:
    """What a new terminal has, and nothing this test run has set for itself."""
    kept = ("PATH", "HOME", "LANG", "SSL_CERT_FILE", "PYENV_ROOT", "TMPDIR")
    return {key: os.environ[key] for key in kept if key in os.environ} | more


def base_python() -> Path:
    return Path(getattr(sys, "_base_executable", sys.executable)).resolve()
