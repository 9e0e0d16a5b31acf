"""The ways to show that one may vote which this product comes with: roll, code, email, phone, identity and account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from budgets.ballots.enums import Proof
from budgets.ballots.models import Ballot, Code, Elector
from budgets.ballots.queries.ballots import whole_sheet
from budgets.ballots.queries.identity import identity_of, identity_provider
from budgets.ballots.queries.sent import sent_code, use_up
from budgets.ballots.queries.verify import VERIFIERS, Ask, Ticket, register, secret_of
from budgets.ballots.rules.marks import mark, person, plain, typed
from budgets.ballots.rules.sheet import require_pots
from engage.accounts.models import Account
from engage.kit import texts
from engage.kit.decisions import Allowed, Decision, Denied, Refused, Words
from engage.places.models import Place

WHERE = Ask("place", gettext_lazy("Where you live"), "place")
WORD = Ask("declares", gettext_lazy("I live in %(place)s and I am %(age)d or older"), "tick")


class ByRoll:
    """The electoral roll: elector number, last name and postcode, as on the poll card; case, accents, spaces and
    punctuation do not matter. All three must match the same line.
    """

    key = Proof.ROLL.value
    label = Proof.ROLL.label
    needs = ""
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
    """A code from a letter, or given out in a hall.

    One made for an elector counts as that elector, and the roll says where they live and how old they are. One of its
    own says where its holder lives, if it was made for a place; the rest is the holder's word, online and with help.
    """

    key = Proof.CODE.value
    label = Proof.CODE.label
    needs = ""
    asks = (Ask("code", gettext_lazy("Your code")), WHERE, WORD)

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
        if elector is not None:
            _require_old_enough(elector.votes_from, at)
            place = elector.place_id
        else:
            place = code.place_id or place_within(ballot, claim.get("place", ""))
            _require_declared(claim)
        return Ticket(
            ballot.pk,
            self.key,
            person=code.person,
            voter=mark(secret, "voter", self.key, text),
            place=place,
            credential=code.digest,
        )

    def still_good(self, ticket: Ticket) -> Decision:
        """Held until the vote is written, so that a code revoked at this moment is either before or after it.

        The code alone: its order joins the ballot, which others who vote share at this moment.
        """
        code = (
            Code.objects.select_for_update(of=("self",), no_key=True)
            .filter(ballot=ticket.ballot, digest=ticket.credential)
            .first()
        )
        return Denied(_revoked(), status=409) if code is None or code.revoked_at else Allowed()


@dataclass(frozen=True)
class BySentCode:
    """A code sent to somebody's mailbox or telephone, and their word on where they live and how old they are."""

    key: str
    label: Words
    asks: tuple[Ask, ...]

    @property
    def needs(self) -> str:
        if self.key == Proof.PHONE and not texts.are_sent():
            return _("This site cannot send text messages yet. Ask the operator to set up SMS_BACKEND.")
        return ""

    def verify(
        self, ballot: Ballot, claim: Mapping[str, str], *, account: Account | None, at: datetime
    ) -> Ticket:
        sent = sent_code(ballot=ballot, proof=self.key, code=claim.get("code", ""), at=at)
        place = place_within(ballot, claim.get("place", ""))
        _require_declared(claim)
        use_up(sent.key, visit=claim.get("visit", ""), field="code")
        return Ticket(ballot.pk, self.key, person=sent.person, voter=sent.voter, place=place)

    def still_good(self, ticket: Ticket) -> Decision:
        return Allowed()


class ByIdentity:
    """An identity that the site's OpenID provider vouches for: issuer and subject, never an account here.

    A date of birth among its claims decides the age; where they live, and without it the age, is the voter's word.
    """

    key = Proof.OPENID.value
    label = Proof.OPENID.label
    asks = (Ask("identity", gettext_lazy("Your identity"), "brought"), WHERE, WORD)

    @property
    def needs(self) -> str:
        if identity_provider() is None:
            return _("This site has no identity provider yet. Ask the operator to set up OIDC_ISSUER.")
        return ""

    def verify(
        self, ballot: Ballot, claim: Mapping[str, str], *, account: Account | None, at: datetime
    ) -> Ticket:
        found = identity_of(claim.get("identity", ""), ballot=ballot, at=at)
        _require_old_enough(found.old_enough_from, at)
        place = place_within(ballot, claim.get("place", ""))
        _require_declared(claim)
        use_up(found.key, visit=claim.get("visit", ""), field="identity")
        return Ticket(ballot.pk, self.key, person=found.person, voter=found.voter, place=place)

    def still_good(self, ticket: Ticket) -> Decision:
        return Allowed()


