"""Office and OpenDocument files, which are packed folders: no macros, no controls, nothing fetched from elsewhere."""

from __future__ import annotations

import re
import zlib
from html import unescape
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext_lazy as _

from budgets.grants.rules.files import (
    LOCKED,
    MAX_UNPACKED,
    OLD_OFFICE,
    PROGRAMS,
    TOO_MUCH,
    UNREADABLE,
    WHAT_WE_TAKE,
    no,
)
from engage.kit.decisions import Denied

MAX_PARTS = 2_000
PACKED = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument."
WORD, SHEET = f"{_OFFICE}wordprocessingml.document", f"{_OFFICE}spreadsheetml.sheet"
TEXT, CALC = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"

_MACROS = _("This document has macros or other things in it that could run. Save it as PDF and send that.")
_FETCHES = _(
    "This document fetches a template or other parts from elsewhere when it is opened."
    " Save it as PDF and send that."
)
_PARTS_THAT_ACT = re.compile(
    r"vbaproject|vbadata|activex|macrosheets|oleobject|(?:^|/)(?:basic|scripts)/", re.IGNORECASE
)
# To the end of a tag: a value in quotes may hold ">" and nothing may hold "<", so no text takes long to look through.
_TO_ITS_END = r"(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>"
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b" + _TO_ITS_END, re.IGNORECASE)
_RELATION_BEGINS = re.compile(r"<(?:\w+:)?Relationship\b", re.IGNORECASE)
_OUTSIDE = re.compile(r"TargetMode\s*=\s*[\"']\s*External", re.IGNORECASE)
_LINK = re.compile(r"Type\s*=\s*[\"'][^\"']*/hyperlink\s*[\"']")
_ACTS = re.compile(
    r"macroEnabled|vnd\.ms-office\.(?:vbaProject|activeX)|<script:"
    r"|xlink:href\s*=\s*[\"'](?:macro:|vnd\.sun\.star\.script:|javascript:)",
    re.IGNORECASE,
)
# Fields that ask another program for data, and may start it; their words may be parted by other marks.
_FIELD = re.compile(r"<w:instrText" + _TO_ITS_END + r"([^<]*)|w:instr\s*=\s*[\"']([^\"']*)|<(ddeLink)\b")
_DDE = re.compile(r"\s*DDE(?:AUTO)?\b|ddeLink", re.IGNORECASE)
_BROKEN = (BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError, EOFError)


def type_of_packed(content: bytes) -> str | Denied:
    """Which kind of document a packed folder is, without unpacking more than its list of parts."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                return no(TOO_MUCH)
            if len(names) != len(parts):
                return no(UNREADABLE)
            if any(part.flag_bits & 0x1 for part in parts):
                return no(LOCKED)
            return _kind(packed, names) or no(WHAT_WE_TAKE)
    except _BROKEN:
        return no(UNREADABLE)


def look_at_packed(content: bytes) -> Denied | None:
    """Why this document is not taken; None when it may be."""
    try:
        return _Look(MAX_UNPACKED).at(content)
    except _BROKEN:
        return no(UNREADABLE)


def _kind(packed: ZipFile, names: set[str]) -> str | None:
    if "[Content_Types].xml" in names:
        return WORD if "word/document.xml" in names else SHEET if "xl/workbook.xml" in names else None
    if "mimetype" not in names:
        return None
    with packed.open("mimetype") as opened:
        kind = opened.read(80).decode("ascii", "replace")
    return kind if kind in {TEXT, CALC} else None


class _Look:
    """Goes through all parts, and through documents within the document, unpacking `room` bytes at most."""

    def __init__(self, room: int) -> None:
        self.room = room

    def at(self, content: bytes, depth: int = 0) -> Denied | None:
        with ZipFile(BytesIO(content)) as packed:
            for part in packed.infolist():
                if _PARTS_THAT_ACT.search(part.filename):
                    return no(_MACROS)
                with packed.open(part) as opened:
                    inside = opened.read(self.room + 1)
                self.room -= len(inside)
                if self.room < 0:
                    return no(TOO_MUCH)
                if (denied := self._at_part(part.filename.lower(), inside, depth)) is not None:
                    return denied
        return None

    def _at_part(self, name: str, inside: bytes, depth: int) -> Denied | None:
        if inside.startswith(PACKED):
            return self.at(inside, depth + 1) if depth == 0 else no(UNREADABLE)
        if name.endswith((".xml", ".rels", ".rdf")):
            return _look_at_words(name, _text_of(inside))
        return no(_MACROS) if inside.startswith((OLD_OFFICE, *PROGRAMS[:2])) else None


def _look_at_words(name: str, text: str) -> Denied | None:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return no(UNREADABLE)  # words that stand for other words could hide anything
    if name.endswith(".rels"):
        relations = _RELATION.findall(text)
        if len(relations) != len(_RELATION_BEGINS.findall(text)):
            return no(UNREADABLE)
        if any(map(_leads_away, relations)):
            return no(_FETCHES)
    fields = unescape("".join(first or second or third for first, second, third in _FIELD.findall(text)))
    return no(_MACROS) if _ACTS.search(unescape(text)) or _DDE.search(fields) else None


def _leads_away(relation: str) -> bool:
    """A link that a reader may press is harmless; all else from outside is fetched without being asked for."""
    plain = unescape(relation)
    return bool(_OUTSIDE.search(plain)) and not _LINK.search(plain)


def _text_of(inside: bytes) -> str:
    wide = inside.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in inside[:200]
    return inside.decode("utf-16" if wide else "utf-8", "replace")
