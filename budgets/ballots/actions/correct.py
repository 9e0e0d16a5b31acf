"""A voter who was marked on the roll by mistake, when envelopes were admitted: put right by two, with the reason."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from budgets.ballots import events
from budgets.ballots.actions.common import BALLOT_REFUSALS
from budgets.ballots.actions.paper import hold_batch
from budgets.ballots.enums import Channel
from budgets.ballots.models import Correction, PaperBatch, RollEntry
from budgets.ballots.queries import Ticket, still_good
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import writing
from engage.kit.words import words_of


@sensitive_variables()
def correct_mark(
    *, batch: PaperBatch, wrong: Ticket, right: Ticket | None, reason: str, by: Account, at: datetime
) -> Correction:
    """Take `wrong` off the roll and put `right` there, whose envelope it was; nobody, while it is still shut.

    Done when two people have entered the same, each from the covers; until then nothing changes. Whoever entered it
    first may enter it anew.
    """
    with writing(BALLOT_REFUSALS):
        held = hold_batch(batch, by, at)
        _require_possible(held, wrong, right)
        if right is not None:
            require(still_good(right, held.ballot))
        entered = (wrong.person, right.person if right else "")
        waits = Correction.objects.filter(batch=held, second_by=None).first()
        if waits is None or waits.first_by_id == by.pk:
            return _entered_first(held, waits, entered, reason, by)
        if (waits.wrong, waits.right) != entered:
            raise Refused(
                Denied(_("This is not what was entered first. Read both covers again, together."), status=409)
            )
        waits.second_by = by
        waits.save(update_fields=["second_by"])
        _move_mark(held, wrong, right, at)
        waits.wrong = waits.right = ""
        waits.save(update_fields=["wrong", "right"])
        record(
            events.MARK_CORRECTED,
            subject=held.ballot,
            actor=by,
            at=at,
            batch=held.pk,
            reason=waits.reason,
            entered_first_by=waits.first_by_id,
            another_marked=bool(right),
        )
    return waits


def take_back_correction(*, batch: PaperBatch, by: Account, at: datetime) -> None:
    """The one that waits for a second person: it was not a mistake, or the covers cannot be read. Nothing changes."""
    with writing(BALLOT_REFUSALS):
        held = hold_batch(batch, by, at)
        waits = Correction.objects.filter(batch=held, second_by=None).first()
        if waits is None:
            raise Refused(Denied(_("No correction waits in this batch."), status=409))
        first, why = waits.first_by_id, waits.reason
        waits.delete()
        record(
            events.CORRECTION_TAKEN_BACK,
            subject=held.ballot,
            actor=by,
            at=at,
            batch=held.pk,
            reason=why,
            entered_first_by=first,
        )


def _require_possible(held: PaperBatch, wrong: Ticket, right: Ticket | None) -> None:
    roll = RollEntry.objects.filter(ballot=held.ballot)
    if not roll.filter(person=wrong.person, channel=Channel.PAPER, place=held.place_id).exists():
        raise Refused(
            Denied(_("This voter is not marked as voting on paper in the place of this batch."), status=409)
        )
    if right is None:
        if not held.admitted:
            raise Refused(Denied(_("Nobody is admitted to this batch yet."), status=409))
        if held.opened_at is not None:
            raise Refused(
                Denied(
                    _("The envelopes are opened, so its paper is among the others. Say whose it was."),
                    status=409,
                )
            )
    elif right.place != held.place_id:
        raise Refused(Denied(_("This voter lives in another place than those of this batch."), status=409))
    elif roll.filter(person=right.person).exists():
        raise Refused(Denied(_("The voter whose envelope it was has voted already."), status=409))


def _entered_first(
    held: PaperBatch, waits: Correction | None, entered: tuple[str, str], reason: str, by: Account
) -> Correction:
    why = words_of(reason, 300, "reason", gettext_lazy("Say how it came that the wrong voter was marked."))
    if waits is not None:
        waits.delete()
    wrong, right = entered
    return Correction.objects.create(
        ballot=held.ballot, batch=held, wrong=wrong, right=right, reason=why, first_by=by
    )


def _move_mark(held: PaperBatch, wrong: Ticket, right: Ticket | None, at: datetime) -> None:
    marked = RollEntry.objects.filter(ballot=held.ballot, person=wrong.person)
    if right is None:
        held.admitted -= 1
        held.turned_away += 1
        held.save(update_fields=["admitted", "turned_away"])
    else:
        RollEntry.objects.create(
            ballot=held.ballot,
            person=right.person,
            place_id=held.place_id,
            channel=Channel.PAPER,
            day=localdate(at),
        )
    marked.delete()
