"""The verbs of money: each locks its budgets, lets a pure rule decide, writes one entry, and records what happened.

Every verb takes the acting account as `by` (None for a command) and the moment as `at` (now when left out).
Amounts are whole pence. A verb that is denied raises `Refused` and leaves nothing behind. Verbs that move money
take a `key`: doing the same again with the same key answers what is already there and changes nothing.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from budgets import events
from budgets.enums import PHOTO_RENDITIONS, AwardStatus, EntryKind, OrganisationKind
from budgets.models import Award, Budget, Entry, Organisation, Outcome, Photo
from budgets.rules import awards, balances
from budgets.rules.balances import AwardBalance, Balance
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.audit.models import Source
from engage.councillors.models import Councillor
from engage.kit.decisions import Decision, Denied, Refused, require
from engage.kit.models import Theme
from engage.kit.refusals import Refusals, writing
from engage.places.models import Place
from ideas.models import Idea

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


# --- budgets ---------------------------------------------------------------------------------------------


def open_budget(
    *,
    year: int,
    place: Place,
    councillor: Councillor | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> Budget:
    """An empty budget for a councillor, or a fund of the whole place when there is no councillor.

    `year` is the calendar year in which the financial year starts. Refused (409) when there is one already.
    """
    with writing(REFUSALS):
        budget = Budget.objects.create(year=year, place=place, councillor=councillor)
        record(events.BUDGET_OPENED, subject=budget, actor=by, at=at, year=year)
    return budget


def allocate(
    *,
    budget: Budget,
    amount_pence: int,
    on: date,
    note: str = "",
    key: str | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> Entry:
    """Add money to a budget; a negative amount takes back what is still free."""
    with writing(REFUSALS):
        _lock(budget)
        if done := _already(key, EntryKind.ALLOCATE, amount_pence, budget=budget):
            return done
        require(balances.may_allocate(_balance(budget), amount_pence))
        entry = _post(budget, EntryKind.ALLOCATE, amount_pence, on=on, note=note, key=key, by=by)
        record(
            events.BUDGET_ALLOCATED,
            subject=budget,
            actor=by,
            at=at,
            entry=entry.pk,
            amount_pence=amount_pence,
        )
    return entry


def transfer(
    *,
    source: Budget,
    target: Budget,
    amount_pence: int,
    on: date,
    note: str = "",
    key: str | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> tuple[Entry, Entry]:
    """Move free money from one budget to another: one entry in each journal, both or neither."""
    key = key or _fresh_key(EntryKind.TRANSFER)
    with writing(REFUSALS):
        # Always in the order of their numbers, so that two opposite transfers cannot wait for each other.
        _lock(*sorted({source.pk: source, target.pk: target}.values(), key=lambda budget: budget.pk))
        out = _already(f"{key}:out", EntryKind.TRANSFER, -amount_pence, budget=source)
        into = _already(f"{key}:in", EntryKind.TRANSFER, amount_pence, budget=target)
        if out and into:
            return out, into
        same = source.pk == target.pk
        require(balances.may_transfer(_balance(source), amount_pence, same_budget=same))
        out = _post(
            source,
            EntryKind.TRANSFER,
            -amount_pence,
            on=on,
            note=note,
            key=f"{key}:out",
            by=by,
            counterpart=target,
        )
        into = _post(
            target,
            EntryKind.TRANSFER,
            amount_pence,
            on=on,
            note=note,
            key=f"{key}:in",
            by=by,
            counterpart=source,
        )
        record(
            events.BUDGET_TRANSFERRED,
            subject=source,
            actor=by,
            at=at,
            target=target.pk,
            amount_pence=amount_pence,
        )
    return out, into


# --- awards ----------------------------------------------------------------------------------------------


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
        _lock(budget)
        if done := _already(key, EntryKind.COMMIT, amount_pence, budget=budget):
            return Award.objects.get(entries=done)
        require(awards.may_commit(_balance(budget), amount_pence))
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
        entry = _post(
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


# --- what became of it -----------------------------------------------------------------------------------


def report_outcome(
    *,
    award: Award,
    measure: str,
    on: date,
    forecast: int | None = None,
    actual: int | None = None,
    story: str = "",
    by: Account | None,
    at: datetime | None = None,
) -> Outcome:
    """Publish what the money did: a number, a story, or both. Refused (409) when the measure is there already."""
    with writing(REFUSALS):
        _lock_award(award)
        outcome = Outcome.objects.create(
            award=award,
            measure=measure,
            forecast=forecast,
            actual=actual,
            story=story,
            reported_on=on,
        )
        _restate(award)
        record(events.OUTCOME_REPORTED, subject=award, actor=by, at=at, outcome=outcome.pk)
    return outcome


def correct_outcome(
    *,
    outcome: Outcome,
    measure: str,
    on: date,
    forecast: int | None = None,
    actual: int | None = None,
    story: str = "",
    by: Account | None,
    at: datetime | None = None,
) -> Outcome:
    """Replace what was reported; the record keeps the numbers from before."""
    with writing(REFUSALS):
        before = {"measure": outcome.measure, "forecast": outcome.forecast, "actual": outcome.actual}
        outcome.measure, outcome.forecast, outcome.actual = measure, forecast, actual
        outcome.story, outcome.reported_on = story, on
        outcome.save(update_fields=["measure", "forecast", "actual", "story", "reported_on"])
        record(
            events.OUTCOME_CORRECTED,
            subject=outcome.award,
            actor=by,
            at=at,
            outcome=outcome.pk,
            before=before,
        )
    return outcome


def add_photo(
    *,
    award: Award,
    alt: str,
    image: AbstractImage | None = None,
    file: Any = None,
    caption: str = "",
    by: Account | None,
    at: datetime | None = None,
) -> Photo:
    """Show a picture on the award's page: one from the library (`image`), or an uploaded `file`.

    The file must be clean already (`engage.kit.uploads.PictureField`); a file without `alt` is refused.
    The sizes that pages show are drawn now, so that no visitor waits for them.
    """
    if not alt.strip():
        raise Refused(
            Denied(_("Say what the picture shows, for people who cannot see it."), status=422, field="alt")
        )
    with writing(REFUSALS):
        if image is None:
            image = get_image_model().objects.create(
                title=(caption or alt)[:255], description=alt[:255], file=file, uploaded_by_user=by
            )
        image.get_renditions(*PHOTO_RENDITIONS)
        photo = Photo.objects.create(award=award, image=image, alt=alt, caption=caption)
        record(events.PHOTO_ADDED, subject=award, actor=by, at=at, photo=photo.pk)
    return photo


def remove_photo(*, photo: Photo, by: Account | None, at: datetime | None = None) -> None:
    """Take a picture off the award's page. It stays in the picture library, where editors can delete it."""
    with writing(REFUSALS):
        record(events.PHOTO_REMOVED, subject=photo.award, actor=by, at=at, photo=photo.pk)
        photo.delete()


