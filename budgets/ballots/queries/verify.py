"""Who may vote: verifiers, asked at the moment of voting. A ballot that names none lets nobody vote.

A verifier is a plug-in: `register(MyVerifier())`, and name its key in a ballot's `proofs`. It turns a claim (what
somebody typed or brought) into a `Ticket`, or refuses with the sentence people read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.ballots.enums import Proof
from budgets.ballots.models import Ballot, Code, Elector, Secrets
from budgets.ballots.rules.frozen import commitment
from budgets.ballots.rules.marks import mark, person, plain, typed
from engage.accounts.models import Account
from engage.kit.decisions import Allowed, Decision, Denied, Refused, Words
from engage.kit.secrets import seal, unseal
from engage.places.models import Place

TICKET_HOURS = 2
LINK_HOURS = 2
_LINK = "ballots.email"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Somebody who may vote now. `person` goes on the roll; `voter` leads to their vote, and is stored nowhere."""

    ballot: int
    proof: str
    person: str
    voter: str
    place: int
    credential: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One field of a claim: what a form asks for. `kind` is "text", "email", "place" or "tick"."""

    name: str
    label: Words
    kind: str = "text"


class Verifier(Protocol):
    @property
    def key(self) -> str: ...

    @property
    def label(self) -> Words: ...

    @property
    def asks(self) -> tuple[Ask, ...]: ...

    def verify(
        self, ballot: Ballot, claim: Mapping[str, str], *, account: Account | None, at: datetime
    ) -> Ticket:
        """Raises Refused."""
        ...

    def still_good(self, ticket: Ticket) -> Decision:
        """Asked once more while the vote is being written."""
        ...


VERIFIERS: dict[str, Verifier] = {}


def register(verifier: Verifier) -> None:
    VERIFIERS[verifier.key] = verifier


def verifiers_of(ballot: Ballot) -> list[Verifier]:
    return [VERIFIERS[key] for key in ballot.proofs if key in VERIFIERS]


def verify(
    *,
    ballot: Ballot,
    proof: str,
    claim: Mapping[str, str],
    account: Account | None = None,
    at: datetime,
) -> Ticket:
    """The ticket of somebody who may vote in this ballot, by one of its own verifiers. Writes nothing."""
    verifier = VERIFIERS.get(proof) if proof in ballot.proofs else None
    if verifier is None:
        raise Refused(Denied(_("Nobody can vote in this ballot in that way. Choose another."), status=422))
    return verifier.verify(ballot, claim, account=account, at=at)


def ticket_for_paper(
    *, ballot: Ballot, number: str = "", code: str = "", place: Place | None = None, at: datetime
) -> Ticket:
    """Whose envelope this is, by the elector number or the code on its cover. It leads to no vote: `voter` is empty.

    `place` is what the cover says, for a code that was made for no place.
    """
    if code:
        where = str(place.pk if place else ballot.place_id)
        ticket = VERIFIERS[Proof.CODE].verify(ballot, {"code": code, "place": where}, account=None, at=at)
        return replace(ticket, voter="")
    elector = Elector.objects.filter(ballot=ballot, person=elector_person(secret_of(ballot), number)).first()
    if elector is None:
        raise Refused(
            Denied(
                _("This elector number is not on the roll. The envelope stays shut."),
                status=422,
                field="number",
            )
        )
    _require_old_enough(elector.votes_from, at)
    return Ticket(ballot.pk, Proof.ROLL, person=elector.person, voter="", place=elector.place_id)


def still_good(ticket: Ticket, ballot: Ballot) -> Decision:
    if ticket.ballot != ballot.pk or ticket.proof not in ballot.proofs or ticket.proof not in VERIFIERS:
        return Denied(_("This does not let you vote in this ballot. Start again."), status=409)
    return VERIFIERS[ticket.proof].still_good(ticket)


def pack(ticket: Ticket, *, at: datetime) -> str:
    """The ticket for the voter's own page, readable by this site only, for two hours."""
    until = (at + timedelta(hours=TICKET_HOURS)).isoformat()
    return seal(json.dumps({**asdict(ticket), "until": until}))


