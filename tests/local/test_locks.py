"""The lock files: exact, by hash, from wherever pip is told to look, and agreeing with each other."""

import re

import pytest

from engage.local.environment import requirements
from engage.local.folders import ROOT

FOLDER = ROOT / "requirements"
LOCKS = ["runtime", "dev"]


def pins(name: str) -> dict[str, str]:
    return {
        package: re.search(r"==([^ ;\\]+)", block)[1]
        for package, block in requirements(FOLDER / f"{name}.lock")
    }


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_to_a_version_and_its_hashes(name: str) -> None:
    for package, block in requirements(FOLDER / f"{name}.lock"):
        assert "==" in block, package
        assert "--hash=sha256:" in block, package


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    assert not re.search(r"https?:|file:|index-url|find-links|@ ", (FOLDER / f"{name}.lock").read_text())


def test_what_is_checked_is_what_runs() -> None:
    checked = pins("dev")

    assert {package: checked.get(package) for package in pins("runtime")} == pins("runtime")


@pytest.mark.parametrize("name", LOCKS)
def test_every_wish_is_in_its_lock(name: str) -> None:
    wishes = re.findall(r"^([a-z0-9][a-z0-9-]*)", (FOLDER / f"{name}.in").read_text(), re.MULTILINE)

    assert set(wishes) <= set(pins(name))
