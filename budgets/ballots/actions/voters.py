"""Who may vote: the electoral roll as it is loaded, and codes as they are issued, revoked and issued again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from budgets.ballots import events
from budgets.ballots.actions.common import BALLOT_REFUSALS, delete_all, hold, require_phase, wait_for_closing
from budgets.ballots.enums import Hand, Phase, Proof
from budgets.ballots.models import Ballot, Code, CodeBatch, Elector, RollEntry
from budgets.ballots.permissions import may_issue_codes
from budgets.ballots.queries import secret_of
from budgets.ballots.queries.verifiers import elector_match, elector_person
from budgets.ballots.rules.marks import CODE_LENGTH, letters, mark, person, printed
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import writing
from engage.kit.words import words_of
from engage.places.models import Place

_BATCH = 2_000
BEFORE_CLOSE = {Phase.DRAFT, Phase.ANNOUNCED, Phase.VOTING, Phase.ENDED}
BEFORE_END = {Phase.DRAFT, Phase.ANNOUNCED, Phase.VOTING}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an electoral roll. `votes_from`: the day somebody is old enough, None for long since."""

    number: str
    last_name: str
    postcode: str
    place: Place
    votes_from: date | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """A code as it is printed, once. `number` is the elector's, when it was made for one."""

    serial: str
    code: str
    number: str = ""


@sensitive_variables()
def load_electors(*, ballot: Ballot, lines: Iterable[Line], by: Account, at: datetime) -> int:
    """The electoral roll, all of it or nothing, in place of one loaded before. Kept as HMACs only.

    Codes of people who are not on it are revoked. Refused once voting has started, or when two lines have the same
    elector number.
    """
    with writing(BALLOT_REFUSALS):
        require(may_issue_codes(by))
        held = hold(ballot)
        require_phase(held, {Phase.DRAFT, Phase.ANNOUNCED}, at)
        secret = secret_of(held)
        electors = {}
        for number, line in enumerate(lines, start=1):
            elector = _elector(held, secret, line)
            if elector.person in electors:
                raise Refused(
                    Denied(
                        _("Line %(line)d has an elector number that another line has. Nothing was loaded.")
                        % {"line": number},
                        status=422,
                        field="file",
                    )
                )
            electors[elector.person] = elector
        delete_all(Elector, held)
        in_random_order = sorted(electors.values(), key=lambda elector: elector.match)
        Elector.objects.bulk_create(in_random_order, batch_size=_BATCH)
        still = held.electors.filter(person=OuterRef("person"))
        held.codes.filter(~Exists(still), revoked_at=None).update(
            revoked_at=at, revoked_by=by, revoked_why=_("Not on the roll that was loaded since.")
        )
        record(events.ELECTORS_LOADED, subject=held, actor=by, at=at, electors=len(electors))
    return len(electors)


@sensitive_variables()
def issue_codes(
    *,
    ballot: Ballot,
    hand: Hand,
    number: int = 0,
    electors: Sequence[str] = (),
    place: Place | None = None,
    note: str = "",
    by: Account,
    at: datetime,
) -> list[Issued]:
    """New codes: `number` of them for whoever gets one, or one for each elector number. They are returned this once.

    An elector's code is that elector: it stops them from voting by the roll or on paper as well, and the other way
    round. So where there is a roll, codes are made for its electors only. `place` is where holders live; without it
    they say so themselves.
    """
    with writing(BALLOT_REFUSALS):
        require(may_issue_codes(by))
        require_phase(ballot, BEFORE_END, at)
        if Proof.CODE not in ballot.proofs:
            raise Refused(
                Denied(_("This ballot takes no codes. Say so under “Who may vote” first."), status=409)
            )
        if number:
            hold(ballot)  # a roll that is being loaded is waited for, and then seen
        if number and (Proof.ROLL in ballot.proofs or ballot.electors.exists()):
            raise Refused(
                Denied(
                    _(
                        "This ballot has an electoral roll, so each code is made for one elector of it."
                        " A code for nobody in particular would be a second vote."
                    ),
                    status=422,
                    field="electors",
                )
            )
        if not 0 < (number or len(electors)) <= 200_000:
            raise Refused(
                Denied(_("Say how many codes you need, up to 200,000."), status=422, field="number")
            )
        batch = CodeBatch.objects.create(
            ballot=ballot, hand=hand, place=place, note=note, issued_by=by, issued_at=at
        )
        issued = _issue(ballot, batch, place, electors or [""] * number)
        secret_of(
            ballot
        )  # once more: closing waits for these codes from now on, or was quicker and they are refused
        record(events.CODES_ISSUED, subject=ballot, actor=by, at=at, batch=batch.pk, codes=len(issued))
    return issued


