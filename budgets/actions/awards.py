"""Awards: promised, paid, raised, released, refunded, and their words mended."""

from datetime import date, datetime
from typing import Any

from budgets import events
from budgets.actions.common import REFUSALS, already, award_balance, balance, lock, lock_award, post, restate
from budgets.enums import EntryKind
from budgets.models import Award, Budget, Entry, Organisation
from budgets.rules import awards
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.audit.models import Source
from engage.kit.decisions import Decision, require
from engage.kit.models import Theme
from engage.kit.refusals import writing
from engage.places.models import Place
from ideas.models import Idea


def commit_award(
    *,
    budget: Budget,
    organisation: Organisation,
    title: str,
    purpose: str,
    amount_pence: int,
    decided_on: date,
    place: Place | None = None,
    theme: Theme | None = None,
    idea: Idea | None = None,
    decided_by: str = "",
    reason: str = "",
    reference: str | None = None,
    source: Source | None = None,
    note: str = "",
    key: str | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> Award:
    """Promise money to an organisation: creates the award and its commitment together.

    `place` is who benefits (the budget's own place when left out); `reference` is unique among awards.
    """
    with writing(REFUSALS):
        lock(budget)
        if done := already(key, EntryKind.COMMIT, amount_pence, budget=budget):
            return Award.objects.get(entries=done)
        require(awards.may_commit(balance(budget), amount_pence))
        award = Award.objects.create(
            budget=budget,
            organisation=organisation,
            title=title,
            purpose=purpose,
            theme=theme,
            place=place or budget.place,
            idea=idea,
            reference=reference or None,
            source=source,
            decided_on=decided_on,
            decided_by=decided_by,
            reason=reason,
        )
        entry = post(
            budget,
            EntryKind.COMMIT,
            amount_pence,
            on=decided_on,
            note=note,
            key=key,
            by=by,
            award=award,
        )
        record(
            events.AWARD_COMMITTED, subject=award, actor=by, at=at, entry=entry.pk, amount_pence=amount_pence
        )
    return award


def pay_award(
    *,
    award: Award,
    amount_pence: int,
    on: date,
    note: str = "",
    key: str | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> Entry:
    """Money that was promised has left the council."""
    return _move(
        award,
        EntryKind.PAY,
        awards.may_pay,
        events.AWARD_PAID,
        amount_pence=amount_pence,
        on=on,
        note=note,
        key=key,
        by=by,
        at=at,
    )


def release_award(
    *,
    award: Award,
    amount_pence: int,
    on: date,
    note: str = "",
    key: str | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> Entry:
    """Money that was promised will not be paid: it is free in its budget again."""
    return _move(
        award,
        EntryKind.RELEASE,
        awards.may_release,
        events.AWARD_RELEASED,
        amount_pence=amount_pence,
        on=on,
        note=note,
        key=key,
        by=by,
        at=at,
    )


def raise_award(
    *,
    award: Award,
    amount_pence: int,
    on: date,
    note: str = "",
    key: str | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> Entry:
    """Promise more money on an award; the database refuses what the budget does not have."""
    return _move(
        award,
        EntryKind.COMMIT,
        awards.may_raise,
        events.AWARD_COMMITTED,
        amount_pence=amount_pence,
        on=on,
        note=note,
        key=key,
        by=by,
        at=at,
    )


def refund_award(
    *,
    award: Award,
    amount_pence: int,
    on: date,
    note: str = "",
    key: str | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> Entry:
    """Money that was paid has come back: it is free in its budget again."""
    return _move(
        award,
        EntryKind.REFUND,
        awards.may_refund,
        events.AWARD_REFUNDED,
        amount_pence=amount_pence,
        on=on,
        note=note,
        key=key,
        by=by,
        at=at,
    )


def correct_award(
    *,
    award: Award,
    title: str,
    purpose: str,
    theme: Theme | None,
    decided_by: str,
    reason: str,
    by: Account | None,
    at: datetime | None = None,
) -> Award:
    """Mend the words of an award. Its money, its date and who receives it stay as they were decided."""
    with writing(REFUSALS):
        fields = {
            "title": title,
            "purpose": purpose,
            "theme": theme,
            "decided_by": decided_by,
            "reason": reason,
        }
        changed = [name for name, value in fields.items() if getattr(award, name) != value]
        for name in changed:
            setattr(award, name, fields[name])
        award.save(update_fields=changed)
        record(events.AWARD_CORRECTED, subject=award, actor=by, at=at, fields=changed)
    return award


def _move(
    award: Award,
    kind: EntryKind,
    decide: Any,
    event: str,
    *,
    amount_pence: int,
    on: date,
    note: str,
    key: str | None,
    by: Account | None,
    at: datetime | None,
) -> Entry:
    """Pay, release or refund: the same steps with another rule."""
    with writing(REFUSALS):
        lock_award(award)
        if done := already(key, kind, amount_pence, award=award):
            return done
        decision: Decision = decide(award_balance(award), amount_pence)
        require(decision)
        entry = post(award.budget, kind, amount_pence, on=on, note=note, key=key, by=by, award=award)
        restate(award)
        record(event, subject=award, actor=by, at=at, entry=entry.pk, amount_pence=amount_pence)
    return entry
