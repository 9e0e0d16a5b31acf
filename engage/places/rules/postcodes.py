"""Postcodes as people type them."""

from __future__ import annotations

import re

# Letters and digits alone; the last three signs are the inward part.
_WHOLE = re.compile(r"^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$")
_BEGUN = re.compile(r"^[A-Z]{1,2}[0-9]([A-Z0-9]?([0-9][A-Z]{0,2})?)?$")
_WITHIN = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)


def compact(text: str) -> str:
    """In capitals and without blanks: how a postcode is stored and compared."""
    return "".join(text.split()).upper()


def is_postcode(text: str) -> bool:
    """Whether the compact text has the form of a whole postcode. Whether the post knows it is another question."""
    return bool(_WHOLE.match(text))


def is_begun(text: str) -> bool:
    """Whether the compact text may be the beginning of a postcode."""
    return bool(_BEGUN.match(text))


def printed(postcode: str) -> str:
    """A compact postcode with the blank that letters have: `QX12AB` → `QX1 2AB`."""
    return f"{postcode[:-3]} {postcode[-3:]}" if is_postcode(postcode) else postcode


def parted(text: str) -> tuple[str, str]:
    """The words of an address without its postcode, and the postcode compact ("" when there is none)."""
    found = _WITHIN.search(text)
    if found is None:
        return " ".join(text.split()), ""
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return " ".join(rest.split()).strip(" ,"), compact(found.group())
