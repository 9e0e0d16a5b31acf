"""A file that needs much scrolling holds more than one thing: then it becomes a folder."""

from engage.local.folders import ROOT

LONGEST = 600
FOLDERS = ["engage", "ideas", "budgets", "academy", "cms", "tests", "templates", "frontend/src"]
WRITTEN = {".py", ".js", ".scss", ".html"}
MADE_BY_TOOLS = {"migrations", "vendor", "engage/kit/static/engage"}


def test_no_file_is_longer_than_a_person_can_know():
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in WRITTEN]
    lengths = {path.relative_to(ROOT).as_posix(): path.read_text().count("\n") for path in paths}
    assert "tests/house/test_file_length.py" in lengths
    too_long = {path for path, length in lengths.items() if length > LONGEST}
    assert not {path for path in too_long if not any(f"{name}/" in path for name in MADE_BY_TOOLS)}
