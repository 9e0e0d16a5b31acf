"""Verbs that keep who the councillors are and whom they serve.

`by` is the acting account, None for a command of the operator; `at` is the moment, now when left out.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import slugify
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage

from engage.accounts.models import Account
from engage.audit.actions import record
from engage.councillors import events
from engage.councillors.models import Councillor, PreElection, Term
from engage.councillors.permissions import may_keep_councillors, may_keep_pre_elections, may_promote_on
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import Refusals, writing
from engage.places.models import Place

REFUSALS: Refusals = {
    "term_ends_after_it_starts": (_("The term must end after it starts."), 422, "ends_on"),
    "term_once_at_a_time": (
        _("This councillor already serves for this place at that time. Change that term instead."),
        409,
        "place",
    ),
    "councillors_councillor_account_id_key": (
        _("This account already belongs to another councillor. Choose another account."),
        409,
        "account",
    ),
    "pre_election_ends_after_start": (_("It cannot end before it starts."), 422, "ends_on"),
    "pre_elections_do_not_overlap": (
        _("Another pre-election period covers some of these days. Change that one instead."),
        409,
        "starts_on",
    ),
}


def save_councillor(
    *,
    by: Account | None,
    name: str,
    councillor: Councillor | None = None,
    group: str = "",
    email: str = "",
    portrait: AbstractImage | None = None,
    statement: str = "",
    account: Account | None = None,
    slug: str = "",
    at: datetime | None = None,
) -> Councillor:
    """Add a councillor, or make `councillor` be as said. A new one without `slug` gets one from the name.

    New words and pictures of themselves are refused (409) to staff before an election.
    """
    require(may_keep_councillors(by))
    facts: dict[str, Any] = {
        "name": name,
        "group": group,
        "email": email,
        "portrait": portrait,
        "statement": statement,
        "account": account,
    }
    if slug or councillor is None:
        facts["slug"] = slug or _free_slug(name)
    if by is not None and _promotes(councillor, facts):
        require(may_promote_on(localdate(at or now())))
    with writing(REFUSALS):
        if councillor is None:
            saved = Councillor.objects.create(**facts)
            record(events.COUNCILLOR_ADDED, subject=saved, actor=by, at=at)
            return saved
        saved = Councillor.objects.select_for_update(of=("self",)).get(pk=councillor.pk)
        changed = _change(saved, facts)
        if changed:
            record(events.COUNCILLOR_CHANGED, subject=saved, actor=by, at=at, fields=changed)
    return saved


def remove_councillor(*, councillor: Councillor, by: Account | None, at: datetime | None = None) -> None:
    """Take back a councillor entered by mistake, with their terms. Refused when money has their name on it."""
    require(may_keep_councillors(by))
    with transaction.atomic():
        record(events.COUNCILLOR_REMOVED, subject=councillor, actor=by, at=at)
        try:
            councillor.delete()
        except ProtectedError as error:
            sentence = _("This councillor has budgets, which stay published. End their terms instead.")
            raise Refused(Denied(sentence, status=409)) from error


def save_term(
    *,
    by: Account | None,
    councillor: Councillor,
    place: Place,
    starts_on: date,
    ends_on: date | None = None,
    term: Term | None = None,
    at: datetime | None = None,
) -> Term:
    """Add a term, or make `term` be as said. Both dates are included; no end while it runs."""
    require(may_keep_councillors(by))
    facts = {"councillor": councillor, "place": place, "starts_on": starts_on, "ends_on": ends_on}
    with writing(REFUSALS):
        if term is None:
            saved = Term.objects.create(**facts)
            record(events.TERM_ADDED, subject=saved, actor=by, at=at)
            return saved
        saved = Term.objects.select_related("councillor", "place").get(pk=term.pk)
        changed = _change(saved, facts)
        if changed:
            record(events.TERM_CHANGED, subject=saved, actor=by, at=at, fields=changed)
    return saved


def remove_term(*, term: Term, by: Account | None, at: datetime | None = None) -> None:
    """Take back a term entered by mistake."""
    require(may_keep_councillors(by))
    with transaction.atomic():
        record(events.TERM_REMOVED, subject=term, actor=by, at=at, councillor=term.councillor_id)
        term.delete()


def save_pre_election(
    *,
    by: Account | None,
    name: str,
    starts_on: date,
    ends_on: date,
    period: PreElection | None = None,
    at: datetime | None = None,
) -> PreElection:
    """Add the weeks before an election, or make `period` be as said. Both dates are included."""
    require(may_keep_pre_elections(by))
    facts = {"name": name, "starts_on": starts_on, "ends_on": ends_on}
    with writing(REFUSALS):
        if period is None:
            saved = PreElection.objects.create(**facts)
            record(events.PRE_ELECTION_ADDED, subject=saved, actor=by, at=at, **_days(saved))
            return saved
        saved = PreElection.objects.select_for_update().get(pk=period.pk)
        before = _days(saved)
        if changed := _change(saved, facts):
            record(events.PRE_ELECTION_CHANGED, subject=saved, actor=by, at=at, fields=changed, before=before)
    return saved


def remove_pre_election(*, period: PreElection, by: Account | None, at: datetime | None = None) -> None:
    """Take back a period entered by mistake."""
    require(may_keep_pre_elections(by))
    with transaction.atomic():
        record(events.PRE_ELECTION_REMOVED, subject=period, actor=by, at=at, **_days(period))
        period.delete()


def _promotes(councillor: Councillor | None, facts: dict[str, Any]) -> bool:
    """Whether there are new words or a new picture; taking one away promotes nobody."""
    return any(
        facts[name] and facts[name] != getattr(councillor, name, None) for name in ("statement", "portrait")
    )


def _days(period: PreElection) -> dict[str, str]:
    return {"from": period.starts_on.isoformat(), "to": period.ends_on.isoformat()}


def _change(thing: Councillor | Term | PreElection, facts: dict[str, Any]) -> list[str]:
    """Write what differs; answers the names of those fields."""
    changed = [name for name, value in facts.items() if getattr(thing, name) != value]
    for name in changed:
        setattr(thing, name, facts[name])
    if changed:
        thing.save(update_fields=changed)
    return changed


def _free_slug(name: str) -> str:
    """`alex-example`, else `alex-example-2` and so on."""
    stem = slugify(name)[:100] or "councillor"
    taken = set(Councillor.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)