# --- organisations ---------------------------------------------------------------------------------------


def register_organisation(
    *,
    name: str,
    kind: str = OrganisationKind.GROUP,
    identifier: str = "",
    charity_number: str = "",
    company_number: str = "",
    postcode: str = "",
    website: str = "",
    by: Account | None,
    at: datetime | None = None,
) -> Organisation:
    """A group that money can be awarded to; without an org-id it gets one made here. Refused (409) when known."""
    with writing(REFUSALS):
        organisation = Organisation.objects.create(
            name=name,
            kind=kind,
            identifier=identifier or _org_id(charity_number, company_number),
            charity_number=charity_number,
            company_number=company_number,
            postcode=postcode,
            website=website,
        )
        record(events.ORGANISATION_REGISTERED, subject=organisation, actor=by, at=at)
    return organisation


def change_organisation(
    *, organisation: Organisation, by: Account | None, at: datetime | None = None, **fields: str
) -> Organisation:
    """Mend what is known about a group: any of its fields but the identifier."""
    with writing(REFUSALS):
        changed = [name for name, value in fields.items() if getattr(organisation, name) != value]
        for name in changed:
            setattr(organisation, name, fields[name])
        organisation.save(update_fields=changed)
        record(events.ORGANISATION_CHANGED, subject=organisation, actor=by, at=at, fields=changed)
    return organisation


