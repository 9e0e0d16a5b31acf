"""JSON without floats."""

import json
from decimal import Decimal

import pytest

from engage.opendata.rules.exact import json_text, read_json


def test_numbers_keep_every_digit():
    assert json_text({"a": Decimal("90071992547409.93"), "b": [Decimal("1E+3"), Decimal("-0.10")]}) == (
        '{"a": 90071992547409.93, "b": [1000, -0.10]}'
    )


def test_writes_what_pythons_own_writer_writes():
    value = {"ü": ["\u2028", '"', "\n", "</script>", None, True], "n": {}}
    assert json_text(value) == json.dumps(value, ensure_ascii=False)
    assert read_json(json_text(value)) == value


@pytest.mark.parametrize("bad", [Decimal("NaN"), Decimal("Infinity"), object()])
def test_refuses_what_is_no_json(bad):
    with pytest.raises(TypeError):
        json_text(bad)
