"""A grant becomes a line of a spreadsheet and the same grant again, whatever its words hold."""

import csv
import io
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from engage.kit.twins import text_of
from engage.opendata.files import written
from engage.opendata.rules.exact import json_text, read_json
from engage.opendata.rules.flat import flatten, headings, unflatten
from engage.opendata.rules.giving import as_grant
from tests.opendata.rules.made import IMPRINT, award, movement, recipient

# What PostgreSQL keeps as text: anything but NUL and halves of characters.
WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=40)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))
MOVEMENTS = st.lists(
    st.builds(
        movement,
        st.sampled_from(["commit", "release", "pay", "refund"]),
        st.integers(1, 10**13),
        number=st.integers(2, 99),
        on=DAYS,
    ),
    max_size=5,
)
AWARDS = st.builds(
    lambda moves, **changed: award(*moves, **changed),
    moves=MOVEMENTS,
    title=WORDS,
    purpose=WORDS,
    theme=st.one_of(st.just(""), WORDS),
    place_code=st.sampled_from(["", "E58000123", "W05000001", "X1"]),
    decided_on=DAYS,
    recipient=st.builds(
        recipient, name=WORDS, charity_number=st.sampled_from(["", "1110767"]), website=st.just("")
    ),
)


@given(AWARDS)
def test_csv_read_back_gives_the_same_json(made):
    grant = as_grant(made, IMPRINT)
    counts = [len(grant.get(kind, [])) for kind in ("commitmentTransaction", "disbursementTransaction")]
    names = headings(counts[0] + 1, counts[1] + 2)  # other grants of the file may have more
    file = io.StringIO(newline="")
    csv.writer(file).writerows([names, [written(value) for value in flatten(grant, names)]])
    file.seek(0)
    (row,) = csv.DictReader(file, strict=True)
    back = unflatten({name: text_of(written) for name, written in row.items()})
    assert back == grant
    assert read_json(json_text(back)) == read_json(json_text(grant)) == grant


def test_columns_of_others_are_ignored():
    assert unflatten({"Title": "A", "Their own": "B", "Amount Awarded": ""}) == {"title": "A"}


def test_an_amount_below_nought_is_a_number_and_no_formula():
    grant = as_grant(award(movement("release", 40_10)), IMPRINT)
    cells = [written(value) for value in flatten(grant, ["commitmentTransaction/1/value", "Title"])]
    assert cells == ["-40.1", "Lights at the skate park"]
