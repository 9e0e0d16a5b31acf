"""A PDF that does nothing but show itself: no scripts, no other files in it, nothing that happens on opening.

Names of what acts are looked for in the file as it is and in every part that can be unpacked, because most of a
PDF's objects are packed together. What we cannot unpack may hold anything, so it is refused.
"""

from __future__ import annotations

import re
import zlib

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.grants.rules.files import LOCKED, MAX_UNPACKED, TOO_MUCH, UNREADABLE, no
from engage.kit.decisions import Denied

_ACTS: dict[bytes, str | Promise] = {
    b"JavaScript": gettext_lazy("scripts"),
    b"JS": gettext_lazy("scripts"),
    b"AA": gettext_lazy("something that happens by itself"),
    b"Rendition": gettext_lazy("films or sound that can run things"),
    b"Movie": gettext_lazy("films or sound that can run things"),
    b"Sound": gettext_lazy("films or sound that can run things"),
    b"GoToR": gettext_lazy("a link that opens other files"),
    b"Launch": gettext_lazy("a command that starts programs"),
    b"EmbeddedFile": gettext_lazy("other files hidden in it"),
    b"EmbeddedFiles": gettext_lazy("other files hidden in it"),
    b"GoToE": gettext_lazy("other files hidden in it"),
    b"SubmitForm": gettext_lazy("a form that sends data elsewhere"),
    b"ImportData": gettext_lazy("a command that reads other files"),
    b"RichMedia": gettext_lazy("films or sound that can run things"),
    b"XFA": gettext_lazy("a form that can run things"),
}
_END = rb"(?=[\s/<>\[\](){}%\x00]|$)"
_NAMES = re.compile(rb"/(" + b"|".join(sorted(_ACTS)) + rb")" + _END)
_ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
_OBJECTS = re.compile(rb"/ObjStm" + _END)
_PACKINGS = re.compile(rb"/(?:LZWDecode|ASCIIHexDecode|ASCII85Decode|RunLengthDecode|Crypt)" + _END)
_PREDICTED = re.compile(rb"/Predictor" + _END)
_TO_A_PAGE = rb"(?:\[|<<[^>]{0,200}?/S\s*/GoTo" + _END + rb")"
_OPENING = re.compile(rb"/OpenAction" + _END + rb"\s*(?:(" + _TO_A_PAGE + rb")|(\d+)\s+\d+\s+R)?", re.DOTALL)
MAX_OPENINGS = 8  # objects that a file may name as what happens on opening; one is usual
MAX_STREAMS = 20_000
PIECE = 4096
_HEAD = 400  # bytes before a stream in which its description stands


def look_at_pdf(content: bytes) -> Denied | None:
    """Why this PDF is not taken; None when it may be."""
    plain = _without_escapes(content)
    if re.search(rb"/Encrypt" + _END, plain):
        return no(LOCKED)
    inside = _unpacked(content, plain)
    if isinstance(inside, Denied):
        return inside
    texts = [plain, *map(_without_escapes, inside)]
    found = next(filter(None, map(_NAMES.search, texts)), None)
    if found is not None:
        return no(
            _("This PDF has %(what)s in it. Print it to a new PDF, which leaves that out, and send that.")
            % {"what": _ACTS[found[1]]}
        )
    if not _openings_only_turn_to_a_page(texts, plain):
        return no(
            _(
                "This PDF does something when it is opened. Print it to a new PDF, which leaves that out, and send"
                " that."
            )
        )
    return None


def _openings_only_turn_to_a_page(texts: list[bytes], plain: bytes) -> bool:
    """Many programs write on which page a PDF opens, which does no harm; directly, or as an object of its own."""
    openings = [opening for text in texts for opening in _OPENING.finditer(text)]
    if any(opening[1] is None and opening[2] is None for opening in openings):
        return False
    objects = {opening[2] for opening in openings if opening[2] is not None}
    return len(objects) <= MAX_OPENINGS and all(_turns_to_a_page(number, plain) for number in objects)


def _turns_to_a_page(number: bytes, plain: bytes) -> bool:
    named = rb"\b" + number + rb"\s{1,9}\d{1,9}\s{1,9}obj\s{0,9}" + _TO_A_PAGE
    return re.search(named, plain, re.DOTALL) is not None


def _unpacked(content: bytes, plain: bytes) -> list[bytes] | Denied:
    """Every part that is packed in the usual way. Objects packed in any other way are refused.

    A part is tried whatever its description says: a description can be written so that only a reader understands it.
    """
    if _OBJECTS.search(plain) and _PACKINGS.search(plain):
        return no(UNREADABLE)
    found: list[bytes] = []
    room = MAX_UNPACKED
    for number, start in enumerate(_STREAM.finditer(content)):
        if number >= MAX_STREAMS:
            return no(TOO_MUCH)
        head = _without_escapes(content[max(0, start.start() - _HEAD) : start.start()])
        objects = _OBJECTS.search(head)
        if objects and _PREDICTED.search(head):
            return no(UNREADABLE)
        try:
            text = _unpack(memoryview(content)[start.end() :], room + 1)
        except zlib.error:
            if objects:
                return no(UNREADABLE)
            continue
        room -= len(text)
        if room < 0:
            return no(TOO_MUCH)
        found.append(text)
    return found


def _unpack(packed: memoryview, most: int) -> bytes:
    """At most so many bytes of what is packed at the start. Fed in pieces: what follows it is not copied each time."""
    unpacking = zlib.decompressobj()
    pieces: list[bytes] = []
    size = at = 0
    while at < len(packed) and not unpacking.eof and size < most:
        pieces.append(unpacking.decompress(unpacking.unconsumed_tail + packed[at : at + PIECE], most - size))
        size += len(pieces[-1])
        at += PIECE
    return b"".join(pieces)


def _without_escapes(text: bytes) -> bytes:
    """`/J#61vaScript` is `/JavaScript` to whatever opens it."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)