def unpack(text: str, *, ballot: Ballot, at: datetime) -> Ticket:
    """Raises Refused when it is not of this ballot, or too old."""
    try:
        found = json.loads(unseal(text))
        until = datetime.fromisoformat(found.pop("until"))
        ticket = Ticket(**found)
    except (ValueError, TypeError, KeyError):
        raise Refused(Denied(_("Start voting again from the ballot’s page."), status=422)) from None
    if at >= until or ticket.ballot != ballot.pk:
        raise Refused(
            Denied(
                _(
                    "You took longer than two hours. Show again that you may vote; your choices were not cast."
                ),
                status=409,
            )
        )
    return ticket


def secret_of(ballot: Ballot) -> str:
    """The ballot's secret, from which all its HMACs are made. Refused once it is destroyed, or is another one."""
    secrets = Secrets.objects.get(ballot=ballot)
    secret = str(secrets.secret)
    if not secret:
        raise Refused(Denied(_("This ballot has closed. Nobody can vote any more."), status=409))
    if commitment(secret) != secrets.secret_sha256:
        raise Refused(
            Denied(
                _("The secret of this ballot is not the one it started with. Tell the ballots team."),
                status=409,
            )
        )
    return secret


# --- those this product comes with ------------------------------------------------------------------------


class ByRoll:
    """The electoral roll: elector number, last name and postcode, as on the poll card; case, accents, spaces and
    punctuation do not matter. All three must match the same line.
    """

    key = Proof.ROLL.value
    label = Proof.ROLL.label
    asks = (
        Ask("number", gettext_lazy("Elector number")),
        Ask("last_name", gettext_lazy("Last name")),
        Ask("postcode", gettext_lazy("Postcode")),
    )

    def verify(
        self, ballot: Ballot, claim: Mapping[str, str], *, account: Account | None, at: datetime
    ) -> Ticket:
        secret = secret_of(ballot)
        number = plain(claim.get("number", ""))
        match = elector_match(secret, number, claim.get("last_name", ""), claim.get("postcode", ""))
        elector = Elector.objects.filter(ballot=ballot, match=match).first()
        if elector is None:
            raise Refused(
                Denied(
                    _(
                        "We cannot find you on the electoral roll. Check your elector number, last name and postcode"
                        " against your poll card, or ask the ballots team."
                    ),
                    status=422,
                    field="number",
                )
            )
        _require_old_enough(elector.votes_from, at)
        return Ticket(
            ballot.pk,
            self.key,
            person=elector.person,
            voter=mark(secret, "voter", self.key, number),
            place=elector.place_id,
        )

    def still_good(self, ticket: Ticket) -> Decision:
        return Allowed()


class ByCode:
    """A code from a letter, or given out in a hall. A code made for an elector counts as that elector."""

    key = Proof.CODE.value
    label = Proof.CODE.label
    asks = (Ask("code", gettext_lazy("Your code")), Ask("place", gettext_lazy("Where you live"), "place"))

    def verify(
        self, ballot: Ballot, claim: Mapping[str, str], *, account: Account | None, at: datetime
    ) -> Ticket:
        secret = secret_of(ballot)
        text = typed(claim.get("code", ""))
        code = Code.objects.filter(ballot=ballot, digest=mark(secret, "code", text)).first()
        if code is None:
            raise Refused(
                Denied(
                    _("This is not a code of this ballot. Check each letter, or ask the ballots team."),
                    status=422,
                    field="code",
                )
            )
        require_not_revoked(code)
        elector = Elector.objects.filter(ballot=ballot, person=code.person).first()
        _require_old_enough(elector.votes_from if elector else None, at)
        place = (
            elector.place_id if elector else code.place_id or place_within(ballot, claim.get("place", "")).pk
        )
        return Ticket(
            ballot.pk,
            self.key,
            person=code.person,
            voter=mark(secret, "voter", self.key, text),
            place=place,
            credential=code.digest,
        )

    def still_good(self, ticket: Ticket) -> Decision:
        """Held until the vote is written, so that a code revoked at this moment is either before or after it."""
        code = (
            Code.objects.select_for_update(no_key=True)
            .filter(ballot=ticket.ballot, digest=ticket.credential)
            .first()
        )
        return Denied(_revoked(), status=409) if code is None or code.revoked_at else Allowed()


