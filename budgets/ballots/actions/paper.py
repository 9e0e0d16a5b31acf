"""Votes on paper, in batches: voters are marked on the roll; then their envelopes are opened together, the papers are
mixed, and each is entered by two people.

Nobody enters a paper and sees whose it is. What is entered is sealed at once, and put into the box when the batch is
reconciled, all of it together.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from random import SystemRandom
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from budgets.ballots import events
from budgets.ballots.actions.cast import envelopes, insert, require_valid
from budgets.ballots.actions.common import BALLOT_REFUSALS, hold, require_phase, wait_for_closing
from budgets.ballots.enums import Channel, Invalid, Kind, Phase
from budgets.ballots.models import Ballot, BallotVersion, Paper, PaperBatch, RollEntry
from budgets.ballots.permissions import may_enter_paper
from budgets.ballots.queries import (
    Ticket,
    phase_of,
    secret_of,
    sheet_for,
    sheet_of,
    still_good,
    version_of,
)
from budgets.ballots.rules import marks as made
from budgets.ballots.rules.envelope import NONCE, seal, thickness, unseal
from budgets.ballots.rules.sheet import Sheet, document_of, read
from budgets.ballots.rules.small import FEW_PAPERS
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import writing
from engage.kit.words import words_of
from engage.places.models import Place

WHILE_PAPER_COMES_IN = {Phase.VOTING, Phase.ENDED}


def start_paper_batch(*, ballot: Ballot, name: str, place: Place, by: Account, at: datetime) -> PaperBatch:
    """A bundle of envelopes from one place; until the ballot is closed, so also after voting has ended."""
    with writing(BALLOT_REFUSALS):
        require(may_enter_paper(by))
        held = hold(ballot)
        require_phase(held, WHILE_PAPER_COMES_IN, at)
        if not held.on_paper:
            raise Refused(Denied(_("There is no voting on paper in this ballot."), status=409))
        if not sheet_for(held, place).pots:
            raise Refused(Denied(_("Nobody there votes in this ballot. Choose another place."), status=422))
        title = words_of(name, 80, "name", gettext_lazy("Give the batch a name."))
        batch = PaperBatch.objects.create(ballot=held, name=title, place=place, started_by=by, started_at=at)
        record(events.PAPER_BATCH_STARTED, subject=held, actor=by, at=at, batch=batch.pk)
    return batch


@sensitive_variables()
def admit_envelope(*, batch: PaperBatch, ticket: Ticket, by: Account, at: datetime) -> bool:
    """Mark the voter of one envelope on the roll. False when they have voted already: the envelope stays shut."""
    with writing(BALLOT_REFUSALS):
        held = _hold_unreconciled(batch, by, at)
        _require_unopened(held)
        require(still_good(ticket, held.ballot))
        if ticket.place != held.place_id:
            raise Refused(
                Denied(
                    _("This voter lives in another place. Put the envelope into that place’s batch."),
                    status=409,
                )
            )
        entry = RollEntry(
            ballot=held.ballot,
            person=ticket.person,
            place=held.place,
            channel=Channel.PAPER,
            day=localdate(at),
        )
        RollEntry.objects.bulk_create([entry], ignore_conflicts=True)
        admitted = RollEntry.objects.filter(pk=entry.pk).exists()
        if admitted:
            held.admitted += 1
        else:
            held.turned_away += 1
        held.save(update_fields=["admitted", "turned_away"])
    return admitted


def turn_away(*, batch: PaperBatch, by: Account, at: datetime) -> PaperBatch:
    """An envelope whose voter is not on the roll, or has no code: it stays shut and is counted."""
    with writing(BALLOT_REFUSALS):
        held = _hold_unreconciled(batch, by, at)
        _require_unopened(held)
        held.turned_away += 1
        held.save(update_fields=["turned_away"])
    return held


def open_envelopes(*, batch: PaperBatch, why_few: str = "", by: Account, at: datetime) -> PaperBatch:
    """Nobody more is admitted to the batch; from now on its papers are entered.

    A few are not opened by themselves: whoever admitted their voters could tell whose papers they are. Once voting has
    ended they may be, with the reason why no others of the place are with them.
    """
    with writing(BALLOT_REFUSALS):
        held = _hold_unreconciled(batch, by, at)
        _require_unopened(held)
        if not held.admitted:
            raise Refused(Denied(_("Nobody is admitted to this batch yet."), status=409))
        if held.admitted < FEW_PAPERS:
            held.why_few = _require_last(held, why_few, at)
        held.opened_at = at
        held.save(update_fields=["opened_at", "why_few"])
        record(
            events.ENVELOPES_OPENED,
            subject=held.ballot,
            actor=by,
            at=at,
            batch=held.pk,
            admitted=held.admitted,
        )
    return held


@sensitive_variables()
def enter_paper(
    *,
    batch: PaperBatch,
    number: int,
    document: Mapping[str, Any] | None,
    invalid: str = "",
    by: Account,
    at: datetime,
) -> Paper:
    """What is on one paper: a document that is valid, or the reason why it is not. The second entry is compared.

    When both say the same, it is `agreed`. When they differ, both are thrown away and it is entered again.
    """
    with writing(BALLOT_REFUSALS):
        held = _hold_unreconciled(batch, by, at)
        _require_a_paper(held, number)
        secret = secret_of(held.ballot)
        whole = sheet_of(_version(held).sha256)
        entry = _entry(whole.for_place(held.place_id), document, invalid)
        paper, _new = Paper.objects.get_or_create(ballot=held.ballot, batch=held, number=number)
        if paper.agreed:
            raise Refused(
                Denied(_("Two people have entered this paper already."), status=409, field="number")
            )
        lies = f"{held.pk}/{number}"
        if paper.first_by_id is None:
            paper.first = seal(
                secret, lies=lies, content=entry, size=thickness(whole) + 256, nonce=os.urandom(NONCE)
            )
            paper.first_by = by
        else:
            if paper.first_by_id == by.pk:
                raise Refused(Denied(BALLOT_REFUSALS["paper_entered_by_two"][0], status=409))
            _compare(paper, unseal(secret, lies=lies, sealed=bytes(paper.first)), entry, by)
        paper.save()
    return paper


def take_off_paper(*, batch: PaperBatch, number: int, reason: str, by: Account, at: datetime) -> None:
    """A number that was entered and is no paper. Once two entries agree it is one, and stays."""
    with writing(BALLOT_REFUSALS):
        held = _hold_unreconciled(batch, by, at)
        why = words_of(reason, 300, "reason", gettext_lazy("Say why this number is no paper."))
        taken_off, _kinds = held.papers.filter(number=number, agreed=False).delete()
        if not taken_off:
            raise Refused(
                Denied(_("No paper with this number waits for an entry."), status=409, field="number")
            )
        record(
            events.PAPER_TAKEN_OFF,
            subject=held.ballot,
            actor=by,
            at=at,
            batch=held.pk,
            number=number,
            reason=why,
        )


@sensitive_variables()
def reconcile_batch(*, batch: PaperBatch, difference: str = "", by: Account, at: datetime) -> PaperBatch:
    """Every paper is entered twice, and there are as many as voters were admitted; fewer only with the reason.

    Now its votes go into the box, in random order and all together, and what was entered is emptied.
    """
    with writing(BALLOT_REFUSALS):
        held = _hold_unreconciled(batch, by, at)
        papers = list(held.papers.order_by("number"))
        _require_whole(held, papers, difference)
        secret = secret_of(held.ballot)
        version = _version(held)
        whole = sheet_of(version.sha256)
        sheet = whole.for_place(held.place_id)
        size, receipts = thickness(whole), []
        sealed: dict[str, tuple[str, bytes]] = {}
        valid = [paper for paper in papers if not paper.reason]
        SystemRandom().shuffle(valid)
        for paper in valid:
            entry = unseal(secret, lies=f"{held.pk}/{paper.number}", sealed=bytes(paper.first))
            voter = os.urandom(32).hex()  # nobody's: a paper is never replaced
            sealed |= envelopes(secret, voter, sheet, read(entry["document"]), size)
            receipts.append(made.receipt(secret, voter))
        insert(held.ballot, version.sha256, sealed, receipts)
        held.papers.update(first=b"")
        held.valid, held.invalid = len(valid), len(papers) - len(valid)
        held.difference, held.reconciled_by, held.reconciled_at = difference.strip(), by, at
        held.save()
        record(
            events.PAPER_BATCH_RECONCILED,
            subject=held.ballot,
            actor=by,
            at=at,
            batch=held.pk,
            admitted=held.admitted,
            valid=held.valid,
            invalid=held.invalid,
        )
    return held


# --- steps ------------------------------------------------------------------------------------------------


def hold_batch(batch: PaperBatch, by: Account, at: datetime) -> PaperBatch:
    """Locked until the transaction ends, for somebody who may enter paper while it comes in."""
    require(may_enter_paper(by))
    wait_for_closing(batch.ballot)
    held = (
        PaperBatch.objects.select_for_update(of=("self",), no_key=True)
        .select_related("ballot", "place")
        .get(pk=batch.pk)
    )
    require_phase(held.ballot, WHILE_PAPER_COMES_IN, at)
    return held


def _hold_unreconciled(batch: PaperBatch, by: Account, at: datetime) -> PaperBatch:
    held = hold_batch(batch, by, at)
    if held.reconciled_at is not None:
        raise Refused(Denied(_("This batch is reconciled. Start another."), status=409))
    return held


def _require_unopened(held: PaperBatch) -> None:
    if held.opened_at is not None:
        raise Refused(
            Denied(
                _("The envelopes of this batch are opened. Put this one into another batch of its place."),
                status=409,
            )
        )


def _require_last(held: PaperBatch, why_few: str, at: datetime) -> str:
    """Why there are no more envelopes of this place. While people vote there may be."""
    if phase_of(held.ballot, at) == Phase.VOTING:
        raise Refused(
            Denied(
                _(
                    "Fewer than %(few)d voters are admitted, so it could be told whose papers these are. Put more"
                    " envelopes of this place into the batch, or wait until voting has ended."
                )
                % {"few": FEW_PAPERS},
                status=409,
            )
        )
    return words_of(
        why_few,
        1000,
        "why_few",
        gettext_lazy(
            "So few are admitted that it could be told whose papers these are. Put more envelopes of this place into"
            " the batch, or say why there are none."
        ),
    )


def _require_a_paper(held: PaperBatch, number: int) -> None:
    if held.opened_at is None:
        raise Refused(
            Denied(
                _("Admit every voter of this batch first, and open the envelopes. Then enter the papers."),
                status=409,
            )
        )
    if not 1 <= number <= held.admitted:
        raise Refused(
            Denied(
                _("There are papers of %(admitted)d voters at most, so no number is higher than that.")
                % {"admitted": held.admitted},
                status=422,
                field="number",
            )
        )


def _version(held: PaperBatch) -> BallotVersion:
    version = version_of(held.ballot)
    assert version is not None  # only an opened ballot has batches
    return version


def _entry(sheet: Sheet, document: Mapping[str, Any] | None, invalid: str) -> dict[str, Any]:
    """The same paper always gives the same entry. Refused when it is neither valid nor said to be invalid."""
    if invalid:
        if invalid not in Invalid.values:
            raise Refused(Denied(_("Choose the reason from the list."), status=422, field="invalid"))
        return {"invalid": invalid}
    marks = require_valid(sheet, document or {})
    in_order = {
        pot: chosen if sheet.kind == Kind.RANKING else tuple(sorted(chosen))
        for pot, chosen in marks.items()
        if chosen
    }
    return {"document": document_of(sheet, in_order)}


def _compare(paper: Paper, first: dict[str, Any], second: dict[str, Any], by: Account) -> None:
    if first == second:
        paper.second_by, paper.agreed, paper.reason = by, True, first.get("invalid", "")
    else:
        paper.first, paper.first_by = b"", None


def _require_whole(held: PaperBatch, papers: list[Paper], difference: str) -> None:
    if held.admitted and held.opened_at is None:
        raise Refused(Denied(_("Open the envelopes first, and enter their papers."), status=409))
    waiting = [str(paper.number) for paper in papers if not paper.agreed]
    if waiting:
        raise Refused(
            Denied(
                _("These papers need a second entry: %(numbers)s. Take off a number that is no paper.")
                % {"numbers": ", ".join(waiting)},
                status=409,
            )
        )
    if len(papers) < held.admitted and not difference.strip():
        raise Refused(
            Denied(
                _("%(papers)d papers were entered, but %(admitted)d voters admitted. Say why.")
                % {"papers": len(papers), "admitted": held.admitted},
                status=422,
                field="difference",
            )
        )
