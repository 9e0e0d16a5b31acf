"""People's own words come out as words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.kit.text import excerpt, in_reading_order, is_visible, paragraphs


def test_blank_lines_part_paragraphs_and_line_breaks_stay() -> None:
    assert paragraphs("One\r\ntwo\r\n\r\n  \r\nThree") == "<p>One<br>two</p><p>Three</p>"


def test_markup_is_shown_as_it_was_typed() -> None:
    html = paragraphs('<script>alert("x")</script> <b onclick="x()">bold</b> & more')
    assert "<script" not in html
    assert "<b" not in html
    assert "&lt;script&gt;" in html
    assert "&amp; more" in html


def test_web_addresses_become_links_that_promise_nothing() -> None:
    html = paragraphs("See https://example.org/a?b=1&c=2, or (http://example.com).")
    assert 'href="https://example.org/a?b=1&amp;c=2"' in html
    assert 'href="http://example.com"' in html
    assert html.count('rel="nofollow ugc noopener noreferrer"') == 2
    assert html.endswith("</a>).</p>")


def test_other_schemes_are_never_links() -> None:
    assert "<a" not in paragraphs("javascript:alert(1) data:text/html,x mailto:a@b.example")


@given(st.text(alphabet=st.sampled_from(list("<>&\"'/=:ahtpsjscripton \n")), max_size=120))
def test_nothing_but_paragraphs_breaks_and_links_ever_comes_out(text: str) -> None:
    tags = set(re.findall(r"<\s*/?\s*([a-zA-Z]+)", paragraphs(text)))
    assert tags <= {"p", "br", "a"}
    assert not re.search(r"<[^>]*\son\w+\s*=", paragraphs(text))


def test_an_excerpt_is_cut_between_words() -> None:
    assert excerpt("A bench\n\nby the  river", 100) == "A bench by the river"
    assert excerpt("A bench by the river, please", 18) == "A bench by the…"
    assert len(excerpt("x" * 500, 50)) == 50


@pytest.mark.parametrize(
    ("text", "seen"), [("\u200bé", 1), ("🦦", 1), ("?", 1), ("", 0), (" \u200b\u202e\n\u00ad", 0)]
)
def test_signs_of_spacing_and_direction_alone_cannot_be_seen(text: str, seen: int) -> None:
    assert is_visible(text) == bool(seen)


@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_signs_that_turn_the_text_around_them_are_taken_out(sign: str) -> None:
    assert in_reading_order(f"Pay {sign}gpj.exe{sign}") == "Pay gpj.exe"


@pytest.mark.parametrize("text", ["שלום\u200f!", "Kim\u200e", "👩\u200d🌾", "line\nline"])
def test_marks_that_writing_needs_stay(text: str) -> None:
    assert in_reading_order(text) == text
