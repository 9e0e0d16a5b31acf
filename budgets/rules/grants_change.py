"""What a grant in a file means for the journal, given what earlier files already booked for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from budgets.enums import EntryKind


@dataclass(frozen=True, slots=True)
class Movements:
    """Pence to book now. `unpaid` is above nought when the file takes back a payment, which is never guessed at."""

    commit: int = 0
    release: int = 0
    pay: int = 0
    unpaid: int = 0

    def __bool__(self) -> bool:
        return bool(self.commit or self.release or self.pay or self.unpaid)


def movements(booked: Iterable[tuple[str, int]], *, awarded_pence: int, paid_pence: int | None) -> Movements:
    """The difference between the file and the (kind, pence) entries that files have booked for this grant.

    Entries that people made by hand are not given here, so what an officer released or paid stays as it is until
    the file itself says something new. A file that does not say what was paid changes nothing about payments.
    """
    sums = dict.fromkeys(EntryKind.values, 0)
    for kind, amount in booked:
        sums[kind] += amount
    more = awarded_pence - (sums[EntryKind.COMMIT] - sums[EntryKind.RELEASE])
    pay = 0 if paid_pence is None else paid_pence - sums[EntryKind.PAY]
    return Movements(commit=max(more, 0), release=max(-more, 0), pay=max(pay, 0), unpaid=max(-pay, 0))
