"""The same command for an ordinary user, twice side by side, and where something is missing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.setup.site import Site, User, clean_environ, clone_to

pytestmark = [pytest.mark.setup, pytest.mark.xdist_group("setup")]


@pytest.mark.slow
def test_an_ordinary_user_with_two_copies_started_at_once(
    yard: Path, environ: dict[str, str], nobody: User, python_for_everybody: dict[str, str], sites: list[Site]
) -> None:
    """One clone without an environment, two data folders, two ports: the set-ups wait for each other."""
    home = yard / "nobody's things"
    clone = clone_to(home / "engage")
    for path in (home, *home.rglob("*")):
        os.chown(path, nobody.uid or 0, nobody.gid or 0, follow_symlinks=False)
    theirs = environ | python_for_everybody | {"HOME": str(home), "DEMO": "0"}
    pair = [Site(clone, home / name, theirs, nobody) for name in ("one", "two")]
    sites.extend(pair)

    for site in pair:
        site.start()
    for site in pair:
        site.await_ready()

    assert [site.status("/") for site in pair] == [200, 200]
    assert all(Path(f"/proc/{pid}").stat().st_uid == nobody.uid for site in pair for pid in site.processes())
    for site in pair:
        site.interrupt()
        site.await_no_process()


def test_without_a_python_it_says_in_one_sentence_how_to_get_one(closed_home: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bin"
    bare.mkdir()
    for name in ("sh", "dirname"):
        (bare / name).symlink_to(shutil.which(name) or name)
    (bare / "python3").write_text("#!/bin/sh\nexit 1\n")
    (bare / "python3").chmod(0o755)
    copy = tmp_path / "clone" / "engage" / "local"
    shutil.copytree(closed_home / "engage" / "local", copy)

    done = subprocess.run(
        [bare / "sh", copy / "bootstrap.sh", "runtime"], check=False, capture_output=True, text=True,
        env={"PATH": str(bare), "HOME": str(tmp_path)},
    )  # fmt: skip

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "Python 3.12" in done.stderr


def test_when_packages_cannot_be_had_it_fails_and_says_why(yard: Path, environ: dict[str, str]) -> None:
    clone = clone_to(yard / "no packages")
    empty = yard / "no wheels"
    empty.mkdir()

    done = subprocess.run(
        ["make", "run"], cwd=clone, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL,
        env=clean_environ(**{**environ, "PIP_FIND_LINKS": empty.as_uri()}),
    )  # fmt: skip

    assert done.returncode != 0
    assert "could not be installed" in done.stderr
    assert not (clone / ".venv" / "engage.json").exists()
