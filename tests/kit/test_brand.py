"""A council's colours and typeface reach every page through a style sheet of the site's own."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string

GREEN = {"colour": "#0a4a3c", "accent": "#ffc53d", "accent_text": "#11231e", "typeface": "civic"}


def css(**changes: Any) -> str:
    return render_to_string("kit/brand.css", {"brand": SimpleNamespace(**GREEN | changes)})


def test_colours_become_custom_properties() -> None:
    assert "--brand: #5b2a86;" in css(colour="#5B2A86")
    assert "--accent: #ffc53d;" in css()
    assert "--accent-text: #11231e;" in css()


@pytest.mark.parametrize("value", ["red", "#fff", "#0a4a3c;} body{display:none", "", "#0a4a3g", "#0a4a3c\n}"])
def test_only_a_colour_can_get_into_the_style_sheet(value: str) -> None:
    assert "--brand" not in css(colour=value)
    assert css(colour=value).count("}") == 1


@pytest.mark.parametrize(
    ("typeface", "text", "display"), [("civic", 0, 0), ("plain", 0, 1), ("system", 1, 1)]
)
def test_a_typeface_changes_what_it_says(typeface: str, text: int, display: int) -> None:
    sheet = css(typeface=typeface)
    assert sheet.count("--font-text: ") == text
    assert sheet.count("--font-display: ") == display


def test_without_settings_nothing_changes() -> None:
    assert "--" not in render_to_string("kit/brand.css", {})
