"""Numbers of electors: read exactly, matched by code, by name only when asked, and never guessed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.kit.tables import BadFile
from engage.places.rules.electors_file import ElectorsRow, KnownPlace, match_electors, read_electors

COLUMNS = {"code_column": "Ward code", "name_column": "Ward name", "electors_column": "Electors"}
HEAD = "Ward code,Ward name,Electors\n"


def row(line: int, code: str, name: str, electors: int = 10) -> ElectorsRow:
    return ElectorsRow(line, code, name, electors)


def test_rows_come_in_order():
    rows = read_electors(HEAD + 'e05000819,Mill,"9,219"\nE05000820, Dale  End ,7715\n', **COLUMNS)
    assert rows == [row(2, "E05000819", "Mill", 9219), row(3, "E05000820", "Dale End", 7715)]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("Mill,Mill,12", "Line 2, column “Ward code”: expected a GSS code like E05015239, not “MILL”"),
        ("E05000819,Mill,", "Line 2, column “Electors”: this cell is empty"),
        ("E05000819,Mill,some", "expected a whole number like 8,204, not “some”"),
        (
            "E05000819,Mill,1\nE05000819,Dale,2",
            "Line 3, column “Ward code”: the same code is already on line 2",
        ),
    ],
)
def test_bad_rows_name_line_and_column(lines: str, sentence: str):
    with pytest.raises(BadFile, match=re.escape(sentence)):
        read_electors(HEAD + lines, **COLUMNS)


class TestMatching:
    places = (
        KnownPlace(1, "E05000001", "Mill"),
        KnownPlace(2, "E05000002", "Dale"),
        KnownPlace(3, "", "Fell"),
    )

    def test_by_code_whatever_the_name(self):
        matches = match_electors([row(2, "E05000002", "Dale End")], self.places, by_name=False)
        assert [place.id for _row, place in matches.found] == [2]
        assert [place.id for place in matches.without] == [1, 3]

    def test_an_older_code_matches_nothing_even_with_the_same_name(self):
        matches = match_electors([row(2, "E04999999", "Mill")], self.places, by_name=False)
        assert matches.found == []
        assert [left.line for left in matches.unmatched] == [2]

    def test_by_name_when_asked_without_regard_to_capitals(self):
        matches = match_electors(
            [row(2, "E04999999", "MILL"), row(3, "E04999998", "Mil")], self.places, by_name=True
        )
        assert [(found.line, place.id) for found, place in matches.found] == [(2, 1)]
        assert [left.line for left in matches.unmatched] == [3]

    def test_a_name_that_two_rows_share_decides_nothing(self):
        rows = [row(2, "E04999999", "Mill"), row(3, "E04999998", "mill")]
        assert match_electors(rows, self.places, by_name=True).found == []

    def test_a_place_matched_by_code_is_not_matched_by_name_too(self):
        rows = [row(2, "E05000001", "Old Mill", 1), row(3, "E04999999", "Mill", 2)]
        matches = match_electors(rows, self.places, by_name=True)
        assert [found.line for found, _place in matches.found] == [2]


CODES = st.integers(1, 12).map(lambda n: f"E{n:08d}")
NAMES = st.sampled_from(["Mill", "mill", "Dale", "Fell", "Holm", ""])


@given(
    st.lists(st.tuples(CODES, NAMES), max_size=10, unique_by=lambda pair: pair[0]),
    st.lists(st.tuples(CODES, NAMES), max_size=10, unique_by=lambda pair: pair[0]),
    st.booleans(),
)
def test_no_row_and_no_place_is_lost_or_used_twice(file, known, by_name):
    rows = [row(line, code, name) for line, (code, name) in enumerate(file, start=2)]
    places = [KnownPlace(number, code, name) for number, (code, name) in enumerate(known, start=1)]
    matches = match_electors(rows, places, by_name=by_name)
    used = [found for found, _place in matches.found]
    taken = [place for _row, place in matches.found]
    assert sorted([*used, *matches.unmatched], key=lambda each: each.line) == rows
    assert sorted([*taken, *matches.without], key=lambda each: each.id) == places
    by_code = {place.code for place in places}
    assert all(each.code in by_code or by_name for each in used)
    assert all(each in used for each in rows if each.code in by_code)
