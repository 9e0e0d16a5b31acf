"""Whether a file that somebody sends may be kept: by what it is and holds, never by what it calls itself.

A document is kept as it came, and handed only to people who may read the application; they open it on their own
machines. So anything that could act when it is opened is refused, and so is anything that we cannot look into.
Pure: bytes in, a decision out. Pictures are drawn anew elsewhere (`engage.kit.uploads`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

from budgets.grants.rules.files import OLD_OFFICE, PROGRAMS, WHAT_WE_TAKE, no
from budgets.grants.rules.packed import CALC, PACKED, SHEET, TEXT, WORD, look_at_packed, type_of_packed
from budgets.grants.rules.pdf import look_at_pdf
from engage.kit.decisions import Denied
from engage.kit.text import in_reading_order

MAX_BYTES = 10 * 1024 * 1024
NAME_LIMIT = 120

PDF, JPEG, PNG, WEBP, GIF = "application/pdf", "image/jpeg", "image/png", "image/webp", "image/gif"
PICTURES = frozenset({JPEG, PNG, WEBP, GIF})
# The endings that a file of each type may have.
ENDINGS = {
    PDF: (".pdf",),
    WORD: (".docx",),
    SHEET: (".xlsx",),
    TEXT: (".odt",),
    CALC: (".ods",),
    JPEG: (".jpg", ".jpeg"),
    PNG: (".png",),
    WEBP: (".webp",),
    GIF: (".gif",),
}
ACCEPT = ",".join(ending for endings in ENDINGS.values() for ending in endings)

# Endings of what systems run or open in a browser. Anywhere in a name they only ever deceive.
_DECEIVES = re.compile(
    r"exe|com|scr|bat|cmd|msi|ps1|vb[se]|jse?|ws[fh]|hta|jar|app|sh|lnk|url|reg|cpl|dll|pif|x?html?|svg|xml"
    r"|php|aspx?|do[ct]m|xl[st]m|pptm|xlam|iso|img|zip|rar|7z"
)
_STARTS = {
    b"%PDF-": PDF,
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"GIF87a": GIF,
    b"GIF89a": GIF,
}
_WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<")
_LOOKS: dict[str, Callable[[bytes], Denied | None]] = {
    PDF: look_at_pdf,
    **dict.fromkeys([WORD, SHEET, TEXT, CALC], look_at_packed),
}


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that may be kept: `content_type` is what it is, `name` what people see, with an ending that fits."""

    content_type: str
    name: str

    @property
    def is_picture(self) -> bool:
        return self.content_type in PICTURES


def look_at(name: str, content: bytes) -> Looked | Denied:
    """What kind of document this is, or why it is not taken. Never unpacks more than `files.MAX_UNPACKED`."""
    if not content:
        return no(_("This file is empty. Choose another one."))
    if len(content) > MAX_BYTES:
        return no(_("This file is larger than 10 MB. Make it smaller, or send it in parts."), status=413)
    found = _type_of(content)
    if isinstance(found, Denied):
        return found
    shown = clean_name(name)
    denied = _name_fits(shown, found)
    if denied is None and found in _LOOKS:
        denied = _LOOKS[found](content)
    return Looked(found, shown) if denied is None else denied


def clean_name(name: str) -> str:
    """The name alone, in signs that do no harm in a header or on a page, cut to `NAME_LIMIT` with its ending."""
    last = in_reading_order(name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign if sign.isprintable() and sign not in '"<>:|?*%;' else "-" for sign in last)
    shown = shown.strip(" .") or "document"
    ending = PurePath(shown).suffix[:12]
    return shown if len(shown) <= NAME_LIMIT else shown[: NAME_LIMIT - len(ending)] + ending


def _name_fits(name: str, content_type: str) -> Denied | None:
    endings = [ending.lower() for ending in PurePath(name).suffixes]
    if any(_DECEIVES.fullmatch(ending[1:].strip()) for ending in endings):
        return no(
            _(
                "The name of this file has an ending that programs have. Give it a plain name like “rules.pdf”."
            )
        )
    if not endings or endings[-1] not in ENDINGS[content_type]:
        return no(
            _(
                "This is a %(ending)s file, and its name says something else. Change its name and send it again."
            )
            % {"ending": ENDINGS[content_type][0]}
        )
    return None


def _type_of(content: bytes) -> str | Denied:
    known = next((each for start, each in _STARTS.items() if content.startswith(start)), None)
    if known:
        return known
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    return type_of_packed(content) if content.startswith(PACKED) else no(_why_not(content))


def _why_not(content: bytes) -> str:
    if content.startswith(PROGRAMS):
        return _("This file is a program. We take documents and pictures only.")
    if _WEB_PAGE.match(content[:64]):
        return _("This file is a web page or a drawing that could run things. Save it as PDF and send that.")
    if content.startswith(OLD_OFFICE):
        return _(
            "This file is in an old Office format, or has a password. Save it as PDF, .docx or .xlsx and send that."
        )
    return str(WHAT_WE_TAKE)
