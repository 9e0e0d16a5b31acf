import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.rules.contrast import GROUND, INK, WHITE, NotAColour, faults, ratio, text_on

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_ratio_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert ratio(one, other) == pytest.approx(expected, abs=0.01)


@given(colours, colours)
def test_order_does_not_matter_and_bounds_hold(one: str, other: str) -> None:
    assert ratio(one, other) == ratio(other, one)
    assert 1 <= ratio(one, other) <= 21


@given(colours)
def test_some_text_reads_on_every_colour(colour: str) -> None:
    assert text_on(colour) in {WHITE, INK}
    assert ratio(text_on(colour), colour) >= 4


@given(colours, colours)
def test_what_passes_can_be_read(brand: str, accent: str) -> None:
    if not faults(brand, accent):
        assert ratio(brand, WHITE) >= 4.5
        assert ratio(brand, GROUND) >= 4.5
        assert ratio(accent, text_on(accent)) >= 4.5
        assert ratio(accent, brand) >= 3


def test_the_colours_we_ship_pass() -> None:
    assert faults("#0a4a3c", "#ffc53d") == []


def test_each_fault_names_its_field() -> None:
    assert {(each.field, each.against) for each in faults("#ffe680", "#ffc53d")} == {
        ("colour", "text"),
        ("colour", "link"),
        ("accent", "brand"),
    }


@pytest.mark.parametrize("text", ["red", "#fff", "#12345g", "", "0a4a3c"])
def test_other_texts_are_not_colours(text: str) -> None:
    with pytest.raises(NotAColour):
        ratio(text, WHITE)
