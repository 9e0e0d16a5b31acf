"""Whether an award may be paid now, and by whom: from plain facts. docs/rules/payments.md holds both as tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from budgets.grants.enums import RunStatus, Status
from engage.kit.decisions import Allowed, Decision, Denied
from engage.kit.money import pounds


class Bank(StrEnum):
    """What is known of where a group's money goes. Details that were refused do not count."""

    NONE = "none"
    WAITING = "waiting"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Facts:
    """About one award. `run` is the number of the open run it is in; `blocks` are those nobody has overridden;
    `signers_wait` when somebody who signs for the group is not confirmed yet."""

    status: Status
    committed_pence: int
    bank: Bank
    printable: bool = True
    blocks: int = 0
    run: int | None = None
    signers_wait: bool = False

    def outside_a_run(self) -> Facts:
        """The same as if it were in none: for asking about what is in a run already."""
        return replace(self, run=None)

    def as_the_file_says(self) -> Facts:
        """The same, paid to the account in the bank file that was taken out, whatever was entered since."""
        return replace(self, run=None, bank=Bank.CONFIRMED, signers_wait=False)


def may_be_paid(facts: Facts) -> Decision:
    """Whether the award may go into a payment run; the reason is the first of all that stand against it."""
    sentence = next(_reasons_against(facts), None)
    return Allowed() if sentence is None else _not_now(sentence)


def _reasons_against(facts: Facts) -> Iterator[str]:
    if facts.run is not None:
        yield _("It is in payment run %(run)s already.") % {"run": facts.run}
    if facts.status != Status.AGREEMENT:
        yield (
            _("Its application is “%(status)s”. Only what the group has signed for is paid.")
            % {"status": facts.status.label}
        )
    if facts.committed_pence <= 0:
        yield _("Nothing is left to pay on it.")
    if facts.blocks:
        yield _("A check still blocks it. Override the block with a reason, or mend what it is about.")
    if facts.bank == Bank.NONE:
        yield _("The group has not given bank details. Ask them to enter them.")
    if facts.bank == Bank.WAITING:
        yield _("Its bank details are new. Somebody other than who entered them has to confirm them first.")
    if facts.signers_wait:
        yield _(
            "The group has named somebody new who signs for it. Somebody of the council confirms them first."
        )
    if not facts.printable:
        yield _(
            "The name on the account has no letter that a bank file can hold. Ask for it in Latin letters."
        )


@dataclass(frozen=True, slots=True)
class People:
    """Who did what with a run so far, by the number of their account; `groups` it pays, and those `mine` act for."""

    made_by: int
    approved_by: int | None = None
    groups: frozenset[int] = frozenset()
    mine: frozenset[int] = frozenset()


def may_approve(me: int, status: RunStatus, people: People) -> Decision:
    if status != RunStatus.DRAFT:
        return _moved_on(status)
    if me == people.made_by:
        return Denied(_("You made up this run, so somebody else must approve it. Ask a colleague."))
    return not_for_ones_own_group(people.groups & people.mine)


def may_pay(me: int, status: RunStatus, people: People) -> Decision:
    """Whether they may take the bank file out and record the run as paid: the third person."""
    if status == RunStatus.DRAFT:
        return Denied(_("This run is not approved yet. Ask a colleague who did not make it up."), status=409)
    if status != RunStatus.APPROVED:
        return _moved_on(status)
    if me in {people.made_by, people.approved_by}:
        return Denied(
            _("You made up or approved this run, so a third person must pay it. Ask another colleague.")
        )
    return not_for_ones_own_group(people.groups & people.mine)


def not_for_ones_own_group(groups: Collection[int]) -> Decision:
    if groups:
        return Denied(_("You act for a group that this money is for, so a colleague must do this."))
    return Allowed()


def _moved_on(status: RunStatus) -> Denied:
    return Denied(
        _("This run is “%(status)s” now. Reload the page to see what happened.") % {"status": status.label},
        status=409,
    )


def still_as_made(*, amount_pence: int, facts: Facts, same_bank: bool) -> Decision:
    """Whether a payment of an open run may go on: nothing that it was made up from has changed since."""
    if not same_bank:
        return _not_now(
            _(
                "The group has changed its bank details since the run was made up."
                " Take it out, and pay it once the new ones are confirmed."
            )
        )
    if facts.committed_pence != amount_pence:
        return _not_now(
            _(
                "%(left)s is left to pay on it now, not %(amount)s. Take it out, and pay what is left in a new run."
            )
            % {"left": pounds(facts.committed_pence), "amount": pounds(amount_pence)}
        )
    return may_be_paid(facts)


def _not_now(sentence: str) -> Denied:
    return Denied(sentence, status=409)
