"""A scheme, a group that may apply, and applications at any point of the flow. Money is always in the journal."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from budgets.actions import commit_award, pay_award
from budgets.grants.actions import sign_agreement
from budgets.grants.enums import MemberRole, SpendKind, Status, Verdict
from budgets.grants.models import (
    Agreement,
    Application,
    Ask,
    BankAccount,
    Check,
    Cost,
    Expected,
    Member,
    Principle,
    Profile,
    Scheme,
    Signatory,
)
from budgets.models import Budget, Organisation
from engage.accounts.actions import give_roles
from engage.accounts.models import Account
from tests.factories import AccountFactory, BudgetFactory, CouncillorFactory, OrganisationFactory

NUMBERS = count(1)
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
COMMITTED = {Status.APPROVED, Status.AGREEMENT}
PAID = {Status.PAID, Status.REPORT_DUE, Status.REPORTED, Status.CLOSED, Status.RECOVERING}


class SchemeFactory(DjangoModelFactory):
    """2026–27: £10,000 a councillor, grants of £100 to £3,000, open from April to the end of December."""

    class Meta:
        model = Scheme
        django_get_or_create = ("year",)

    year = 2026
    title = "Locality grants"
    published_at = datetime(2026, 3, 1, tzinfo=UTC)
    allocation_pence = 10_000_00
    grant_min_pence = 100_00
    grant_max_pence = 3_000_00
    opens_on = date(2026, 4, 1)
    closes_on = date(2026, 12, 31)
    decide_by = date(2027, 2, 28)
    spend_by = date(2027, 3, 31)
    monitoring_months = factory.LazyFunction(lambda: [6, 12])


def a_group(lead: Account | None = None, **fields: Any) -> Organisation:
    """A group with a profile, a lead, two unrelated signatories and confirmed bank details."""
    group = OrganisationFactory(**fields)
    lead = lead or AccountFactory()
    Member.objects.create(organisation=group, account=lead, role=MemberRole.LEAD, joined_at=NOW)
    Profile.objects.create(organisation=group, about="We look after the green.", address="1 Green Lane")
    for n, name in enumerate(["Sam Sample", "Pat Pattern"]):
        Signatory.objects.create(
            organisation=group,
            name=name,
            role="Trustee",
            email=f"{name.split()[0].lower()}{group.pk}@example.org",
            household=f"{n + 1} Elm Row, TW1 2AB",
            unrelated=True,
        )
    BankAccount.objects.create(
        organisation=group,
        holder=group.name,
        sort_code="200000",
        number="55779911",
        number_ends="9911",
        entered_by=lead,
        entered_at=NOW,
        confirmed_by=AccountFactory(),
        confirmed_at=NOW,
    )
    return group


def with_address(account: Account, email: str) -> Account:
    """An address beside the account's own that was checked to be theirs."""
    EmailAddress.objects.update_or_create(user=account, email=email, defaults={"verified": True})
    return account


def signers_of(group: Organisation) -> list[Account]:
    """The accounts of the people who sign for it, made when they are missing."""
    found = []
    for each in group.signatories.all():
        account = Account.objects.filter(email=each.email).first() or AccountFactory(email=each.email)
        found.append(with_address(account, each.email))
    return found


def sign_by_both(application: Application) -> Agreement:
    """Each of the two signs from an account of their own."""
    first, second = signers_of(application.organisation)
    sign_agreement(application=application, by=first, at=NOW)
    return sign_agreement(application=application, by=second, at=NOW)


def a_councillors_budget(account: Account | None = None, **fields: Any) -> Budget:
    """£10,000 of a councillor with a login."""
    return BudgetFactory(councillor=CouncillorFactory(account=account or AccountFactory()), **fields)


def an_application(
    status: Status = Status.SUBMITTED,
    *,
    budgets: list[Budget] | None = None,
    amount_pence: int = 500_00,
    lead: Account | None = None,
    organisation: Organisation | None = None,
    **fields: Any,
) -> Application:
    """A complete application that asks each budget for the amount; from approval on with awards in the journal."""
    budgets = budgets or [a_councillors_budget()]
    scheme = fields.pop("scheme", None) or SchemeFactory()
    organisation = organisation or a_group(lead)
    member = organisation.members.first()
    sent = status != Status.DRAFT
    made = Application.objects.create(
        scheme=scheme,
        organisation=organisation,
        created_by=member.account if member else lead,
        status=status,
        **{
            "title": "Benches for the green",
            "summary": "Three benches where people can sit and talk.",
            "need": "Neighbours asked for them at our open day.",
            "last_resort": "The parks team has no money for benches this year.",
            "who_benefits": "Everybody who uses the green, older people first.",
            "place": budgets[0].place,
            "spend_kind": SpendKind.CAPITAL,
            "starts_on": date(2026, 9, 1),
            "ends_on": date(2026, 12, 1),
            "declared": sent,
            "created_at": NOW,
            "status_since": NOW,
            "submitted_at": NOW if sent else None,
            "reference": f"TEST-{next(NUMBERS)}" if sent else None,
            **fields,
        },
    )
    Cost.objects.create(application=made, what="Benches", amount_pence=amount_pence * len(budgets))
    Expected.objects.create(application=made, measure="benches in place", number=3)
    for budget in budgets:
        _ask(made, budget, amount_pence, status)
    return made


def _ask(application: Application, budget: Budget, amount_pence: int, status: Status) -> None:
    ask = Ask.objects.create(application=application, budget=budget, amount_pence=amount_pence)
    if status not in COMMITTED | PAID:
        return
    ask.award = commit_award(
        budget=budget,
        organisation=application.organisation,
        title=application.title,
        purpose=application.summary,
        amount_pence=amount_pence,
        decided_on=date(2026, 7, 1),
        by=None,
    )
    ask.save(update_fields=["award"])
    if status in PAID:
        pay_award(award=ask.award, amount_pence=amount_pence, on=date(2026, 8, 1), by=None)


def a_principle(scheme: Scheme, title: str = "Last resort") -> Principle:
    made, _new = Principle.objects.get_or_create(
        scheme=scheme,
        key=slugify(title),
        defaults={"title": title, "meaning": title, "question": f"{title}?"},
    )
    return made


def checked(application: Application, verdict: Verdict = Verdict.PASS) -> Application:
    """The officer's check of one principle, written down."""
    Check.objects.update_or_create(
        application=application,
        principle=a_principle(application.scheme),
        defaults={"verdict": verdict, "note": "Seen.", "checked_at": NOW, "checked_by": AccountFactory()},
    )
    return application


def with_role(role: str, account: Account | None = None) -> Account:
    account = account or AccountFactory()
    give_roles(account=account, roles=[role], at=NOW)
    return Account.objects.get(pk=account.pk)
