import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from engage.local.folders import ROOT, Runner, can
from tests.setup.site import Site, User, base_python, clean_environ, clone_to


@pytest.fixture(scope="session")
def yard() -> Iterator[Path]:
    """A folder that every user can walk through, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="engage-setup-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def wheels(yard: Path) -> Path:
    """Every package of the runtime lock, fetched once, so that the installs below are quick and need no network."""
    folder = yard / "wheels"
    lock = ROOT / "requirements" / "runtime.lock"
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "--no-input",
    ]
    subprocess.run(
        [*command, "--disable-pip-version-check", "--dest", folder, "-r", lock],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="session")
def environ(wheels: Path) -> dict[str, str]:
    return clean_environ(
        PYTHON=str(base_python()), PIP_CONFIG_FILE=os.devnull, PIP_NO_INDEX="1", PIP_FIND_LINKS=wheels.as_uri(),
        PIP_NO_COMPILE="1",
    )  # fmt: skip


@pytest.fixture(scope="session")
def nobody() -> User:
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    entry = pwd.getpwnam("nobody")
    return User(entry.pw_uid, entry.pw_gid)


@pytest.fixture(scope="session")
def python_for_everybody(yard: Path, nobody: User) -> dict[str, str]:
    """A Python that another user may run: ours, or a copy of it when it lives in a closed home folder."""
    ours = base_python()
    if can(Runner(nobody.uid, nobody.gid), ours, os.X_OK):
        return {"PYTHON": str(ours)}
    copy = yard / "python"
    shutil.copytree(
        ours.parents[1], copy, symlinks=True, ignore=shutil.ignore_patterns("__pycache__", "test", "*.a")
    )
    # Its shared library, if it has one, is looked for where it was built.
    return {"PYTHON": str(copy / "bin" / ours.name), "LD_LIBRARY_PATH": str(copy / "lib")}


@pytest.fixture(scope="module")
def sites() -> Iterator[list[Site]]:
    """Sites to take down at the end, however the tests end."""
    made: list[Site] = []
    yield made
    for site in made:
        site.remove()


@pytest.fixture(scope="session")
def closed_home(yard: Path) -> Path:
    """A clone below a home folder that only its owner may enter, on a path with a space."""
    home = yard / "home of a careful person"
    home.mkdir(mode=0o700)
    return clone_to(home / "engage site")
