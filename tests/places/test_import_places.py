"""`manage.py import_places`: all of a file or nothing, twice the same, and sentences for what is wrong."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from engage.audit.models import Record, Source
from engage.places.models import Boundary, Place
from tests.places.shapes import geojson_file, square

pytestmark = pytest.mark.django_db

MILL, DALE = {"name": "Mill", "code": "E05000001"}, {"name": "Dale", "code": "E05000002"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return geojson_file(tmp_path / "wards.geojson", (MILL, square()), (DALE, square(1)))


def run(file: Path, capsys, *options: str) -> str:
    call_command("import_places", str(file), "--kind=ward", "--code-property=code", *options)
    return capsys.readouterr().out


def test_places_go_under_a_new_council(file: Path, capsys):
    said = run(file, capsys, "--council=Anyshire", "--code=E10000099", "--source=Wards 2026")
    council = Place.objects.get(kind="council")
    assert (council.name, council.gss_code) == ("Anyshire", "E10000099")
    assert {place.name: place.parent for place in Place.objects.filter(kind="ward")} == {
        "Mill": council,
        "Dale": council,
    }
    assert Boundary.objects.filter(source__name="Wards 2026").count() == 2
    assert said.splitlines() == [
        "Council: 1 added, 0 changed, 0 unchanged.",
        "Ward: 2 added, 0 changed, 0 unchanged.",
    ]


def test_the_same_file_twice_changes_nothing(file: Path, capsys):
    run(file, capsys, "--council=Anyshire", "--source=Wards 2026")
    before = list(Boundary.objects.order_by("pk").values()), Record.objects.count()
    said = run(file, capsys, "--council=Anyshire", "--source=Wards 2026")
    assert "Ward: 0 added, 0 changed, 2 unchanged." in said
    assert (list(Boundary.objects.order_by("pk").values()), Record.objects.count()) == before


def test_a_new_name_and_a_new_boundary_are_changes(file: Path, tmp_path: Path, capsys):
    run(file, capsys)
    geojson_file(tmp_path / "new.geojson", (MILL | {"name": "Mill Hill"}, square()), (DALE, square(2)))
    said = run(tmp_path / "new.geojson", capsys)
    assert "Ward: 0 added, 2 changed, 0 unchanged." in said
    assert "  changed: Mill Hill" in said
    assert set(Place.objects.values_list("name", flat=True)) == {"Mill Hill", "Dale"}


def test_a_dry_run_says_the_same_and_writes_nothing(file: Path, capsys):
    said = run(file, capsys, "--dry-run", "--council=Anyshire", "--source=Wards 2026")
    assert "Ward: 2 added" in said
    assert "nothing was written" in said
    assert not Place.objects.exists()
    assert not Source.objects.exists()


def test_one_bad_boundary_keeps_the_whole_file_out(tmp_path: Path, capsys):
    bow_tie = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    file = geojson_file(
        tmp_path / "wards.geojson", (MILL, square()), (DALE, bow_tie), ({"name": "Fell"}, None)
    )
    with pytest.raises(CommandError, match="Nothing was imported") as error:
        run(file, capsys)
    assert "Feature 3" in str(error.value)
    file = geojson_file(tmp_path / "wards.geojson", (MILL, square()), (DALE, bow_tie))
    with pytest.raises(CommandError, match=r"Feature 2 \(Dale\): The boundary crosses or touches itself"):
        run(file, capsys)
    assert not Place.objects.exists()


def test_a_place_not_in_the_file_is_left_and_named(file: Path, tmp_path: Path, capsys):
    run(file, capsys)
    geojson_file(tmp_path / "one.geojson", (MILL, square()))
    assert "Not in the file, left as it is: Dale (E05000002)" in run(tmp_path / "one.geojson", capsys)
    assert Place.objects.filter(name="Dale").exists()


def test_without_codes_a_place_is_known_by_its_name(tmp_path: Path, capsys):
    file = geojson_file(tmp_path / "areas.geojson", ({"area": "North"}, square()))
    for _ in range(2):
        call_command("import_places", str(file), "--kind=locality", "--name-property=area")
    assert Place.objects.count() == 1
    assert "1 unchanged" in capsys.readouterr().out


def test_a_place_entered_without_a_code_gets_the_files_code(file: Path, tmp_path: Path, capsys):
    bare = geojson_file(tmp_path / "bare.geojson", ({"name": "Mill"}, square()))
    call_command("import_places", str(bare), "--kind=ward")
    run(file, capsys)
    assert Place.objects.get(name="Mill").gss_code == "E05000001"


def test_a_new_code_is_a_new_place_even_with_the_same_name(file: Path, tmp_path: Path, capsys):
    run(file, capsys)
    geojson_file(tmp_path / "new.geojson", (MILL | {"code": "E05099999"}, square()))
    assert "1 added" in run(tmp_path / "new.geojson", capsys)
    assert Place.objects.filter(name="Mill").count() == 2


def test_a_code_of_another_kind_of_place_is_refused(file: Path, capsys):
    call_command("import_places", str(file), "--kind=parish", "--code-property=code")
    with pytest.raises(CommandError, match="the code E05000001 belongs to Mill already, which is a parish"):
        run(file, capsys)


def test_parents_by_property_and_by_option(file: Path, tmp_path: Path, capsys):
    run(file, capsys, "--council=Anyshire")
    parishes = geojson_file(
        tmp_path / "parishes.geojson", ({"name": "Mill Green", "ward": "E05000001"}, square(size=0.05))
    )
    call_command("import_places", str(parishes), "--kind=parish", "--parent-property=ward")
    assert Place.objects.get(name="Mill Green").parent.name == "Mill"
    others = geojson_file(tmp_path / "others.geojson", ({"name": "Dale Green"}, square(1, size=0.05)))
    call_command("import_places", str(others), "--kind=parish", "--parent=dale")
    assert Place.objects.get(name="Dale Green").parent.name == "Dale"


def test_an_unknown_parent_is_a_sentence(file: Path, tmp_path: Path, capsys):
    with pytest.raises(CommandError, match="No place has the code or slug “nowhere”"):
        run(file, capsys, "--parent=nowhere")
    lost = geojson_file(tmp_path / "lost.geojson", (MILL | {"in": "E10000001"}, square()))
    with pytest.raises(CommandError, match="Import the parents first"):
        run(lost, capsys, "--parent-property=in")


def test_a_second_council_is_refused(file: Path, capsys):
    run(file, capsys, "--council=Anyshire", "--code=E10000099")
    with pytest.raises(CommandError, match="There is already a council: Anyshire"):
        run(file, capsys, "--council=Othershire", "--code=E10000098")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00", "not a plain text file in UTF-8"),
        ('{"type": "Ort", "name": "M\u00fchle"}'.encode("latin-1"), "not in UTF-8: line 1"),
        (b"Ward,Electors", "this is not JSON"),
        (json.dumps({"type": "Topology"}).encode(), "not “Topology”"),
    ],
)
def test_a_wrong_file_is_a_sentence(tmp_path: Path, capsys, content: bytes, sentence: str):
    (tmp_path / "bad.geojson").write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        run(tmp_path / "bad.geojson", capsys)


def test_a_byte_order_mark_does_no_harm(file: Path, capsys):
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert "2 added" in run(file, capsys)
