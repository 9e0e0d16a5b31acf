"""People's own words, made safe to show: plain text in, a little HTML out. Nothing they type is ever run."""

import re
import unicodedata

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_AFTER_AN_ADDRESS = ".,;:!?)]}…"
_BLANK_LINES = re.compile(r"\n\s*\n")

# They turn the text around them too, and so make a name or an address read as another. The two marks that only tell
# a neighbouring sign its side (U+200E and U+200F) stay: right-to-left writing needs them.
_TURNS_OF_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])

_TAGS = {"p", "br", "a"}
# Search engines get nothing for links in comments, and the page that is linked to learns nothing of ours.
_LINK_RELATION = "nofollow ugc noopener noreferrer"


def paragraphs(text: str) -> SafeString:
    """Plain text as HTML: a blank line parts paragraphs, a line break stays one, web addresses become links.

    Markup in the text is shown as the characters it is made of. What comes out is sanitised once more by nh3, so
    that a slip in this module cannot let a script through.
    """
    blocks = _BLANK_LINES.split(text.replace("\r\n", "\n").strip())
    html = "".join(f"<p>{_with_links(block.strip()).replace('\n', '<br>')}</p>" for block in blocks if block)
    return mark_safe(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https"},
            link_rel=_LINK_RELATION,
        )
    )


def in_reading_order(text: str) -> str:
    """The text without the signs that embed, override or isolate a direction of writing (U+202A–E, U+2066–9)."""
    return text.translate(_TURNS_OF_DIRECTION)


def is_visible(text: str) -> bool:
    """Whether there is anything to read: not only spaces, joiners and signs that turn the direction of writing."""
    return any(unicodedata.category(character)[0] not in "CZ" for character in text)


def excerpt(text: str, length: int = 160) -> str:
    """The beginning of a text on one line, cut between words; not escaped, for templates and data alike."""
    flat = " ".join(text.split())
    cut = Truncator(flat).chars(length)
    return cut if cut == flat or " " not in cut else cut[: -len("…")].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def _with_links(text: str) -> str:
    made: list[str] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        address = match.group().rstrip(_AFTER_AN_ADDRESS)
        made.append(escape(text[end : match.start()]))
        made.append(f'<a href="{escape(address)}">{escape(address)}</a>')
        end = match.start() + len(address)
    return "".join([*made, escape(text[end:])])
