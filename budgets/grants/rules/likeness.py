"""Which groups may be one under two names: a group that owes a report does not begin anew by registering again."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Words

# What groups add to their name or leave out of it.
_FILLING = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "the", "to"})
_KINDS = frozenset(
    {
        *(
            "association",
            "assoc",
            "charitable",
            "charity",
            "cic",
            "cio",
            "club",
            "co",
            "committee",
            "community",
        ),
        *(
            "company",
            "group",
            "limited",
            "ltd",
            "organisation",
            "project",
            "registered",
            "society",
            "trust",
            "uk",
        ),
    }
)


class Sign(StrEnum):
    """Why two groups may be one, the strongest first."""

    NUMBER = "number"
    BANK = "bank"
    NAME = "name"
    SIGNATORY = "signatory"


SIGN_WORDS: dict[Sign, Words] = {
    Sign.NUMBER: _("the same charity or company number"),
    Sign.BANK: _("the same bank account"),
    Sign.NAME: _("nearly the same name"),
    Sign.SIGNATORY: _("the same person signs"),
}


def name_key(name: str) -> tuple[str, ...]:
    """What is left of a name without its form and small words, in any order; two groups with one key are alike."""
    words = _words(name)
    telling = [word for word in words if word not in _FILLING]
    own = [word for word in telling if word not in _KINDS]
    return tuple(sorted({_singular(word) for word in own or telling or words}))


def _words(name: str) -> list[str]:
    parted = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return re.findall(r"\w+", re.sub(r"['’.]", "", plain))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