# --- the books -------------------------------------------------------------------------------------------


def record_books_check(
    *, entries: int, budgets: int, problems: Sequence[str], by: Account | None, at: datetime | None = None
) -> None:
    """Write down that every balance was added up again, up to the last entry, and what did not add up."""
    with writing(REFUSALS):
        last = Entry.objects.order_by("pk").last()
        if last is not None:
            record(
                events.LEDGER_CHECKED,
                subject=last,
                actor=by,
                at=at,
                entries=entries,
                budgets=budgets,
                problems=list(problems),
            )


# --- how ----------------------------------------------------------------------------------------------------


def _lock(*budgets: Budget) -> None:
    """Hold the budgets and read their balances afresh, in the order given."""
    for budget in budgets:
        budget.refresh_from_db(
            fields=["allocated_pence", "committed_pence", "spent_pence", "remaining_pence"],
            from_queryset=Budget.objects.select_for_update(),
        )


def _lock_award(award: Award) -> None:
    """The budget first, as the entry's trigger does, so that no two verbs can wait for each other."""
    Budget.objects.select_for_update().get(pk=award.budget_id)
    award.refresh_from_db(
        fields=["awarded_pence", "committed_pence", "spent_pence"],
        from_queryset=Award.objects.select_for_update(),
    )


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
        _lock_award(award)
        if done := _already(key, kind, amount_pence, award=award):
            return done
        decision: Decision = decide(_award_balance(award), amount_pence)
        require(decision)
        entry = _post(award.budget, kind, amount_pence, on=on, note=note, key=key, by=by, award=award)
        _restate(award)
        record(event, subject=award, actor=by, at=at, entry=entry.pk, amount_pence=amount_pence)
    return entry


def _post(
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
        key=key or _fresh_key(kind),
        recorded_by=by,
    )
    entry.refresh_from_db(fields=["sequence", "previous_hash", "hash"])
    balances_moved = ["allocated_pence", "committed_pence", "spent_pence", "remaining_pence"]
    budget.refresh_from_db(fields=[*balances_moved, "entries_count", "head_hash"])
    if award:
        award.refresh_from_db(fields=["awarded_pence", "committed_pence", "spent_pence"])
    return entry


def _already(key: str | None, kind: EntryKind, amount_pence: int, **home: Any) -> Entry | None:
    """The entry that this key stands for; refused when it stands for something else."""
    entry = Entry.objects.filter(key=key).first() if key else None
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


def _restate(award: Award) -> None:
    """Let the rule name the award's status after its balances or its reports have changed."""
    reported = award.outcomes.exists()
    status: AwardStatus = awards.status_of(_award_balance(award), reported=reported)
    if award.status != status:
        award.status = status
        award.save(update_fields=["status"])


def _balance(budget: Budget) -> Balance:
    return Balance(
        allocated=budget.allocated_pence, committed=budget.committed_pence, spent=budget.spent_pence
    )


def _award_balance(award: Award) -> AwardBalance:
    return AwardBalance(awarded=award.awarded_pence, committed=award.committed_pence, spent=award.spent_pence)


def _fresh_key(kind: EntryKind) -> str:
    return f"{kind}:{uuid4().hex}"


def _org_id(charity_number: str, company_number: str) -> str:
    """An org-id by the public register's scheme, or one of our own for groups that are in no register."""
    if charity_number:
        return f"GB-CHC-{charity_number}"
    if company_number:
        return f"GB-COH-{company_number}"
    return f"ENGAGE-{uuid4().hex[:12].upper()}"