class ByEmail:
    """A link sent by email, and the voter's word on where they live and how old they are."""

    key = Proof.EMAIL.value
    label = Proof.EMAIL.label
    asks = (
        Ask("token", gettext_lazy("The link from the email")),
        Ask("place", gettext_lazy("Where you live"), "place"),
        Ask("declares", gettext_lazy("I live there and I am old enough to vote in this ballot"), "tick"),
    )

    def verify(
        self, ballot: Ballot, claim: Mapping[str, str], *, account: Account | None, at: datetime
    ) -> Ticket:
        address = email_of(claim.get("token", ""), ballot=ballot, at=at)
        _require_declared(claim)
        return _by_word(ballot, self.key, _one_mailbox(address), claim)

    def still_good(self, ticket: Ticket) -> Decision:
        return Allowed()


class ByAccount:
    """An account here, and its owner's word on where they live and how old they are."""

    key = Proof.ACCOUNT.value
    label = Proof.ACCOUNT.label
    asks = ByEmail.asks[1:]

    def verify(
        self, ballot: Ballot, claim: Mapping[str, str], *, account: Account | None, at: datetime
    ) -> Ticket:
        if account is None or not account.is_authenticated:
            raise Refused(Denied(_("Sign in to vote in this ballot."), status=403))
        _require_declared(claim)
        return _by_word(ballot, self.key, str(account.pk), claim)

    def still_good(self, ticket: Ticket) -> Decision:
        return Allowed()


for _each in (ByRoll(), ByCode(), ByEmail(), ByAccount()):
    register(_each)


# --- steps ------------------------------------------------------------------------------------------------


def elector_person(secret: str, number: str) -> str:
    return person(secret, Proof.ROLL, plain(number))


def elector_match(secret: str, number: str, last_name: str, postcode: str) -> str:
    return mark(secret, "elector", plain(number), plain(last_name), plain(postcode))


def email_link_token(*, ballot: Ballot, address: str, at: datetime) -> str:
    """What the link in the email carries, readable by this site only; good for two hours.

    So in the history of a shared computer it tells no address, and soon opens nothing.
    """
    until = (at + timedelta(hours=LINK_HOURS)).isoformat()
    return seal(json.dumps({"for": _LINK, "ballot": ballot.pk, "email": address, "until": until}))


def email_of(token: str, *, ballot: Ballot, at: datetime) -> str:
    """The address a link was sent to, as it is compared. Raises Refused."""
    try:
        found = json.loads(unseal(token))
    except ValueError:
        found = {}
    if (found.get("for"), found.get("ballot")) != (_LINK, ballot.pk) or datetime.fromisoformat(
        found["until"]
    ) <= at:
        raise Refused(
            Denied(_("This link is not good any more. Ask for another on the ballot’s page."), status=422)
        )
    return str(found["email"]).strip().casefold()


def _one_mailbox(address: str) -> str:
    """What follows a plus sign, and at Google a dot, leads to the same mailbox."""
    name, _at, host = address.rpartition("@")
    name = name.partition("+")[0]
    if host in {"gmail.com", "googlemail.com"}:
        name, host = name.replace(".", ""), "gmail.com"
    return f"{name}@{host}"


def place_within(ballot: Ballot, claimed: str) -> Place:
    """The place somebody says they live in: one with a pot of this ballot, or under the ballot's place."""
    inside = Place.objects.within(ballot.place)
    place = inside.filter(pk=int(claimed)).first() if claimed.isdecimal() else None
    if place is None:
        raise Refused(
            Denied(
                _("Say where you live, in %(place)s.") % {"place": ballot.place.name},
                status=422,
                field="place",
            )
        )
    return place


def _by_word(ballot: Ballot, proof: str, subject: str, claim: Mapping[str, str]) -> Ticket:
    secret = secret_of(ballot)
    return Ticket(
        ballot.pk,
        proof,
        person=person(secret, proof, subject),
        voter=mark(secret, "voter", proof, subject),
        place=place_within(ballot, claim.get("place", "")).pk,
    )


def _require_declared(claim: Mapping[str, str]) -> None:
    if not claim.get("declares"):
        raise Refused(
            Denied(
                _("Say that you live there and are old enough, or you cannot vote in this ballot."),
                status=422,
                field="declares",
            )
        )


def _require_old_enough(votes_from: date | None, at: datetime) -> None:
    if votes_from is not None and localdate(at) < votes_from:
        raise Refused(Denied(_("You are not old enough to vote in this ballot yet."), status=403))


def require_not_revoked(code: Code) -> None:
    if code.revoked_at is not None:
        raise Refused(Denied(_revoked(), status=409, field="code"))


def _revoked() -> str:
    return _(
        "This code was cancelled, so it cannot be used. If you have a newer letter, use the code in that one."
    )
