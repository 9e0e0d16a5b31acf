"""What the tests of payments start from: three officers who may pay together, and runs at any point."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from budgets.grants import actions
from budgets.grants.enums import Status
from budgets.grants.models import Application, BankAccount, PaymentRun
from budgets.models import Award, Organisation
from engage.accounts.models import Account
from tests.budgets.grants.factories import an_application, with_role
from tests.factories import AccountFactory

AT = datetime(2026, 7, 10, 10, tzinfo=UTC)
TODAY = date(2026, 7, 10)


@dataclass(frozen=True)
class Team:
    maker: Account
    approver: Account
    payer: Account


def a_team() -> Team:
    return Team(*(with_role("officer") for _ in range(3)))


def awards_of(*applications: Application) -> list[Award]:
    return list(Award.objects.filter(ask__application__in=applications).order_by("pk"))


def signed(count: int = 1, **fields) -> list[Application]:
    return [an_application(Status.AGREEMENT, **fields) for _ in range(count)]


def made(team: Team, *applications: Application) -> PaymentRun:
    chosen = awards_of(*(applications or signed()))
    return actions.make_run(awards=chosen, by=team.maker, at=AT)


def seen(run: PaymentRun) -> actions.Seen:
    return actions.Seen(run.payments.count(), run.total_pence)


def approved(team: Team, *applications: Application) -> PaymentRun:
    run = made(team, *applications)
    return actions.approve_run(run=run, seen=seen(run), by=team.approver, at=AT)


def exported(team: Team, *applications: Application) -> PaymentRun:
    run = approved(team, *applications)
    actions.export_run(run=run, by=team.payer, at=AT)
    run.refresh_from_db()
    return run


def pay(run: PaymentRun, by: Account, on: date = TODAY) -> PaymentRun:
    return actions.pay_run(run=run, on=on, bank_reference="BACS 0710", by=by, at=AT)


def paid(team: Team, *applications: Application) -> PaymentRun:
    return pay(exported(team, *applications), team.payer)


def new_details(group: Organisation, at: datetime = AT, **fields) -> BankAccount:
    """The group says that its money goes elsewhere now; nobody has confirmed it."""
    return BankAccount.objects.create(
        **{
            "organisation": group,
            "holder": group.name,
            "sort_code": "304050",
            "number": "12345678",
            "number_ends": "5678",
            "entered_by": AccountFactory(),
            "entered_at": at,
            **fields,
        }
    )
