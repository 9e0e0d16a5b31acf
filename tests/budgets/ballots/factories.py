"""A ballot at any point of its way, made with the verbs. Invented people vote by an invented electoral roll."""

from datetime import UTC, datetime, timedelta
from typing import Any

from budgets.ballots import actions
from budgets.ballots.actions import Details, Line, PotDetails, ProjectDetails
from budgets.ballots.enums import Kind, Proof
from budgets.ballots.models import Ballot
from budgets.ballots.queries import Ticket, new_code, one_mailbox, verify
from budgets.ballots.rules.counting import rule_line
from budgets.models import Budget
from engage.accounts.actions import give_roles
from engage.accounts.models import Account
from engage.places.models import Place
from tests.factories import AccountFactory, BudgetFactory, OrganisationFactory, PlaceFactory

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
OPENS = NOW + timedelta(days=7)
VOTING = OPENS + timedelta(days=1)
CLOSES = OPENS + timedelta(days=14)
AFTER = CLOSES + timedelta(hours=1)
POSTCODE = "QX1 2AB"


def an_officer(role: str = "officer") -> Account:
    account = AccountFactory()
    give_roles(account=account, roles={role}, by=None, at=NOW)
    return account


def a_draft(
    *,
    by: Account,
    kind: Kind = Kind.APPROVAL,
    proofs: tuple[str, ...] = (Proof.ROLL,),
    choice: str = "most-votes",
    threshold: int = 0,
    pots: int = 1,
    electors: int = 20,
    place: Place | None = None,
    opens_at: datetime = OPENS,
    **details: Any,
) -> Ballot:
    """£1,000 in every pot (the first for the whole council) and projects P1 to P3 of £600, £500 and £400 in each."""
    council = place or Place.objects.filter(kind="council").first() or PlaceFactory(kind="council")
    ballot = actions.set_up_ballot(
        details=Details(
            title="Summer vote",
            place=council,
            proofs=list(proofs),
            kind=kind,
            rule=rule_line(choice, kind, threshold=threshold),
            opens_at=opens_at,
            closes_at=opens_at + (CLOSES - OPENS),
            **details,
        ),
        by=by,
        at=NOW,
    )
    for number in range(pots):
        where = council if not number else PlaceFactory(parent=council)
        pot = actions.add_pot(
            ballot=ballot,
            details=PotDetails(
                name=f"Pot {number}",
                key=f"pot-{number}",
                place=where,
                amount_pence=1_000_00,
                budget=Budget.objects.filter(place=where).first() or BudgetFactory(place=where),
            ),
            by=by,
            at=NOW,
        )
        for title, cost in (("Benches", 600_00), ("Lights", 500_00), ("Trees", 400_00)):
            actions.add_project(
                pot=pot,
                details=ProjectDetails(
                    title=f"{title} {number}",
                    cost_pence=cost,
                    place=where,
                    description=f"{title} for everybody.",
                    assessment="It can be done.",
                    organisation=OrganisationFactory(),
                ),
                by=by,
                at=NOW,
            )
    if electors:
        a_roll(ballot, electors, by=by)
    return ballot


def a_roll(ballot: Ballot, electors: int, *, by: Account, place: Place | None = None) -> None:
    lines = [Line(f"AB-{n}", "O’Sample", POSTCODE, place or ballot.place) for n in range(electors)]
    actions.load_electors(ballot=ballot, lines=lines, by=by, at=NOW)


def an_open_ballot(*, by: Account, opens_at: datetime = OPENS, **more: Any) -> Ballot:
    ballot = a_draft(by=by, opens_at=opens_at, **more)
    actions.open_ballot(ballot=ballot, by=by, at=opens_at - (OPENS - NOW))
    return ballot


def a_ticket(ballot: Ballot, number: int = 0, *, at: datetime = VOTING) -> Ticket:
    """Elector AB-0, AB-1 … by the roll."""
    claim = {"number": f"ab {number}", "last_name": "OSAMPLE", "postcode": "qx12ab"}
    return verify(ballot=ballot, proof=Proof.ROLL, claim=claim, at=at)


def an_emailed_claim(ballot: Ballot, address: str, place: Place | None = None) -> dict[str, str]:
    code = new_code(ballot=ballot, proof=Proof.EMAIL, subject=one_mailbox(address), at=VOTING)
    return {"code": code, "place": str((place or ballot.place).pk), "declares": "yes"}


def paper(*keys: str, pot: str = "pot-0") -> dict[str, Any]:
    return {"pots": {pot: list(keys)}}


def a_counted_ballot(*, by: Account, votes: list[tuple[str, ...]], **more: Any) -> Ballot:
    ballot = an_open_ballot(by=by, electors=len(votes) + 1, **more)
    for number, keys in enumerate(votes):
        actions.cast_ballot(ballot=ballot, ticket=a_ticket(ballot, number), document=paper(*keys), at=VOTING)
    actions.close_ballot(ballot=ballot, by=by, at=AFTER)
    actions.count_ballot(ballot=ballot, by=by, at=AFTER)
    return ballot
