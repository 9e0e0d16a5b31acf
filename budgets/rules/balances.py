"""What each kind of entry does to a budget and to its award: one readable table.

The database trigger `entry_posts` does the same arithmetic when an entry is inserted. docs/rules/money.md prints
this table in prose, and the tests hold prose, table and trigger to each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from budgets.enums import EntryKind
from engage.kit.decisions import Allowed, Decision, Denied
from engage.kit.money import pounds


@dataclass(frozen=True, slots=True)
class Effect:
    """What one penny of an entry does to each balance: adds it (+1), takes it away (−1), leaves it alone (0)."""

    allocated: int = 0
    awarded: int = 0
    committed: int = 0
    spent: int = 0


EFFECTS: Mapping[str, Effect] = {
    EntryKind.ALLOCATE: Effect(allocated=+1),
    EntryKind.TRANSFER: Effect(allocated=+1),
    EntryKind.COMMIT: Effect(awarded=+1, committed=+1),
    EntryKind.RELEASE: Effect(committed=-1),
    EntryKind.PAY: Effect(committed=-1, spent=+1),
    EntryKind.REFUND: Effect(spent=-1),
}


@dataclass(frozen=True, slots=True)
class Balance:
    """A budget's balances in whole pence."""

    allocated: int = 0
    committed: int = 0
    spent: int = 0

    @property
    def remaining(self) -> int:
        return self.allocated - self.committed - self.spent

    @property
    def sound(self) -> bool:
        """Whether the database would accept these balances."""
        return min(self.committed, self.spent, self.remaining) >= 0

    def after(self, kind: str, amount: int) -> Balance:
        effect = EFFECTS[kind]
        return Balance(
            allocated=self.allocated + effect.allocated * amount,
            committed=self.committed + effect.committed * amount,
            spent=self.spent + effect.spent * amount,
        )


@dataclass(frozen=True, slots=True)
class AwardBalance:
    """An award's balances in whole pence: awarded = committed + spent + returned."""

    awarded: int = 0
    committed: int = 0
    spent: int = 0

    @property
    def returned(self) -> int:
        """What went back to the budget: released before it was paid, or refunded after."""
        return self.awarded - self.committed - self.spent

    @property
    def sound(self) -> bool:
        return min(self.committed, self.spent, self.returned) >= 0

    def after(self, kind: str, amount: int) -> AwardBalance:
        effect = EFFECTS[kind]
        return AwardBalance(
            awarded=self.awarded + effect.awarded * amount,
            committed=self.committed + effect.committed * amount,
            spent=self.spent + effect.spent * amount,
        )


def add_up(entries: Iterable[tuple[str, int]]) -> Balance:
    """The balance that a journal of (kind, pence) leads to."""
    balance = Balance()
    for kind, amount in entries:
        balance = balance.after(kind, amount)
    return balance


def add_up_award(entries: Iterable[tuple[str, int]]) -> AwardBalance:
    """The balance that an award's own entries lead to."""
    balance = AwardBalance()
    for kind, amount in entries:
        balance = balance.after(kind, amount)
    return balance


def may_allocate(budget: Balance, amount: int) -> Decision:
    """A negative amount takes back what is still free, never what is promised or paid."""
    if amount == 0:
        return Denied(_("Enter the amount to add, or to take back."), status=422, field="amount")
    if -amount > budget.remaining:
        return Denied(
            _(
                "You cannot take back %(amount)s: that is %(over)s more than is left (%(left)s)."
                " Take back %(left)s or less."
            )
            % _amounts(-amount, budget.remaining),
            status=422,
            field="amount",
        )
    return Allowed()


def may_transfer(source: Balance, amount: int, *, same_budget: bool) -> Decision:
    if same_budget:
        return Denied(
            _("Choose two different budgets: money cannot move from a budget to itself."),
            status=422,
            field="target",
        )
    if amount <= 0:
        return Denied(_("Enter an amount above £0."), status=422, field="amount")
    if amount > source.remaining:
        return Denied(
            _(
                "You cannot transfer %(amount)s: that is %(over)s more than is left (%(left)s)."
                " Transfer %(left)s or less."
            )
            % _amounts(amount, source.remaining),
            status=422,
            field="amount",
        )
    return Allowed()


def _amounts(amount: int, left: int) -> dict[str, str]:
    return {"amount": pounds(amount), "over": pounds(amount - left), "left": pounds(left)}


def per_head(pence: int, heads: int) -> int:
    """Pence for each of `heads` people, rounded to the nearest penny, halves up. `heads` is at least 1."""
    return (2 * pence + heads) // (2 * heads)
