"""Words for the same, and several orders made one: as docs/rules/similar.md says."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas.rules.similar import (
    BY_LETTERS,
    BY_WORDS,
    LONGEST_WORD,
    MOST_CONCEPTS,
    QUIET,
    concepts,
    fuse,
    spelt,
    spoken,
    stem,
    vocabulary,
)

PAGE = (Path(__file__).parents[3] / "docs" / "rules" / "similar.md").read_text(encoding="utf-8")


def table(head: str) -> list[list[str]]:
    """The cells under the table whose first line is `head`."""
    _before, after = PAGE.split(f"{head}\n", 1)
    lines = after.splitlines()[1:]
    rows = lines[: next(n for n, line in enumerate(lines) if not line.startswith("|"))]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


@pytest.mark.parametrize(("typed", "other"), table("| typed | is also found by |"))
def test_a_word_is_found_by_others_for_the_same(typed, other):
    assert any(other in concept.words for concept in concepts(typed))


@pytest.mark.parametrize(("typed", "searched"), table("| typed | is searched for |"))
def test_words_that_say_nothing_are_left_out(typed, searched):
    own = list(dict.fromkeys(concept.words[0] for concept in concepts(typed)))
    assert own == ([searched] if searched else [])


@pytest.mark.parametrize(("typed", "pair"), table("| typed | side by side |"))
def test_two_words_side_by_side_are_searched_for_as_they_stand(typed, pair):
    assert (pair.lower(),) in [concept.words for concept in concepts(typed)]


@pytest.mark.parametrize(
    ("typed", "written", "meant"), table("| typed | in the titles of others | is taken for |")
)
def test_what_is_misspelt_is_taken_for_what_others_have_written(typed, written, meant):
    assert spelt(typed, set(written.split(", "))) == meant


def test_words_that_we_know_are_not_misspelt():
    assert spelt("Wheelchairs and lamps", {"wheelbarrow", "lamp", "lambs"}) == "wheelchairs and lamps"


@pytest.mark.parametrize(("words", "letters", "shown"), table("| by words | by letters | shown |"))
def test_orders_become_one(words, letters, shown):
    assert fuse([(BY_WORDS, words.split()), (BY_LETTERS, letters.split())]) == shown.split()


@given(st.lists(st.permutations("ABCDE")))
def test_everything_in_some_order_is_in_the_fused_one_once(orders):
    fused = fuse((1.0, order) for order in orders)
    assert Counter(fused) == Counter(set().union(*orders))


def test_what_is_first_everywhere_is_first():
    assert fuse([(1, "ABC"), (1, "ACB"), (0.1, "AB")])[0] == "A"


def test_a_park_is_no_parking_place():
    (park,) = concepts("park")
    assert "recreation ground" in park.words
    assert "parking" not in park.words


def test_words_of_the_description_count_less_and_those_of_the_title_once():
    title, _pair, said = concepts("Pretty benches", "Benches for grandmothers")[0:3]
    assert (title.weight, said.weight) != (QUIET, 1)
    weights = {concept.words[0]: concept.weight for concept in concepts("Pretty benches", "Benches, trees")}
    assert weights["benches"] == weights["pretty"] == 1
    assert weights["trees"] == QUIET


@pytest.mark.slow
def test_a_long_text_is_searched_for_by_its_first_words_and_endless_words_not_at_all():
    long = " ".join(f"word{n}" for n in range(500))
    assert len(concepts("Benches", long)) == MOST_CONCEPTS
    assert concepts("x" * (LONGEST_WORD + 1)) == []


@given(st.text(max_size=200))
def test_whatever_is_typed_becomes_a_query_that_postgresql_understands(text):
    word = r"\w+( <-> \w+)*"
    for concept in concepts(text):
        assert re.fullmatch(rf"{word}( \| {word})*", concept.query())
        assert all(spoken(each) for each in concept.words)


@pytest.mark.parametrize(("one", "other"), [("benches", "bench"), ("cycling", "cycle"), ("parties", "party")])
def test_forms_of_a_word_have_one_stem(one, other):
    assert stem(one) == stem(other)


def test_no_line_repeats_itself_or_has_a_word_that_says_nothing():
    lines = {line for lines in vocabulary().written.values() for line in lines}
    for line in lines:
        assert len(line) > 1, line
        assert max(Counter(word.lower() for word in line).values()) == 1, line
        assert not [
            word for word in line if len(spoken(word)) == 1 and stem(word.lower()) in vocabulary().empty
        ], line
