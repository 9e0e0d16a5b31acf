"""Files that people made: every problem has its line, its column and what was expected."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.kit.tables import BadFile, Problems, Tally, clip, day, read_table, read_text


def rows_of(text: str, *required: str):
    problems = Problems()
    return read_table(text, required=required, problems=problems), problems


class TestReadText:
    def test_a_byte_order_mark_is_left_out(self, tmp_path: Path):
        file = tmp_path / "a.csv"
        file.write_bytes("\ufeffName\nYsbyty Ŵyn\n".encode())
        assert read_text(file) == "Name\nYsbyty Ŵyn\n"

    def test_another_encoding_names_the_line(self, tmp_path: Path):
        file = tmp_path / "a.csv"
        file.write_bytes("Name\nMill\nCafé\n".encode("latin-1"))
        with pytest.raises(BadFile, match="not in UTF-8: line 3"):
            read_text(file)

    def test_a_spreadsheet_file_is_told_from_a_csv(self, tmp_path: Path):
        file = tmp_path / "a.csv"
        file.write_text("Name\nMill\n", encoding="utf-16")
        with pytest.raises(BadFile, match="CSV UTF-8"):
            read_text(file)

    def test_a_huge_file_is_refused_before_it_is_read(self, tmp_path: Path):
        file = tmp_path / "a.csv"
        with file.open("wb") as out:
            out.truncate(60 * 1024 * 1024)
        with pytest.raises(BadFile, match="larger than 50 MB"):
            read_text(file)

    @pytest.mark.parametrize("name", ["missing.csv", "."])
    def test_no_such_file_is_a_sentence(self, tmp_path: Path, name: str):
        with pytest.raises(BadFile, match="cannot be read"):
            read_text(tmp_path / name)


class TestReadTable:
    def test_headings_match_without_capitals_and_blanks(self):
        rows, _ = rows_of(" ward CODE ,Electors\nE05000001,12\n", "Ward code", "Electors")
        assert (rows[0].text("Ward code"), rows[0].whole("Electors")) == ("E05000001", 12)

    def test_a_missing_column_says_which_and_what_is_there(self):
        with pytest.raises(BadFile, match=r"Line 1: the column “Electors” is missing.*Ward, Voters"):
            rows_of("Ward,Voters\nMill,12\n", "Ward", "Electors")

    def test_a_column_twice_is_refused(self):
        with pytest.raises(BadFile, match="“Ward” is there twice"):
            rows_of("Ward,ward\na,b\n", "Ward")

    def test_an_empty_file_is_refused(self):
        with pytest.raises(BadFile, match="The file is empty"):
            rows_of("", "Ward")

    def test_an_open_quotation_mark_is_named(self):
        with pytest.raises(BadFile, match="quotation mark that is not closed"):
            rows_of('Ward\n"Mill\n', "Ward")

    def test_lines_are_counted_across_line_breaks_in_a_cell(self):
        rows, problems = rows_of('Ward,Electors\n"Mill\nHill",3\n\n,\nDale,many\n', "Ward", "Electors")
        assert [row.line for row in rows] == [3, 6]
        rows[1].whole("Electors")
        assert problems.found == ["Line 6, column “Electors”: expected a whole number like 8,204, not “many”"]

    def test_a_row_of_another_width_is_a_problem(self):
        _, problems = rows_of("Ward,Electors\nMill,3,4\n", "Ward", "Electors")
        assert problems.found == ["Line 2: expected 2 cells like the heading line, found 3"]

    def test_an_empty_cell_is_named_when_it_must_not_be(self):
        rows, problems = rows_of("Ward,Electors\n,3\n", "Ward", "Electors")
        rows[0].text("Ward", required=True)
        assert problems.found == ["Line 2, column “Ward”: this cell is empty and must not be"]

    @pytest.mark.parametrize("cell", ["-1", "1.5", "٣", "99999999999", "1e3"])
    def test_what_is_not_a_whole_number(self, cell: str):
        rows, problems = rows_of(f"Electors\n{cell}\n", "Electors")
        assert rows[0].whole("Electors") == 0
        assert problems.found

    @given(st.integers(0, 2_147_483_647))
    def test_every_count_is_read_with_and_without_commas(self, number: int):
        rows, problems = rows_of(f'A,B\n{number},"{number:,}"\n', "A", "B")
        assert (rows[0].whole("A"), rows[0].whole("B")) == (number, number)
        assert not problems.found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-10", date(2024, 5, 10)),
        ("2024-05-10T09:30:00Z", date(2024, 5, 10)),
        ("10/05/2024", None),
        ("2024-13-01", None),
        ("2024-05-10x", None),
        ("20240510", None),
        ("2024-W01-1", None),
        ("", None),
    ],
)
def test_day(text: str, expected: date | None):
    assert day(text) == expected


def test_a_bad_file_shows_twenty_problems_and_counts_the_rest():
    problems = Problems([f"Line {n}: wrong" for n in range(1, 31)])
    with pytest.raises(BadFile) as caught:
        problems.stop_if_any()
    assert str(caught.value).splitlines()[-1] == "… and 10 more like these."
    assert len(caught.value.problems) == 30


def test_a_tally_counts_names_and_notes():
    tally = Tally()
    tally.count("added", "Mill")
    tally.count("changed", "Dale")
    tally.notes.append("Look here.")
    assert tally.lines("Wards") == [
        "Wards: 1 added, 1 changed, 0 unchanged.",
        "  changed: Dale",
        "Look here.",
    ]


def test_clip_keeps_short_values_whole():
    assert clip("short") == "short"
    assert len(clip("x" * 99)) == 40
