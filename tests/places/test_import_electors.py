"""`manage.py import_electors`: by code, by name only when asked, and a report of everything left over."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from engage.places.actions import save_place
from engage.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wards() -> None:
    for name, code in (("Mill", "E05000001"), ("Dale", "E05000002"), ("Fell", "E05000003")):
        save_place(by=None, kind="ward", name=name, gss_code=code)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Mill by its code; Dale under an older code; a ward that no longer is."""
    path = tmp_path / "electors.csv"
    path.write_text(
        "Ward code,Ward name,Electors\nE05000001,Mill,8204\nE04000002,Dale,7001\nE04000009,Holm,1\n"
    )
    return path


def run(file: Path, capsys, *options: str) -> str:
    call_command("import_electors", str(file), "--counted-on=2020-12-01", "--source=Register 2020", *options)
    return capsys.readouterr().out


def electors() -> dict[str, int | None]:
    return dict(Place.objects.values_list("name", "electors"))


def test_only_codes_match_and_the_rest_is_reported(file: Path, capsys):
    said = run(file, capsys)
    assert electors() == {"Mill": 8204, "Dale": None, "Fell": None}
    mill = Place.objects.select_related("counted_source").get(name="Mill")
    assert (mill.counted_on, mill.counted_source.name) == (date(2020, 12, 1), "Register 2020")
    assert said.splitlines() == [
        "Electors: 1 added, 0 changed, 0 unchanged.",
        "Line 3 not used: no place has the code E04000002 (Dale); a place of that name has the code E05000002",
        "Line 4 not used: no place has the code E04000009 (Holm)",
        "1 of these rows have the exact name of a place. Their codes differ, so their borders may differ too."
        " To use them all the same, run this again with --match-names.",
        "Without a number of electors: Dale (E05000002)",
        "Without a number of electors: Fell (E05000003)",
    ]


def test_names_match_when_asked(file: Path, capsys):
    said = run(file, capsys, "--match-names")
    assert electors() == {"Mill": 8204, "Dale": 7001, "Fell": None}
    assert "Electors: 2 added" in said
    assert "--match-names" not in said


def test_the_same_file_twice_changes_nothing(file: Path, capsys):
    run(file, capsys)
    assert "0 added, 0 changed, 1 unchanged" in run(file, capsys)


def test_a_dry_run_writes_nothing(file: Path, capsys):
    assert "nothing was written" in run(file, capsys, "--dry-run")
    assert set(electors().values()) == {None}


def test_other_columns_and_other_kinds(tmp_path: Path, capsys):
    save_place(by=None, kind="parish", name="Mill Green", gss_code="E04000077")
    path = tmp_path / "parishes.csv"
    path.write_text("Parish,Voters,GSS\nMill Green,12,E04000077\n")
    run(
        path, capsys, "--kind=parish", "--code-column=GSS", "--name-column=Parish", "--electors-column=Voters"
    )
    assert electors()["Mill Green"] == 12


def test_one_bad_row_keeps_the_whole_file_out(file: Path, capsys):
    file.write_text(file.read_text() + "E05000003,Fell,many\n")
    with pytest.raises(CommandError, match="Line 5, column “Electors”: expected a whole number"):
        run(file, capsys)
    assert set(electors().values()) == {None}


def test_wrong_columns_are_a_sentence(file: Path, capsys):
    file.write_text("Code,Electors\nE05000001,8204\n")
    with pytest.raises(CommandError, match="the column “Ward code”, “Ward name” is missing"):
        run(file, capsys)


def test_the_date_must_be_a_date(file: Path):
    with pytest.raises(CommandError, match="expected a date like 2020-12-01, not “2020”"):
        call_command("import_electors", str(file), "--counted-on=2020")
