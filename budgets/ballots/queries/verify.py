"""Who may vote: verifiers, asked at the moment of voting. A ballot that names none lets nobody vote.

A verifier is a plug-in: `register(MyVerifier())`, and name its key in a ballot's `proofs`. It turns a claim (what
somebody typed or brought) into a `Ticket`, or refuses with the sentence people read. Those this product comes with are
in `queries/verifiers.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from budgets.ballots.models import Ballot, Secrets
from budgets.ballots.rules.frozen import commitment
from engage.accounts.models import Account
from engage.kit.decisions import Decision, Denied, Refused, Words
from engage.kit.secrets import seal, unseal

TICKET_HOURS = 2


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

    def label_for(self, ballot: Ballot) -> str:
        """A label may name the ballot’s `%(place)s` and its minimum `%(age)d`."""
        return str(self.label) % {"place": ballot.place.name, "age": ballot.minimum_age}


class TooOld(Refused):
    """A ticket that was good: whoever has it need only show again who they are."""


class Verifier(Protocol):
    """`needs` is what the site lacks to offer it, in a sentence; empty when nothing."""

    @property
    def key(self) -> str: ...

    @property
    def label(self) -> Words: ...

    @property
    def asks(self) -> tuple[Ask, ...]: ...

    @property
    def needs(self) -> str: ...

    def verify(
        self, ballot: Ballot, claim: Mapping[str, str], *, account: Account | None, at: datetime
    ) -> Ticket:
        """Raises Refused. Its `field` is what is missing or wrong: the booth asks for that next.

        Somebody gets their ticket as soon as the claim is enough, whatever else could be asked. `claim["visit"]` is the
        visit to the booth, so that what is used up can be sent again from the same page.
        """
        ...

    def still_good(self, ticket: Ticket) -> Decision:
        """Asked once more while the vote is being written."""
        ...


VERIFIERS: dict[str, Verifier] = {}


def register(verifier: Verifier) -> None:
    VERIFIERS[verifier.key] = verifier


def verifiers_of(ballot: Ballot) -> list[Verifier]:
    """The ways that are open to its voters: none that the site cannot offer now."""
    named = [VERIFIERS[key] for key in ballot.proofs if key in VERIFIERS]
    return [verifier for verifier in named if not verifier.needs]


@sensitive_variables()
def verify(
    *,
    ballot: Ballot,
    proof: str,
    claim: Mapping[str, str],
    account: Account | None = None,
    at: datetime,
) -> Ticket:
    """The ticket of somebody who may vote, by one of the ballot's own verifiers. Writes nothing to the database."""
    verifier = next((each for each in verifiers_of(ballot) if each.key == proof), None)
    if verifier is None:
        raise Refused(Denied(_("Nobody can vote in this ballot in that way. Choose another."), status=422))
    return verifier.verify(ballot, claim, account=account, at=at)


def still_good(ticket: Ticket, ballot: Ballot) -> Decision:
    if ticket.ballot != ballot.pk or ticket.proof not in ballot.proofs or ticket.proof not in VERIFIERS:
        return Denied(_("This does not let you vote in this ballot. Start again."), status=409)
    return VERIFIERS[ticket.proof].still_good(ticket)


def pack(ticket: Ticket, *, at: datetime, visit: str = "") -> str:
    """The ticket for the voter's own page, readable by this site only, for two hours and in this visit."""
    until = (at + timedelta(hours=TICKET_HOURS)).isoformat()
    return seal(json.dumps({**asdict(ticket), "until": until, "visit": visit}))


def unpack(text: str, *, ballot: Ballot, at: datetime, visit: str = "") -> Ticket:
    """Raises Refused when it is not of this ballot and visit, or too old."""
    try:
        found = json.loads(unseal(text))
        until = datetime.fromisoformat(found.pop("until"))
        if found.pop("visit") != visit:
            raise ValueError
        ticket = Ticket(**found)
    except (ValueError, TypeError, KeyError):
        raise Refused(Denied(_("Start voting again from the ballot’s page."), status=422)) from None
    if ticket.ballot != ballot.pk:
        raise Refused(Denied(_("This does not let you vote in this ballot. Start again."), status=409))
    if at >= until:
        raise TooOld(
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
