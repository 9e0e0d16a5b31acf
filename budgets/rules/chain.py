"""The journal's hash chain, computed outside the database so that anyone can verify it.

docs/rules/journal.md explains how to do the same with a spreadsheet and any SHA-256 tool.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as it is hashed; the last two are what the database stored."""

    budget_id: int
    sequence: int
    kind: str
    amount_pence: int
    award_id: int | None
    counterpart_id: int | None
    posted_on: date
    key: str
    note: str
    previous_hash: str
    hash: str


def link_hash(link: Link) -> str:
    """SHA-256 of the entry's fields joined by bars, beginning with the hash before it."""
    fields = (
        link.previous_hash,
        link.budget_id,
        link.sequence,
        link.kind,
        link.amount_pence,
        "" if link.award_id is None else link.award_id,
        "" if link.counterpart_id is None else link.counterpart_id,
        link.posted_on.isoformat(),
        link.key,
        link.note,
    )
    return sha256("|".join(map(str, fields)).encode()).hexdigest()


def first_break(links: Iterable[Link], *, count: int, head: str) -> str | None:
    """Where a budget's chain breaks, in words for the operator; None when it holds.

    `count` and `head` are the length and the last hash that the budget claims.
    """
    previous, number = "", 0
    for number, link in enumerate(links, start=1):
        if link.sequence != number:
            return f"entry {number} is missing: the next one has number {link.sequence}"
        if link.previous_hash != previous:
            return f"entry {number} does not follow the entry before it"
        if link_hash(link) != link.hash:
            return f"entry {number} was changed after it was written"
        previous = link.hash
    if number != count:
        return f"the budget counts {count} entries, the journal has {number}"
    return None if previous == head else "the budget names another last entry than its journal"
