"""What a language is called, and which way it runs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language_info


@dataclass(frozen=True, slots=True)
class Language:
    """`name` as its speakers write it; `dir` is "ltr" or "rtl", for the page."""

    code: str
    name: str
    dir: str


def language(code: str) -> Language:
    try:
        info = get_language_info(code)
    except KeyError:
        return Language(code, code, "ltr")
    return Language(code, info["name_local"], "rtl" if info["bidi"] else "ltr")
