"""JSON with exact numbers: Python's own writer knows no `Decimal`, and a float is not money."""

import json
from decimal import Decimal
from typing import Any


def json_text(value: Any) -> str:
    """One value as JSON in UTF-8 characters. Raises TypeError on what JSON does not know."""
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{json_text(str(key))}: {json_text(each)}" for key, each in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(json_text, value)) + "]"
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise TypeError("JSON knows no infinite numbers")
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False)


def read_json(text: str) -> Any:
    """The same value again, every number as a `Decimal`."""
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)
