"""Which line of the council's published spending is which payment of ours. docs/rules/payments.md has a worked table.

Councils publish every payment above £500, often months later, with the supplier's name as their ledger spells it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import lru_cache

from budgets.grants.enums import Match

# "Over £500" as the transparency code says: a payment of exactly £500 need not be published.
THRESHOLD_PENCE = 500_00
# Money leaves on the day we record or a little before; ledgers book it up to six weeks later.
EARLIEST, LATEST = timedelta(days=7), timedelta(days=42)
ALIKE = 0.8
_EMPTY_WORDS = frozenset({"the", "and", "of", "for", "ltd", "limited", "cic", "cio", "plc", "c", "o"})


@dataclass(frozen=True, slots=True)
class Ours:
    """A payment that we recorded. `holder` is the name on the bank account, where that is another."""

    key: int
    paid_on: date
    payee: str
    amount_pence: int
    reference: str
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Theirs:
    """A line that the council published."""

    line: int
    paid_on: date
    supplier: str
    amount_pence: int
    reference: str = ""


@dataclass(slots=True)
class Found:
    """`lines`: line → what it is, and the key of our payment. `missing`: keys of payments that should be there."""

    lines: dict[int, tuple[Match, int | None]] = field(default_factory=dict)
    missing: list[int] = field(default_factory=list)


def reconcile(ours: Sequence[Ours], theirs: Sequence[Theirs], *, start: date, end: date) -> Found:
    """Match each payment with at most one line and each line with at most one payment.

    First by reference; then by amount, a name that is alike, and a date in the window; last, what is alike in name and
    date but not in amount. Among several that fit, the most alike and nearest in time are taken first. `start` and
    `end` are the first and last day that the file is about: a payment of more than £500 in between that has no line
    is missing.
    """
    left, lines = {each.key: each for each in ours}, {each.line: each for each in theirs}
    found = Found()
    for fits in (_by_reference, _by_amount, _by_name):
        for line, key in _best_first(list(left.values()), list(lines.values()), fits):
            if line in lines and key in left:
                same = lines[line].amount_pence == left[key].amount_pence
                found.lines[line] = (Match.MATCHED if same else Match.DIFFERENT, key)
                del lines[line], left[key]
    for line in lines:
        found.lines[line] = (Match.UNKNOWN, None)
    found.missing = [key for key, each in left.items() if is_expected(each, start=start, end=end)]
    return found


def is_expected(payment: Ours, *, start: date, end: date) -> bool:
    """Whether a file about these days has to name the payment."""
    return payment.amount_pence > THRESHOLD_PENCE and start <= payment.paid_on <= end


def alike(one: str, other: str) -> float:
    """How much two spellings of a name have in common, from 0 to 1, whatever the order of their words."""
    return SequenceMatcher(None, _plain(one), _plain(other), autojunk=False).ratio()


type Fit = Callable[[Ours, Theirs], float]


def _by_reference(payment: Ours, line: Theirs) -> float:
    """The reference decides whatever else differs; the right amount goes first when lines share one."""
    mine, said = _key(payment.reference), _key(line.reference)
    if not mine or mine != said:
        return 0.0
    return 2.0 if payment.amount_pence == line.amount_pence else 1.0


def _by_amount(payment: Ours, line: Theirs) -> float:
    if payment.amount_pence != line.amount_pence or not _in_time(payment, line):
        return 0.0
    return _likeness(payment, line)


def _by_name(payment: Ours, line: Theirs) -> float:
    """Asked of every line for every payment left, so names without a word in common are not compared any closer."""
    if line.amount_pence <= 0 or not _in_time(payment, line):
        return 0.0
    if not (_words(payment.payee) | _words(payment.holder)) & _words(line.supplier):
        return 0.0
    return _likeness(payment, line)


def _likeness(payment: Ours, line: Theirs) -> float:
    """Of the better of our two names; 0 below what counts as alike."""
    best = max(alike(name, line.supplier) for name in {payment.payee, payment.holder or payment.payee})
    return best if best >= ALIKE else 0.0


def _best_first(ours: Sequence[Ours], theirs: Sequence[Theirs], fit: Fit) -> Iterator[tuple[int, int]]:
    """Pairs that fit, the best first; equal ones by nearness in time, then as they stand in the file."""
    pairs = [
        (-likeness, abs((line.paid_on - payment.paid_on).days), line.line, payment.key)
        for line in theirs
        for payment in ours
        if (likeness := fit(payment, line))
    ]
    return ((line, key) for _likeness, _days, line, key in sorted(pairs))


def _in_time(payment: Ours, line: Theirs) -> bool:
    return payment.paid_on - EARLIEST <= line.paid_on <= payment.paid_on + LATEST


def _plain(name: str) -> str:
    return " ".join(sorted(_words(name)))


@lru_cache(maxsize=4096)
def _words(name: str) -> frozenset[str]:
    """The words that tell one group from another: no accents, apostrophes, articles or legal forms."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("'", "").replace("’", ""))
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    words = frozenset(re.findall(r"[a-z0-9]+", bare))
    return words - _EMPTY_WORDS or words


def _key(reference: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", reference.upper())
