"""What was built from others' packages is what the manifest says, with a licence for each."""

import hashlib
import json
import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "engage" / "kit" / "static" / "engage"
LOCK = Path(__file__).resolve().parents[2] / "frontend" / "package-lock.json"
MANIFEST = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
PERMISSIVE = {"MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Apache-2.0", "OFL-1.1"}


def test_every_built_file_is_listed_with_its_hash() -> None:
    built = {
        path.relative_to(STATIC).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in STATIC.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert {file["path"]: file["sha256"] for file in MANIFEST["files"]} == built


def test_every_package_is_of_the_locked_version_and_openly_licensed() -> None:
    locked = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    assert MANIFEST["packages"]
    for package in MANIFEST["packages"]:
        assert package["version"] == locked[f"node_modules/{package['name']}"]["version"]
        assert package["licence"] in PERMISSIVE
        assert (STATIC / package["licence_file"]).stat().st_size > 500


def test_the_lock_names_no_address() -> None:
    assert "://" not in "".join(
        line for line in LOCK.read_text(encoding="utf-8").splitlines() if '"resolved"' in line
    )


def test_own_sources_are_served_as_they_are() -> None:
    source = LOCK.parent / "src" / "engage.js"
    assert (STATIC / "engage.js").read_bytes() == source.read_bytes()


def test_styles_ask_nothing_of_other_sites() -> None:
    css = (STATIC / "engage.css").read_text(encoding="utf-8")
    fetched = re.findall(r"url\(([^)]*)\)", css)
    assert fetched
    assert not [address for address in fetched if not re.match(r'"?(fonts/|data:image/)', address)]
    assert "@import" not in css
