"""Two people who sign for a group must not be of one family: who can be seen to be, and who may be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from engage.kit.decisions import Allowed, Decision, Denied

NEEDED = 2
_SHORTER = {"street": "st", "road": "rd", "avenue": "ave", "lane": "ln", "close": "cl", "drive": "dr"}
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)[\s-]*(\d[a-z]{2})\b")
_MARK = re.compile(r"\d+|\b[a-z]\b|(?<=\d)[a-z]\b")


@dataclass(frozen=True, slots=True)
class Signer:
    """Each signs with their own address, so no two may have the same."""

    name: str
    household: str
    email: str = ""


def may_join(new: Signer, others: Iterable[Signer]) -> Decision:
    """Whether somebody may sign beside `others`: not twice, and not from one home with any of them."""
    if not postcode_of(new.household):
        return Denied(
            _("Enter the whole home address with its postcode, like 4 Elm Street, Harstow TW1 2AB."),
            status=422,
            field="household",
        )
    for other in others:
        if _words(new.name) == _words(other.name):
            return Denied(
                _("“%(name)s” signs for this group already. Name somebody else.") % {"name": other.name},
                status=409,
                field="name",
            )
        if other.email and new.email.casefold() == other.email.casefold():
            return Denied(
                _(
                    "This is the email address of %(name)s. Each person signs with an address of their own:"
                    " enter another."
                )
                % {"name": other.name},
                status=409,
                field="email",
            )
        if same_home(new.household, other.household):
            return Denied(
                _(
                    "This is the address of another person who signs for the group. People who live"
                    " together cannot both sign. Name somebody from another household."
                ),
                status=422,
                field="household",
            )
    return Allowed()


def same_last_name(new: Signer, others: Iterable[Signer]) -> str:
    """The name of another signer with the same last name, whom officers will ask about; empty when there is none."""
    mine = _words(new.name)[-1:]
    return next((other.name for other in others if mine and _words(other.name)[-1:] == mine), "")


def same_home(one: str, other: str) -> bool:
    """Whether two addresses are one: the same postcode and the same numbers, however they are written.

    A house without a number is known by the first word of its name. Where a postcode is missing, in what was written
    down before it was asked for, an address that says nothing else than the other is the same.
    """
    codes = postcode_of(one), postcode_of(other)
    first, second = _without_postcode(one), _without_postcode(other)
    if all(codes):
        return codes[0] == codes[1] and _house(first) == _house(second)
    words = set(_words(first)), set(_words(second))
    return _house(first) == _house(second) and (words[0] <= words[1] or words[1] <= words[0])


def postcode_of(address: str) -> str:
    """In capital letters, parted as it is printed; empty when there is none."""
    found = _POSTCODE.search(_plain(address))
    return f"{found[1]} {found[2]}".upper() if found else ""


def _house(address: str) -> frozenset[str]:
    """Its numbers and single letters, in whatever order they were typed; or the first word of its name."""
    marks = frozenset(each.lstrip("0") or "0" for each in _MARK.findall(_plain(address)))
    return marks or frozenset(_words(address)[:1])


def _without_postcode(address: str) -> str:
    return _POSTCODE.sub(" ", _plain(address))


def _words(text: str) -> list[str]:
    words = re.findall(r"\w+", _plain(text))
    return [_SHORTER.get(word, word) for word in words]


def _plain(text: str) -> str:
    """Lower case without accents or signs, so that small differences of writing do not hide what is the same."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"['’.]", "", "".join(sign for sign in parted if not unicodedata.combining(sign)))
