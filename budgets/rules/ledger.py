"""Whether a budget's books are right: balances, awards, transfers and the chain, from the journal alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from budgets.enums import EntryKind
from budgets.rules.awards import status_of
from budgets.rules.balances import AwardBalance, Balance, add_up, add_up_award
from budgets.rules.chain import Link, first_break
from engage.kit.money import pounds


@dataclass(frozen=True, slots=True)
class AwardBooks:
    """One award as the database has it."""

    award_id: int
    balance: AwardBalance
    status: str
    reported: bool


@dataclass(frozen=True, slots=True)
class BudgetBooks:
    """One budget as the database has it. `links` are its entries by number; `mirrors` the amounts that other
    budgets' transfers say were exchanged with this one.
    """

    name: str
    balance: Balance
    entries_count: int
    head_hash: str
    links: Sequence[Link]
    awards: Sequence[AwardBooks]
    mirrors: Sequence[int]


def what_is_wrong(books: BudgetBooks) -> list[str]:
    """Sentences for the operator, each naming the budget; none when the books are right."""
    return [f"{books.name}: {problem}" for problem in _problems(books)]


def _problems(books: BudgetBooks) -> list[str]:
    found = []
    broken = first_break(books.links, count=books.entries_count, head=books.head_hash)
    if broken:
        found.append(f"the chain is broken, {broken}")
    found += _unlike("budget", add_up((link.kind, link.amount_pence) for link in books.links), books.balance)
    if not books.balance.sound:
        found.append("a balance is below nought")
    if Counter(-amount for amount in books.mirrors) != Counter(
        link.amount_pence for link in books.links if link.kind == EntryKind.TRANSFER
    ):
        found.append("its transfers do not match those of the other budgets")
    for award in books.awards:
        found += _award_problems(award, books.links)
    return found


def _award_problems(award: AwardBooks, links: Sequence[Link]) -> list[str]:
    name = f"award {award.award_id}"
    own = add_up_award((link.kind, link.amount_pence) for link in links if link.award_id == award.award_id)
    found = _unlike(name, own, award.balance)
    if not award.balance.sound:
        found.append(f"{name}: a balance is below nought")
    status = status_of(award.balance, reported=award.reported)
    if award.status != status:
        found.append(f"{name}: its status is {award.status}, its entries say {status}")
    return found


def _unlike[Books: (Balance, AwardBalance)](name: str, journal: Books, stored: Books) -> list[str]:
    """Every balance where the journal and the stored figure differ."""
    return [
        f"{name}: {field} is {pounds(getattr(stored, field))}, the journal adds up to"
        f" {pounds(getattr(journal, field))}"
        for field in type(journal).__dataclass_fields__
        if getattr(journal, field) != getattr(stored, field)
    ]
