"""The root reads like the product, and what is kept says what it is."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {
    "engage",
    "ideas",
    "budgets",
    "academy",
    "cms",
    "templates",
    "tests",
    "docs",
    "frontend",
    "requirements",
    ".ci",
}
FILES = {"manage.py", "pyproject.toml", "Makefile", ".gitignore", ".python-version"} | {
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
}
LISTS = {"pyproject.toml", "package.json", "package-lock.json", ".npmrc"}
# Written with brackets, so that this page does not find itself.
UNFINISHED = re.compile(r"\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b")
OF_A_DESK = re.compile(r"/hom[e]/[a-z]+/|/User[s]/|/roo[t]/")
# pip's and npm's lock files name a source only by one of these.
SOURCE = re.compile(r"://|^--(extra-)?index-url", re.MULTILINE)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git clone")
    return [Path(line) for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in tracked():
        try:
            found.append((path, (ROOT / path).read_text()))
        except UnicodeDecodeError:
            continue  # a picture or a font
    return found


def test_the_root_holds_what_the_architecture_says_and_nothing_else():
    names = {path.parts[0] for path in tracked()}
    assert {name for name in names if (ROOT / name).is_dir()} <= FOLDERS
    assert {name for name in names if (ROOT / name).is_file()} <= FILES


@pytest.mark.slow
def test_nothing_is_left_unfinished_in_our_code():
    for path, text in texts():
        if path.suffix in {".py", ".html", ".scss", ".toml", ".sh"} or path.name == "Makefile":
            assert not UNFINISHED.search(text), path


def test_nothing_tells_on_whose_machine_it_was_written():
    for path, text in texts():
        assert not OF_A_DESK.search(text), path


@pytest.mark.parametrize(
    "path",
    ["requirements/runtime.lock", "requirements/dev.lock", "requirements/runtime.in", "requirements/dev.in"],
)
def test_packages_come_from_wherever_the_operator_says(path):
    assert not SOURCE.search((ROOT / path).read_text())


def test_front_end_packages_come_from_wherever_the_builder_says():
    assert '"resolved"' not in (ROOT / "frontend/package-lock.json").read_text()


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_every_requirement_is_pinned_by_version_and_hash(name):
    text = (ROOT / "requirements" / f"{name}.lock").read_text()
    pins = re.split(r"\n(?=[A-Za-z])", text.strip())
    for pin in pins:
        first = pin.splitlines()[0]
        if first.startswith(("#", "-")):
            continue
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z0-9,_-]+\])?==[^ ]+", first), first
        assert "--hash=sha256:" in pin, first
    assert "://" not in text


def test_what_is_made_here_is_not_kept():
    ignored = (ROOT / ".gitignore").read_text().split()
    assert {"/var/", "/.venv/", "__pycache__/", "node_modules/"} <= set(ignored)
    assert not [path for path in tracked() if path.parts[0] in {"var", ".venv", "node_modules"}]
