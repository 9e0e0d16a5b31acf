"""What the verbs of money have in common: their refusals, locks, and the one way to write an entry."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db.models import Model
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from budgets.enums import AwardStatus, EntryKind
from budgets.models import Award, Budget, Entry
from budgets.rules import awards
from budgets.rules.balances import AwardBalance, Balance
from engage.accounts.models import Account
from engage.councillors.permissions import may_promote_on
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import Refusals

REFUSALS: Refusals = {
    "budget_not_overspent": (_("This is more than is left in the budget."), 409, "amount"),
    "award_not_paid_beyond_commitment": (_("This is more than is left to pay on the award."), 409, "amount"),
    "award_not_refunded_beyond_payment": (_("This is more than was paid on the award."), 409, "amount"),
    "entry_amount_fits_kind": (_("Enter an amount above £0."), 422, "amount"),
    "entry_award_of_this_budget": (
        _("This award belongs to another budget. Start again from the award."),
        409,
        None,
    ),
    "transfer_keeps_to_the_scheme": (
        _("Groups apply for the money of this budget. It moves only to another budget for which they apply."),
        409,
        "target",
    ),
    "entry_key_once": (
        _("This was recorded a moment ago. Look at the journal before you record it again."),
        409,
        None,
    ),
    "entry_key_has_no_bar": (_("A key cannot contain the sign “|”. Choose another key."), 422, "key"),
    "budget_once_per_councillor_and_year": (
        _("This councillor already has a budget for that year. Allocate money to that one instead."),
        409,
        "councillor",
    ),
    "budget_once_per_place_and_year": (
        _("This place already has a fund for that year. Allocate money to that one instead."),
        409,
        "place",
    ),
    "budgets_award_reference_key": (
        _("Another award already has this reference. Check whether it was recorded before."),
        409,
        "reference",
    ),
    "budgets_organisation_identifier_key": (
        _("An organisation with this number is already in the list. Choose it there."),
        409,
        "identifier",
    ),
    "outcome_measure_once": (
        _("This measure is already reported for this award. Correct that one instead."),
        409,
        "measure",
    ),
    "outcome_says_something": (
        _("Give the actual number, or say in words what changed."),
        422,
        "actual",
    ),
}


def lock(*budgets: Budget) -> None:
    """Hold the budgets and read their balances afresh, in the order given."""
    for budget in budgets:
        budget.refresh_from_db(
            fields=["allocated_pence", "committed_pence", "spent_pence", "remaining_pence"],
            from_queryset=Budget.objects.select_for_update(),
        )


def lock_award(award: Award) -> None:
    """The budget first, as the entry's trigger does, so that no two verbs can wait for each other."""
    Budget.objects.select_for_update().get(pk=award.budget_id)
    award.refresh_from_db(
        fields=["awarded_pence", "committed_pence", "spent_pence"],
        from_queryset=Award.objects.select_for_update(),
    )


def post(
    budget: Budget,
    kind: EntryKind,
    amount_pence: int,
    *,
    on: date,
    note: str,
    key: str | None,
    by: Account | None,
    award: Award | None = None,
    counterpart: Budget | None = None,
) -> Entry:
    """Insert the entry; the database moves the balances, which are then read back into `budget` and `award`."""
    entry = Entry.objects.create(
        budget=budget,
        award=award,
        counterpart=counterpart,
        kind=kind,
        amount_pence=amount_pence,
        posted_on=on,
        note=note,
        key=key or fresh_key(kind),
        recorded_by=by,
    )
    _read_back(entry, budget, award)
    return entry


WRITTEN = ("sequence", "previous_hash", "hash")
OF_A_BUDGET = (
    "allocated_pence",
    "committed_pence",
    "spent_pence",
    "remaining_pence",
    "entries_count",
    "head_hash",
)
OF_AN_AWARD = ("awarded_pence", "committed_pence", "spent_pence")


def _read_back(entry: Entry, budget: Budget, award: Award | None) -> None:
    """What the database has written of the entry, and moved in its budget and award: in one statement."""
    things: list[tuple[str, Model, tuple[str, ...]]] = [
        ("", entry, WRITTEN),
        ("budget__", budget, OF_A_BUDGET),
    ]
    if award:
        things.append(("award__", award, OF_AN_AWARD))
    names = [f"{of}{name}" for of, _thing, fields in things for name in fields]
    row = iter(Entry.objects.values_list(*names).get(pk=entry.pk))
    for _of, thing, fields in things:
        for name in fields:
            setattr(thing, name, next(row))


def already(key: str | None, kind: EntryKind, amount_pence: int, **home: Any) -> Entry | None:
    """The entry that this key stands for; refused when it stands for something else."""
    entry = Entry.objects.filter(key=key).order_by("pk").first() if key else None
    if entry is None:
        return None
    same_home = all(getattr(entry, f"{name}_id") == thing.pk for name, thing in home.items())
    if (entry.kind, entry.amount_pence) != (kind, amount_pence) or not same_home:
        raise Refused(
            Denied(
                _("This key already stands for another entry. Reload the page and try again."),
                status=409,
                field="key",
            )
        )
    return entry


type Told = Callable[[Award], bool]

_told: list[Told] = []


def tells_results(rule: Told) -> Told:
    """Decorator: a higher app says here which awards' results are told with another award's."""
    _told.append(rule)
    return rule


def restate(award: Award) -> None:
    """Let the rule name the award's status after its balances or its reports have changed."""
    reported = award.outcomes.exists() or any(rule(award) for rule in _told)
    status: AwardStatus = awards.status_of(award_balance(award), reported=reported)
    if award.status != status:
        award.status = status
        award.save(update_fields=["status"])


def balance(budget: Budget) -> Balance:
    return Balance(
        allocated=budget.allocated_pence, committed=budget.committed_pence, spent=budget.spent_pence
    )


def award_balance(award: Award) -> AwardBalance:
    return AwardBalance(awarded=award.awarded_pence, committed=award.committed_pence, spent=award.spent_pence)


def fresh_key(kind: EntryKind) -> str:
    return f"{kind}:{uuid4().hex}"


def not_before_an_election(by: Account | None, at: datetime | None) -> None:
    """Asked by every verb that publishes what money achieved. `by` None is what was published elsewhere: let in."""
    if by is not None:
        require(may_promote_on(localdate(at or now())))
