"""The engine of data twins."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from engage.kit.twins import (
    Column,
    Pence,
    Table,
    Twin,
    as_csv,
    as_json,
    cell,
    page_of,
    query_without,
    text_of,
    twin_links,
    twin_refusal,
    twin_response,
)

COLUMNS = [Column("name", lambda row: row[0]), Column("amount", lambda row: Pence(row[1]))]


def twin(rows) -> Twin:
    return Twin(
        title="Things of ours",
        page="https://engage.example/things/",
        as_of=datetime(2026, 11, 21, 12, 0, tzinfo=UTC),
        totals={"amount": Pence(sum(row[1] for row in rows)), "things": len(rows)},
        tables=[
            Table("things", "thing", COLUMNS, rows),
            Table("hidden", "hidden", COLUMNS, rows, in_csv=False),
        ],
        filters={"year": "2026"},
        attribution=["Ours; theirs"],
    )


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_json_has_the_totals_first_and_money_both_ways():
    data = as_json(twin([("A", 1_50)]))
    assert list(data)[:3] == ["title", "totals", "as_of"]
    assert data["totals"] == {"amount": "1.50", "amount_pence": 150, "things": 1}
    assert data["things"] == [{"name": "A", "amount": "1.50", "amount_pence": 150}]
    assert json.loads(twin_response(twin([("A", 1_50)]), "json").content) == data


def test_csv_is_one_table_whose_first_line_is_the_total():
    rows = rows_of(as_csv(twin([("A", 1_50), ("B", -50)])))
    assert [row["row"] for row in rows] == ["total", "thing", "thing"]
    assert [row["amount"] for row in rows] == ["1.00", "1.50", "-0.50"]
    assert rows[0]["things"] == "2"
    assert rows[0]["as_of"] == "2026-11-21T12:00:00+00:00"
    assert rows[0]["attribution"] == "Ours; theirs"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_text_that_looks_like_a_formula_stays_text(start):
    assert cell(f"{start}SUM(A1)") == f"'{start}SUM(A1)"
    assert cell(f"'{start}SUM(A1)") == f"''{start}SUM(A1)"


@given(st.lists(st.tuples(st.text(), st.integers(-(10**12), 10**12)), max_size=5))
def test_whatever_the_words_nothing_is_lost_and_no_cell_is_a_formula(rows):
    written = rows_of(as_csv(twin(rows)))[1:]
    assert [row["name"].lstrip("'") for row in written] == [name.lstrip("'") for name, _ in rows]
    assert not any(row["name"].startswith(("=", "+", "-", "@")) for row in written)
    assert all(row["amount"] == cell(Pence(pence)) for row, (_, pence) in zip(written, rows, strict=True))


def test_values_are_written_as_machines_read_them():
    assert cell(None) == ""
    assert cell(date(2026, 4, 1)) == "2026-04-01"
    assert cell(True) == "True"
    assert cell(Pence(-5)) == "-0.05"


def test_answers_may_be_read_from_anywhere_and_name_their_licence():
    for form, kind in (("json", "application/json"), ("csv", "text/csv")):
        answer = twin_response(twin([]), form)
        assert answer["Content-Type"].startswith(kind)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert 'rel="license"' in answer["Link"]
    assert 'filename="things-of-ours-2026-11-21.csv"' in answer["Content-Disposition"]


def test_addresses_keep_the_filters_and_drop_the_sheet():
    request = RequestFactory().get("/budgets/", {"year": "2026", "place": "", "page": "3"})
    links = twin_links(request)
    assert (links.json, links.csv) == ("/budgets.json?year=2026", "/budgets.csv?year=2026")
    assert query_without(request, "year", "page") == ""
    twin_request = RequestFactory().get("/budgets.json", {"year": "2026"})
    assert page_of(twin_request) == "http://testserver/budgets/?year=2026"


def test_filters_not_understood_are_named():
    answer = twin_refusal({"year": ["Not a year."]}, "json")
    assert answer.status_code == 422
    assert json.loads(answer.content)["errors"] == {"year": ["Not a year."]}
    assert b"year: Not a year." in twin_refusal({"year": ["Not a year."]}, "csv").content


@given(st.text(st.sampled_from("'=+-@\t\r\nab ＝"), max_size=6))
def test_a_cell_gives_its_text_back(text):
    assert text_of(cell(text)) == text
