"""Which words of two ideas mean the same, and how several orders of likeness become one.

`docs/rules/similar.md` says the same in prose, with the tables that the tests read. The words themselves stand in
`same_words.toml`, for anybody to add to.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from pathlib import Path

WORDS_FILE = Path(__file__).with_name("same_words.toml")
# A place in an order counts for 1 / (PATIENCE + place): the larger, the less the very first places stand out.
PATIENCE = 2
# What a place in the order by words, and in that by letters, weighs beside one in the other.
BY_WORDS, BY_LETTERS = 4.0, 1.0
# A longer idea is searched for by this many of its words: the title's come first. A word is no longer than this.
MOST_CONCEPTS, LONGEST_WORD = 30, 40
# How much words of the description count beside words of the title, and two words side by side beside one.
QUIET, TOGETHER = 0.3, 1.0
# How alike (0 to 1) a mistyped word must be to a word that we know, and how long it must be to be taken for one.
MISTYPED, LONG_ENOUGH = 0.8, 5
LONGEST_PHRASE = 3
# The same for a word that stands in no idea's title and that we do not know either.
MISSPELT, WORTH_SPELLING = 0.75, 4


type Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """What a word of an idea means: the word itself and others for the same, any of which counts.

    `weight` is how much it counts beside the idea's other words: 1 for a word of the title.
    """

    words: tuple[str, ...]
    weight: float = 1.0

    def query(self) -> str:
        """For PostgreSQL's `to_tsquery`: any of the words, and of a phrase its words one after the other."""
        return " | ".join(" <-> ".join(spoken(word)) for word in self.words)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lines that a word or phrase stands in, as it is written and by the stems of its words; and what says nothing.

    `known` are the words that a mistyped one can be taken for.
    """

    written: Mapping[tuple[str, ...], tuple[Line, ...]]
    stemmed: Mapping[tuple[str, ...], tuple[Line, ...]]
    empty: frozenset[str]
    known: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    content = tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))
    lines: list[Line] = [tuple(word.strip() for word in line.split(",")) for line in content["same"]]
    stemmed = _by(stems, lines)
    return Vocabulary(
        written=_by(lambda word: tuple(spoken(word)), lines),
        stemmed=stemmed,
        empty=frozenset(stem(word) for word in content["empty"]),
        known=tuple(sorted({word for phrase in stemmed for word in phrase if len(word) >= LONG_ENOUGH - 1})),
    )


def _by(
    key: Callable[[str], tuple[str, ...]], lines: Sequence[Line]
) -> dict[tuple[str, ...], tuple[Line, ...]]:
    found: dict[tuple[str, ...], tuple[Line, ...]] = {}
    for line in lines:
        for word in line:
            found[key(word)] = (*found.get(key(word), ()), line)
    return found


def concepts(title: str, description: str = "") -> list[Concept]:
    """What an idea is about: the title's words, then its pairs of words as they stand, then the description's words.

    The pairs find names, such as streets: in "School Road" neither word says much, both together do.
    """
    found: dict[tuple[str, ...], Concept] = {}
    for words in _meanings(title):
        found.setdefault(words, Concept(words))
    for pair in _pairs(title):
        found.setdefault((pair,), Concept((pair,), TOGETHER))
    for words in _meanings(description):
        found.setdefault(words, Concept(words, QUIET))
    return list(found.values())[:MOST_CONCEPTS]


def _meanings(text: str) -> Iterator[tuple[str, ...]]:
    words = spoken(text)
    position = 0
    while position < len(words):
        length = _phrase_at(words, position)
        phrase = words[position : position + length]
        position += length
        if length > 1 or says_something(phrase[0]):
            yield _same(" ".join(phrase))


def _pairs(text: str) -> Iterator[str]:
    for first, second in pairwise(spoken(text)):
        if says_something(first) and says_something(second):
            yield f"{first} {second}"


def strangers(title: str) -> list[str]:
    """The words of a title that may be misspelt: none that we know."""
    known = vocabulary()
    return [
        word
        for word in spoken(title)
        if len(word) >= WORTH_SPELLING and says_something(word) and stems(word) not in known.stemmed
    ]


def spelt(title: str, written: Collection[str]) -> str:
    """A title with what is misspelt as others have `written` it, in lower case. Above all names: no list has them."""
    usual = sorted(word for word in written if word.isalpha())
    meant = {
        word: get_close_matches(word, usual, n=1, cutoff=MISSPELT)
        for word in strangers(title)
        if word not in written
    }
    return " ".join(next(iter(meant.get(word, ())), word) for word in spoken(title))


def says_something(word: str) -> bool:
    return 1 < len(word) <= LONGEST_WORD and stem(word) not in vocabulary().empty


def _phrase_at(words: Sequence[str], position: int) -> int:
    """How many words from here are a phrase that we know; 1 when there is none."""
    known = vocabulary().stemmed
    for length in range(LONGEST_PHRASE, 1, -1):
        phrase = words[position : position + length]
        if len(phrase) == length and tuple(map(stem, phrase)) in known:
            return length
    return 1


def _same(word: str) -> tuple[str, ...]:
    """The word and every other word for the same.

    One that stands in no line as it is written is looked for by its stem ("parks" in the lines of "park" and of
    "parking", which "park" itself is not), and then as a mistyped one.
    """
    known = vocabulary()
    lines = known.written.get(tuple(spoken(word))) or known.stemmed.get(stems(word), ())
    guessed: list[str] = []
    if not lines and len(word) >= LONG_ENOUGH:
        guessed = get_close_matches(stem(word), known.known, n=1, cutoff=MISTYPED)
        lines = known.stemmed.get((guessed[0],), ()) if guessed else ()
    return tuple(dict.fromkeys([word, *guessed, *(other for line in lines for other in line)]))


def spoken(text: str) -> list[str]:
    """The words of a text in lower case: letters and digits, with apostrophes taken out and hyphens as spaces."""
    return re.findall(r"\w+", re.sub(r"(?<=\w)['’](?=\w)", "", text.lower()))


def stems(phrase: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in spoken(phrase))


def stem(word: str) -> str:
    """A word without its commonest endings: rough, because it only has to bring forms of one word together."""
    for ending, kept in (
        ("ies", "y"),
        ("ing", ""),
        ("ers", "er"),
        ("es", ""),
        ("ed", ""),
        ("s", ""),
        ("e", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: len(word) - len(ending)] + kept
    return word


def fuse[Key: Hashable](orders: Iterable[tuple[float, Sequence[Key]]]) -> list[Key]:
    """One order of several, by reciprocal rank: who stands high in many comes first.

    Each order comes with its weight; what an order does not hold gets nothing from it. Where sums are equal,
    the earlier orders decide.
    """
    sums: dict[Key, float] = {}
    for weight, order in orders:
        for place, key in enumerate(order, 1):
            sums[key] = sums.get(key, 0.0) + weight / (PATIENCE + place)
    return sorted(sums, key=lambda key: -sums[key])
