"""`manage.py import_addresses`: all of a file or nothing, twice the same, and an exact report."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from engage.audit.models import Record, Source
from engage.places.actions import save_place
from engage.places.models import Address
from tests.places.shapes import square

pytestmark = pytest.mark.django_db

COLUMNS = [
    "--text-column=Street",
    "--postcode-column=Postcode",
    "--latitude-column=Lat",
    "--longitude-column=Lon",
]
HEADINGS = "Street,Postcode,Lat,Lon\n"


@pytest.fixture(autouse=True)
def wards() -> None:
    save_place(by=None, kind="council", name="Anyshire")
    save_place(by=None, kind="ward", name="Mill", boundary=square())
    save_place(by=None, kind="ward", name="Dale", boundary=square(1))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "streets.csv"
    path.write_text(
        HEADINGS
        + "Elm Road,QX1 2AB,53.35,-2.45\nAsh Lane,QX1 2AD,53.35,-2.35\nFar Street,QX9 9ZZ,51.5,-0.1\n"
    )
    return path


def run(file: Path, capsys, *options: str) -> list[str]:
    call_command("import_addresses", str(file), *COLUMNS, *options)
    return capsys.readouterr().out.splitlines()


def test_each_address_belongs_to_the_place_it_lies_in(file: Path, capsys) -> None:
    said = run(file, capsys, "--source=Streets 2026")
    assert dict(Address.objects.values_list("text", "place__name")) == {
        "Elm Road": "Mill",
        "Ash Lane": "Dale",
    }
    assert str(Address.objects.get(text="Elm Road")) == "Elm Road, QX1 2AB"
    assert Address.objects.filter(source__name="Streets 2026").count() == 2
    assert said == ["Addresses: 2 added, 0 changed, 0 unchanged.", "Outside the council, left out: 1."]
    assert Record.objects.get(event="ADDRESSES_IMPORTED").data == {"added": 2, "changed": 0}


def test_the_same_file_twice_changes_nothing(file: Path, capsys) -> None:
    run(file, capsys, "--source=Streets 2026")
    before = list(Address.objects.values()), Record.objects.count()
    assert "Addresses: 0 added, 0 changed, 2 unchanged." in run(file, capsys)
    assert (list(Address.objects.values()), Record.objects.count()) == before


def test_an_address_that_moved_belongs_to_another_place(file: Path, capsys) -> None:
    run(file, capsys)
    file.write_text(HEADINGS + "Elm Road,QX1 2AB,53.35,-2.35\n")
    assert run(file, capsys) == [
        "Addresses: 0 added, 1 changed, 0 unchanged.",
        "  changed: Elm Road, QX1 2AB",
        "Not in the file, left as they are: 1.",
    ]
    assert Address.objects.get(text="Elm Road").place.name == "Dale"


def test_one_bad_row_keeps_the_whole_file_out(file: Path, capsys) -> None:
    file.write_text(file.read_text() + "Oak Road,QX1,53.35,-2.45\n")
    with pytest.raises(CommandError, match="Nothing was imported") as error:
        run(file, capsys)
    assert "Line 5, column “Postcode”: expected a postcode" in str(error.value)
    assert not Address.objects.exists()


def test_a_dry_run_writes_nothing(file: Path, capsys) -> None:
    assert "nothing was written" in run(file, capsys, "--dry-run", "--source=Streets 2026")[-1]
    assert not Address.objects.exists()
    assert not Source.objects.exists()


def test_a_file_that_lies_wholly_elsewhere_is_refused(file: Path, capsys) -> None:
    file.write_text(HEADINGS + "Far Street,QX9 9ZZ,51.5,-0.1\n")
    with pytest.raises(CommandError, match=r"None of these addresses lies .* Import the boundaries first"):
        run(file, capsys)


@pytest.mark.slow
def test_many_rows_take_few_statements(tmp_path: Path, capsys, django_assert_max_num_queries) -> None:
    rows = "".join(f"{number} Elm Road,QX1 2AB,53.35,-2.45\n" for number in range(3_000))
    (tmp_path / "many.csv").write_text(HEADINGS + rows)
    with django_assert_max_num_queries(12):
        assert "Addresses: 3,000 added" in run(tmp_path / "many.csv", capsys)[0]
