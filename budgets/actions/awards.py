"""Awards: promised, paid, raised, released, refunded, and their words mended."""

from datetime import date, datetime
from typing import Any, Required, TypedDict, Unpack

from budgets import events
from budgets.actions.common import REFUSALS, already, award_balance, balance, lock, lock_award, post, restate
from budgets.enums import EntryKind
from budgets.models import Award, Budget, Entry, Organisation
from budgets.permissions import given_by_hand
from budgets.rules import awards
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.audit.models import Source
from engage.councillors.permissions import may_decide_on
from engage.kit.decisions import Decision, require
from engage.kit.models import Theme
from engage.kit.refusals import writing
from engage.places.models import Place
from ideas.models import Idea


class AwardFacts(TypedDict, total=False):
    """What an award says of itself.

    `place` is who benefits (the budget's own place when left out); `reference` is unique among awards.
    """

    budget: Required[Budget]
    organisation: Required[Organisation]
    title: Required[str]
    purpose: Required[str]
    decided_on: Required[date]
    decided_by: str
    reason: str
    place: Place | None
    theme: Theme | None
    idea: Idea | None
    reference: str | None
    source: Source | None


def record_award(
    *, amount_pence: int, key: str | None = None, by: Account | None, **said: Unpack[AwardFacts]
) -> Award:
    """An officer records by hand what was decided. Refused for a budget whose money an app above gives by its steps,
    and of a day before an election on which nothing was decided; `by` None is what was decided elsewhere."""
    require(given_by_hand(said["budget"]))
    if by is not None:
        require(may_decide_on(said["decided_on"]))
    return commit_award(amount_pence=amount_pence, key=key, by=by, **said)


def commit_award(
    *,
    amount_pence: int,
    note: str = "",
    key: str | None = None,
    by: Account | None,
    at: datetime | None = None,
    **said: Unpack[AwardFacts],
) -> Award:
    """Promise money to an organisation: creates the award and its commitment together."""
    budget = said["budget"]
    with writing(REFUSALS):
        lock(budget)
        if done := already(key, EntryKind.COMMIT, amount_pence, budget=budget):
            return Award.objects.get(entries=done)
        require(awards.may_commit(balance(budget), amount_pence))
        award = _create(said)
        kind, on = EntryKind.COMMIT, award.decided_on
        entry = post(budget, kind, amount_pence, on=on, note=note, key=key, by=by, award=award)
        record(
            events.AWARD_COMMITTED, subject=award, actor=by, at=at, entry=entry.pk, amount_pence=amount_pence
        )
    return award


def _create(said: AwardFacts) -> Award:
    facts: dict[str, Any] = {**said}
    facts["place"] = said.get("place") or said["budget"].place
    facts["reference"] = said.get("reference") or None
    return Award.objects.create(**facts)


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
