"""Postcodes as people type them."""

import pytest

from engage.places.rules.postcodes import compact, is_begun, is_postcode, parted, printed


@pytest.mark.parametrize(
    ("typed", "shown"), [("qx1 2ab", "QX1 2AB"), ("QX12AB", "QX1 2AB"), (" q1  9 zz ", "Q1 9ZZ")]
)
def test_however_it_is_typed_it_is_one_postcode(typed: str, shown: str) -> None:
    assert is_postcode(compact(typed))
    assert printed(compact(typed)) == shown


@pytest.mark.parametrize("typed", ["", "QX", "QX1", "QX1 2A", "QX1 AB2", "12 QX1", "QXX1 2AB"])
def test_what_is_no_whole_postcode(typed: str) -> None:
    assert not is_postcode(compact(typed))


@pytest.mark.parametrize("typed", ["Q1", "qx1", "QX12", "QX1 2", "QX1 2A", "QX1A 2A"])
def test_the_beginning_of_one(typed: str) -> None:
    assert is_begun(compact(typed))


@pytest.mark.parametrize("typed", ["", "Q", "ferry road", "1", "QX1 2ABC"])
def test_what_begins_none(typed: str) -> None:
    assert not is_begun(compact(typed))


@pytest.mark.parametrize(
    ("typed", "words", "postcode"),
    [
        ("12 Ferry Road, QX1 2AB", "12 Ferry Road", "QX12AB"),
        ("qx12ab ferry  road", "ferry road", "QX12AB"),
        ("Ferry Road", "Ferry Road", ""),
        ("QX1 2AB", "", "QX12AB"),
    ],
)
def test_a_postcode_among_words(typed: str, words: str, postcode: str) -> None:
    assert parted(typed) == (words, postcode)
