"""The piece of a text that shows why it was found."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape

LENGTH = 220
INLINE = re.compile(r"</?(?:a|b|i|em|strong|code|span|embed)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
ENDINGS = ("ings", "ing", "ies", "es", "ed", "s", "y")
# Parts of a block that are settings, not words.
SETTINGS = {"id", "type", "act", "address", "figure", "kind", "order", "count", "year"}


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    found: bool = False


def excerpt(text: str, words: str, length: int = LENGTH) -> list[Piece]:
    """About `length` characters around the first of the words, cut at spaces, with every match marked.

    Words match from the start of a word on, whatever their case and ending: "light" finds "Lights", "benches" finds
    "bench". Without a match, the beginning of the text.
    """
    text = " ".join(text.split())
    terms = [re.escape(_stem(term)) for term in re.findall(r"\w{2,}", words)]
    pattern = re.compile(rf"\b(?:{'|'.join(terms)})\w*", re.IGNORECASE) if terms else None
    first = pattern.search(text) if pattern else None
    start, end = _window(text, first.start() if first else 0, length)
    shown = text[start:end].strip()
    pieces = _marked(shown, pattern)
    if start > 0:
        pieces.insert(0, Piece("… "))
    if end < len(text):
        pieces.append(Piece(" …"))
    return pieces


def text_of(stored: object) -> str:
    """Every word in a page's stored body, without its markup; nothing is looked up to find them."""
    if isinstance(stored, str):
        return " ".join(unescape(TAG.sub(" ", INLINE.sub("", stored))).split())
    if isinstance(stored, Mapping):
        return text_of([part for name, part in stored.items() if name not in SETTINGS])
    if isinstance(stored, Iterable):
        return " ".join(filter(None, map(text_of, stored)))
    return ""


def _stem(word: str) -> str:
    """Near enough to how the index cuts words down; at least four letters stay."""
    return next(
        (word[: -len(end)] for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= 4), word
    )


def _window(text: str, at: int, length: int) -> tuple[int, int]:
    """From a third of the length before `at`, both ends on spaces where there are any near."""
    if len(text) <= length:
        return 0, len(text)
    start = max(0, min(at - length // 3, len(text) - length))
    end = start + length
    if start > 0:
        space = text.find(" ", start, at)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > at else end
    return start, end


def _marked(text: str, pattern: re.Pattern[str] | None) -> list[Piece]:
    if pattern is None:
        return [Piece(text)] if text else []
    pieces, at = [], 0
    for match in pattern.finditer(text):
        if match.start() > at:
            pieces.append(Piece(text[at : match.start()]))
        pieces.append(Piece(match.group(), found=True))
        at = match.end()
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces
