from hypothesis import given
from hypothesis import strategies as st

from cms.rules.excerpt import Piece, excerpt, text_of

LONG = "Nobody can see the ramps. " * 20 + "Two solar lights would do. " + "It gets dark early. " * 20


def shown(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def test_shows_the_place_where_the_word_is() -> None:
    pieces = excerpt(LONG, "lights")
    assert [piece.text for piece in pieces if piece.found] == ["lights"]
    assert shown(pieces).startswith("… ")
    assert shown(pieces).endswith(" …")


def test_words_match_from_their_beginning_in_any_case() -> None:
    assert [piece.text for piece in excerpt("Lights and delight", "light") if piece.found] == ["Lights"]


def test_other_endings_of_a_word_are_marked() -> None:
    assert [piece.text for piece in excerpt("A bench by the bus.", "benches") if piece.found] == ["bench"]
    assert [piece.text for piece in excerpt("Buses stop.", "bus") if piece.found] == ["Buses"]


def test_without_a_match_the_beginning() -> None:
    assert shown(excerpt(LONG, "zebra")).startswith("Nobody can see")


def test_short_texts_are_whole() -> None:
    assert excerpt("A bench.", "tree") == [Piece("A bench.")]
    assert excerpt("", "tree") == []


@given(st.text(max_size=600), st.text(max_size=20))
def test_nothing_is_invented(text: str, words: str) -> None:
    flat = " ".join(text.split())
    found = shown(excerpt(text, words)).removeprefix("… ").removesuffix(" …")
    assert found.strip() in flat
    assert len(found) <= 220


def test_text_of_a_body_has_the_words_and_not_the_settings() -> None:
    body = [
        {"type": "text", "value": "<p>Fish &amp; chips</p><p>on <b>Fri</b>day</p>", "id": "a1"},
        {"type": "next_act", "value": {"title": "Do this", "link": {"act": "suggest", "page": None}}},
        {
            "type": "questions",
            "value": {"folds": [{"type": "item", "value": {"title": "Who?", "text": "Us"}}]},
        },
    ]
    assert text_of(body) == "Fish & chips on Friday Do this Who? Us"
