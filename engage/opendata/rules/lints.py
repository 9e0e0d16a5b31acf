"""What to mend before data is published: errors keep a grant out, warnings do not.

Why two kinds: what is published is copied at once, and copies are never mended. So what must not be in a copy stops
the grant: a person's details, an amount or a date that cannot be, and what the standard has no grant without. What is
true but awkward to use, like a long title, is published and listed for officers to improve.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engage.opendata.rules.facts import Award, Recipient
from engage.opendata.rules.org_ids import is_known, recipient_id

EARLIEST = date(1990, 1, 1)
LONGEST_TITLE = 140
EMAIL = re.compile(r"[\w.+'-]+@\w[\w-]*(\.\w[\w-]*)+")
PERSON = re.compile(r"\s*(mr|mrs|miss|ms|mx)\b\.?\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lint:
    """`code` is short and stays the same; `blocks` says whether it keeps the grant out; `mend` says what to do."""

    code: str
    blocks: bool
    mend: str | Promise


ZERO = Lint(
    "zero-amount", True, _("Nothing was ever promised. Record the commitment, or leave the award out.")
)
EMAIL_INSIDE = Lint(
    "email-in-text", True, _("There is an email address in its words. Take it out: mend the words.")
)
A_PERSON = Lint(
    "names-a-person",
    True,
    _("The name is a person’s. Grants to people are never published: name the organisation."),
)
IMPOSSIBLE = Lint(
    "impossible-date", True, _("A date is before 1990 or still to come. Check the decision and the payments.")
)
EMPTY = Lint("empty-text", True, _("The title, the purpose or the organisation’s name is empty. Write it."))
TAKEN = Lint(
    "identifier-twice",
    True,
    _(
        "Another award already has the identifier of this one as its reference. Check whether it is here twice."
    ),
)
LONG_TITLE = Lint(
    "long-title", False, _("The title has more than 140 characters. Say the rest in the purpose.")
)
SAME_TEXT = Lint(
    "title-is-description", False, _("The purpose only repeats the title. Say what the money is for.")
)
UNKNOWN_ORG = Lint(
    "unknown-org-id",
    False,
    _("Its organisation’s identifier is of no known register, or cannot be right. Check the number."),
)
PAID_EARLY = Lint("paid-before-award", False, _("It was paid before it was decided. Check both dates."))
TWO_IDS = Lint(
    "one-name-two-ids",
    False,
    _("Organisations with this same name have different identifiers. If they are one, use one of them."),
)

ALL = [
    *(ZERO, EMAIL_INSIDE, A_PERSON, IMPOSSIBLE, EMPTY, TAKEN),
    *(LONG_TITLE, SAME_TEXT, UNKNOWN_ORG, PAID_EARLY, TWO_IDS),
]


def lints_of(award: Award, *, prefix: str, today: date) -> list[Lint]:
    """Errors first. An award that was wholly cancelled is no grant, so there is nothing to say about it."""
    if award.was_cancelled:
        return []
    return [*_errors(award, today), *_warnings(award, prefix)]


def is_published(award: Award, *, today: date) -> bool:
    """Whether it goes out: it is a grant, and nothing about it blocks."""
    return not award.was_cancelled and not any(True for _lint in _errors(award, today))


def has_email(*texts: str) -> bool:
    return any(EMAIL.search(text) for text in texts)


def names_a_person(recipient: Recipient) -> bool:
    """A group called “Mrs Lovelace” may be a person; a charity of that name is not."""
    is_registered = recipient.charity_number or recipient.company_number
    return not is_registered and bool(PERSON.match(recipient.name))


def _errors(award: Award, today: date) -> Iterator[Lint]:
    texts = (award.title, award.purpose, award.recipient.name)
    dates = (award.decided_on, *(movement.on for movement in award.movements))
    if award.awarded_pence <= 0:
        yield ZERO
    if has_email(*texts):
        yield EMAIL_INSIDE
    if names_a_person(award.recipient):
        yield A_PERSON
    if not all(EARLIEST <= day <= today for day in dates):
        yield IMPOSSIBLE
    if not all(text.strip() for text in texts):
        yield EMPTY
    if award.taken:
        yield TAKEN


def _warnings(award: Award, prefix: str) -> Iterator[Lint]:
    if len(award.title) > LONGEST_TITLE:
        yield LONG_TITLE
    if plain(award.title) == plain(award.purpose):
        yield SAME_TEXT
    if not is_known(recipient_id(award.recipient, prefix)):
        yield UNKNOWN_ORG
    if any(movement.kind == "pay" and movement.on < award.decided_on for movement in award.movements):
        yield PAID_EARLY


class Names:
    """Finds one name with two identifiers, over many awards that are looked at one after the other."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[str, tuple[str, int]]] = {}

    def see(self, award: Award) -> None:
        ids = self._seen.setdefault(plain(award.recipient.name), {})
        ids.setdefault(award.recipient.identifier, (award.recipient.name, award.award_id))

    def doubles(self) -> Iterable[tuple[str, int, list[str]]]:
        """The name, the number of an award under it, and its identifiers."""
        for ids in self._seen.values():
            if len(ids) > 1:
                name, award_id = next(iter(ids.values()))
                yield name, award_id, sorted(ids)


def plain(text: str) -> str:
    """A text as a hurried reader sees it: without capitals, blanks at the ends and full stops."""
    return " ".join(text.casefold().split()).strip(" .")