class ByAccount:
    """An account here, and its owner's word on where they live and how old they are."""

    key = Proof.ACCOUNT.value
    label = Proof.ACCOUNT.label
    needs = ""
    asks = (WHERE, WORD)

    def verify(
        self, ballot: Ballot, claim: Mapping[str, str], *, account: Account | None, at: datetime
    ) -> Ticket:
        if account is None or not account.is_authenticated:
            raise Refused(Denied(_("Sign in to vote in this ballot."), status=403))
        secret = secret_of(ballot)
        place = place_within(ballot, claim.get("place", ""))
        _require_declared(claim)
        subject = str(account.pk)
        return Ticket(
            ballot.pk,
            self.key,
            person=person(secret, self.key, subject),
            voter=mark(secret, "voter", self.key, subject),
            place=place,
        )

    def still_good(self, ticket: Ticket) -> Decision:
        return Allowed()


for _each in (
    ByRoll(),
    ByCode(),
    BySentCode(
        Proof.EMAIL.value,
        Proof.EMAIL.label,
        (Ask("code", gettext_lazy("The code from the email")), WHERE, WORD),
    ),
    BySentCode(
        Proof.PHONE.value,
        Proof.PHONE.label,
        (Ask("code", gettext_lazy("The code from the text message")), WHERE, WORD),
    ),
    ByIdentity(),
    ByAccount(),
):
    register(_each)


@sensitive_variables()
def ticket_for_paper(
    *,
    ballot: Ballot,
    number: str = "",
    last_name: str = "",
    postcode: str = "",
    code: str = "",
    place: Place | None = None,
    signed: bool = False,
    at: datetime,
) -> Ticket:
    """Whose envelope this is, by its cover: what the roll asks online too, or the code. It leads to no vote: `voter` is
    empty.

    `place` is what the cover says, for a code that was made for no place. On the cover of a code that is no elector's
    the voter has `signed` that they live there and are old enough; without that the envelope stays shut.
    """
    if code:
        where = str(place.pk if place else ballot.place_id)
        claim = {"code": code, "place": where, "declares": "yes" if signed else ""}
        try:
            return replace(VERIFIERS[Proof.CODE].verify(ballot, claim, account=None, at=at), voter="")
        except Refused as refused:
            if refused.denied.field != "declares":
                raise
            raise Refused(
                Denied(
                    _(
                        "This code is no elector’s. It counts only where the voter signed on the cover that they live"
                        " in the place of this batch and are old enough. Without that the envelope stays shut."
                    ),
                    status=422,
                    field="signed",
                )
            ) from None
    claim = {"number": number, "last_name": last_name, "postcode": postcode}
    try:
        return replace(VERIFIERS[Proof.ROLL].verify(ballot, claim, account=None, at=at), voter="")
    except Refused as refused:
        if refused.denied.field != "number":
            raise
        raise Refused(
            Denied(
                _(
                    "No line of the roll has this elector number, last name and postcode. Check them against the cover."
                    " If they are as it says, the envelope stays shut."
                ),
                status=422,
                field="number",
            )
        ) from None


# --- steps ------------------------------------------------------------------------------------------------


def elector_person(secret: str, number: str) -> str:
    return person(secret, Proof.ROLL, plain(number))


def elector_match(secret: str, number: str, last_name: str, postcode: str) -> str:
    return mark(secret, "elector", plain(number), plain(last_name), plain(postcode))


def one_mailbox(address: str) -> str:
    """What follows a plus sign, and at Google a dot, leads to the same mailbox."""
    name, _at, host = address.strip().casefold().rpartition("@")
    name = name.partition("+")[0]
    if host in {"gmail.com", "googlemail.com"}:
        name, host = name.replace(".", ""), "gmail.com"
    return f"{name}@{host}"


def place_within(ballot: Ballot, claimed: str) -> int:
    """The place somebody says they live in, if it was one of this ballot's when it was opened."""
    place = int(claimed) if claimed.isdecimal() and len(claimed) < 19 else 0
    sheet = whole_sheet(ballot)
    if not sheet.has_place(place):
        raise Refused(
            Denied(
                _("Say where you live, in %(place)s.") % {"place": ballot.place.name},
                status=422,
                field="place",
            )
        )
    require_pots(sheet.for_place(place))
    return place


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
