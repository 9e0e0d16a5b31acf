"""Casting: one voter, one ballot paper, whatever is pressed how often from how many places at once.

No record is written: that somebody voted is in the roll, by the day, and nowhere else.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from budgets.ballots.actions.common import BALLOT_REFUSALS, wait_for_closing
from budgets.ballots.enums import Channel
from budgets.ballots.models import Ballot, Help, Receipt, RollEntry, SealedVote
from budgets.ballots.permissions import may_enter_paper
from budgets.ballots.queries import Ticket, course_of, secret_of, sheet_of, still_good, version_of
from budgets.ballots.rules import marks as made
from budgets.ballots.rules.envelope import NONCE, seal, thickness
from budgets.ballots.rules.phases import takes_votes
from budgets.ballots.rules.sheet import Marks, Sheet, problems, read, require_pots
from engage.accounts.models import Account
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import writing


@dataclass(frozen=True, slots=True)
class Cast:
    """`receipt` proves later that a ballot paper is in the log, never what is on it. Changing a vote keeps it."""

    receipt: str
    changed: bool


@sensitive_variables()
def cast_ballot(
    *,
    ballot: Ballot,
    ticket: Ticket,
    document: Mapping[str, Any],
    at: datetime,
    helped_by: Account | None = None,
) -> Cast:
    """Cast this paper, or put it in the place of the one this voter cast before. The same again changes nothing.

    `document` is what `rules.sheet.read` reads. `helped_by` is the officer beside whom the voter sits. `at` is when it
    arrived: it counts if that is before voting ends, and is refused once the ballot is closed.
    """
    with writing(BALLOT_REFUSALS):
        require(takes_votes(course_of(ballot), at))
        if helped_by is not None:
            require(may_enter_paper(helped_by))
        wait_for_closing(ballot)
        secret = secret_of(ballot)
        require(still_good(ticket, ballot))
        version = version_of(ballot)
        assert version is not None  # only an opened ballot takes votes
        whole = sheet_of(version.sha256)
        sheet = require_pots(whole.for_place(ticket.place))
        marks = require_valid(sheet, document)
        changed = not _enter(ballot, ticket, Channel.ASSISTED if helped_by else Channel.ONLINE, at)
        sealed = envelopes(secret, ticket.voter, sheet, marks, thickness(whole))
        receipt = made.receipt(secret, ticket.voter)
        if changed:
            _replace(ballot, sealed)
        else:
            insert(ballot, version.sha256, sealed, [receipt])
        if helped_by is not None and not changed:
            _helped(ballot, helped_by, at)
    return Cast(receipt, changed)


def require_valid(sheet: Sheet, document: Mapping[str, Any]) -> Marks:
    """What was chosen, or a refusal with the first thing that stands against it; `field` is its pot."""
    marks = read(document)
    found = problems(sheet, marks)
    if found:
        raise Refused(Denied(found[0].sentence, status=422, field=found[0].pot or None))
    return marks


def envelopes(secret: str, voter: str, sheet: Sheet, marks: Marks, size: int) -> dict[str, tuple[str, bytes]]:
    """One for every pot of the sheet, those left blank too: handle → pot and envelope."""
    found = {}
    for pot in sheet.pots:
        lies = made.handle(secret, voter, pot.key)
        content = [[key, points] for key, points in marks.get(pot.key, ())]
        found[lies] = (pot.key, seal(secret, lies=lies, content=content, size=size, nonce=os.urandom(NONCE)))
    return found


def insert(ballot: Ballot, sha256: str, sealed: Mapping[str, tuple[str, bytes]], receipts: list[str]) -> None:
    """Put envelopes and receipts into the box, in the order of their random handles."""
    SealedVote.objects.bulk_create(
        SealedVote(ballot=ballot, pot=pot, handle=lies, sealed=envelope)
        for lies, (pot, envelope) in sorted(sealed.items())
    )
    Receipt.objects.bulk_create(
        Receipt(ballot=ballot, commitment=made.committed(sha256, receipt)) for receipt in receipts
    )


def _enter(ballot: Ballot, ticket: Ticket, channel: Channel, at: datetime) -> bool:
    """Whether they are on the roll from now on; False when they were already, online or with help.

    The unique constraint decides: of two at the same moment the second waits here for the first.
    """
    entry = RollEntry(
        ballot=ballot, person=ticket.person, place_id=ticket.place, channel=channel, day=localdate(at)
    )
    RollEntry.objects.bulk_create([entry], ignore_conflicts=True)
    there = RollEntry.objects.get(ballot=ballot, person=ticket.person)
    if there.pk == entry.pk:
        return True
    if there.channel == Channel.PAPER:
        raise Refused(
            Denied(_("You have voted on paper already, so you cannot vote again here."), status=409)
        )
    if there.place_id != ticket.place:
        raise Refused(
            Denied(
                _("You have voted for another place already. To change your vote, choose that place again."),
                status=409,
                field="place",
            )
        )
    return False


def _replace(ballot: Ballot, sealed: Mapping[str, tuple[str, bytes]]) -> None:
    """In the order of handles, so that two of the same voter never wait for each other."""
    for lies, (_pot, envelope) in sorted(sealed.items()):
        if not SealedVote.objects.filter(ballot=ballot, handle=lies).update(sealed=envelope):
            raise Refused(
                Denied(
                    _(
                        "You have voted already, but showed in another way that you may."
                        " To change your vote, do it in the same way as the first time."
                    ),
                    status=409,
                )
            )


def _helped(ballot: Ballot, by: Account, at: datetime) -> None:
    row, _new = Help.objects.get_or_create(ballot=ballot, by=by, day=localdate(at))
    Help.objects.filter(pk=row.pk).update(people=F("people") + 1)