@sensitive_variables()
def revoke_code(*, ballot: Ballot, serial: str, reason: str, by: Account, at: datetime) -> Code:
    """A letter that was lost, or went to the wrong door. A vote that was cast with it stays: nobody can find it."""
    with writing(BALLOT_REFUSALS):
        code = _revoke(ballot, serial, reason, by, at)
        record(events.CODE_REVOKED, subject=ballot, actor=by, at=at, serial=serial)
    return code


@sensitive_variables()
def reissue_code(*, ballot: Ballot, serial: str, reason: str, by: Account, at: datetime) -> Issued:
    """Revoke a code and make another for the same person. Refused when that person has voted already."""
    with writing(BALLOT_REFUSALS):
        old = _revoke(ballot, serial, reason, by, at)
        if RollEntry.objects.filter(ballot=ballot, person=old.person).exists():
            raise Refused(
                Denied(_("Somebody has voted with this code already, so there is no new one."), status=409)
            )
        batch = CodeBatch.objects.select_for_update(no_key=True).get(pk=old.batch_id)
        code, text = _code(ballot, batch, old.place, secret_of(ballot), batch.codes.count() + 1)
        code.person = old.person
        code.save(force_insert=True)
        record(events.CODE_REISSUED, subject=ballot, actor=by, at=at, serial=serial, new=code.serial)
    return Issued(code.serial, text)


# --- steps ------------------------------------------------------------------------------------------------


def _elector(ballot: Ballot, secret: str, line: Line) -> Elector:
    return Elector(
        ballot=ballot,
        person=elector_person(secret, line.number),
        match=elector_match(secret, line.number, line.last_name, line.postcode),
        place=line.place,
        votes_from=line.votes_from,
    )


def _issue(ballot: Ballot, batch: CodeBatch, place: Place | None, electors: Sequence[str]) -> list[Issued]:
    secret = secret_of(ballot)
    known = {elector.person: elector for elector in Elector.objects.filter(ballot=ballot) if any(electors)}
    rows, issued = [], []
    for line, number in enumerate(electors, start=1):
        code, text = _code(ballot, batch, place, secret, line)
        if number:
            elector = known.get(elector_person(secret, number))
            if elector is None:
                raise Refused(
                    Denied(
                        _("Elector %(number)s is not on the roll. No code was made.") % {"number": number},
                        status=422,
                        field="electors",
                    )
                )
            code.person, code.place_id = elector.person, elector.place_id
        rows.append(code)
        issued.append(Issued(code.serial, text, number))
    Code.objects.bulk_create(rows, batch_size=_BATCH)
    return issued


def _code(
    ballot: Ballot, batch: CodeBatch, place: Place | None, secret: str, number: int
) -> tuple[Code, str]:
    """A new code and its text. Without an elector it is a person of its own."""
    text = letters(os.urandom(16), CODE_LENGTH)
    digest = mark(secret, "code", text)
    serial = f"{batch.pk}-{number:05d}"
    code = Code(
        ballot=ballot,
        batch=batch,
        serial=serial,
        digest=digest,
        person=person(secret, Proof.CODE, digest),
        place=place,
    )
    return code, printed(text)


def _revoke(ballot: Ballot, serial: str, reason: str, by: Account, at: datetime) -> Code:
    require(may_issue_codes(by))
    wait_for_closing(ballot)
    require_phase(ballot, BEFORE_CLOSE, at)
    code = (
        Code.objects.select_for_update(of=("self",), no_key=True).filter(ballot=ballot, serial=serial).first()
    )
    if code is None or code.revoked_at is not None:
        raise Refused(Denied(_("There is no good code with this number."), status=422, field="serial"))
    code.revoked_at, code.revoked_by = at, by
    code.revoked_why = words_of(reason, 300, "reason", gettext_lazy("Say why the code is cancelled."))
    code.save(update_fields=["revoked_at", "revoked_by", "revoked_why"])
    return code
