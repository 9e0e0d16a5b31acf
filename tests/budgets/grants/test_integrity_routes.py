"""No address of the site tells an outsider what a group wrote, sent or entered: every route, every role, another group.

The routes are read from the URLconf, so that a new one is asked as soon as it exists.
"""

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from budgets.grants.enums import DocumentKind, FunderAnswer, Status
from budgets.grants.models import Application, Document, Funder, Invitation, Member, Message, Report
from budgets.grants.rules.applications import PAGES
from budgets.grants.staff import grants_group
from engage.accounts.models import Account
from engage.accounts.roles import ROLES
from tests.budgets.grants.factories import (
    NOW,
    a_councillors_budget,
    a_group,
    a_principle,
    an_application,
    signers_of,
    with_role,
)
from tests.budgets.grants.paying import a_team, made, new_details, signed
from tests.factories import AccountFactory, CouncillorFactory
from tests.house.site import Route, make_things, routes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SECRET = "Zwiebelkuchen"
# Not the sort code that help texts give as an example.
NUMBERS = ("55779911", "12345678", "30-40-50", "304050")
# What outsiders are: everybody whose role says nothing about grants, a member of another group, and whoever only signs.
OUTSIDE = (
    "resident",
    "representative",
    "moderator",
    "editor",
    "another councillor",
    "another group",
    "who signs",
)
SENDERS = ("another group", "a stranger")
INSIDE = ("a member", "a helper", "officer", "auditor", "administrator", "the councillor")


class Group:
    """A group with everything private that there is, each word of it marked; and who is inside and outside."""

    def __init__(self) -> None:
        self.member, self.councillor = AccountFactory(), with_role("councillor")
        self.organisation = a_group(self.member, name="Friends of the Weir")
        self.budget = a_councillors_budget(self.councillor)
        self.application = self.an_application(Status.CHECK)
        self.draft = self.an_application(Status.DRAFT)
        self.details = new_details(self.organisation)
        self._write_down()
        self.run = made(a_team(), *signed())
        self.report = Report.objects.create(application=self.application, due_on="2026-12-01")
        self.things = make_things()
        self.people = self._people()

    def an_application(self, status: Status) -> Application:
        return an_application(
            status,
            organisation=self.organisation,
            budgets=[self.budget],
            title=f"{SECRET} title",
            summary=f"{SECRET} summary",
            need=f"{SECRET} need",
            last_resort=f"{SECRET} last resort",
            who_benefits=f"{SECRET} people",
        )

    def _write_down(self) -> None:
        profile = self.organisation.profile
        profile.about, profile.address, profile.phone = f"{SECRET} about", f"{SECRET} Lane", f"{SECRET} 0100"
        profile.save()
        self.organisation.signatories.update(household=f"{SECRET} home", role=f"{SECRET} role")
        self.document = Document.objects.create(
            application=self.application,
            kind=DocumentKind.ACCOUNTS,
            file=ContentFile(f"{SECRET} accounts".encode(), name="accounts.txt"),
            name=f"{SECRET}.txt",
            content_type="text/plain",
            size=20,
            sha256="0" * 64,
            added_at=NOW,
        )
        self.message = Message.objects.create(application=self.application, body=f"{SECRET} message", at=NOW)
        Funder.objects.create(
            application=self.application, name=f"{SECRET} Trust", amount_pence=1, answer=FunderAnswer.ASKED
        )
        self.invitation = Invitation.objects.create(
            organisation=self.organisation, email=f"{SECRET}@example.org", token_hash="0" * 64, invited_at=NOW
        )

    def _people(self) -> dict[str, Account | None]:
        other = AccountFactory()
        a_group(other, name="Another group")
        helper = AccountFactory()
        Member.objects.create(organisation=self.organisation, account=helper, joined_at=NOW)
        people: dict[str, Account | None] = {role: with_role(role) for role in ROLES if role != "councillor"}
        another = with_role("councillor")
        CouncillorFactory(account=another)
        return people | {
            "a stranger": None,
            "a member": self.member,
            "a helper": helper,
            "another group": other,
            "who signs": signers_of(self.organisation)[0],
            "the councillor": self.councillor,
            "another councillor": another,
        }

    def all_paths(self) -> list[str]:
        """Every address, for the application that was sent and for the draft, and for every page of writing one."""
        return sorted(
            {
                self._path(route, application, page)
                for route in of_grants()
                for application in (self.application, self.draft)
                for page in (PAGES if "page" in route.arguments else PAGES[:1])
            }
        )

    def _path(self, route: Route, application: Application, page: str) -> str:
        ask = application.asks.get()
        values = self.things.values(route) | {
            "organisation_id": self.organisation.pk,
            "group_id": self.organisation.pk,
            "application_id": application.pk,
            "ask_id": ask.pk,
            "document_id": self.document.pk,
            "report_id": self.report.pk,
            "photo_id": 0,
            "photo": 0,
            "outcome": 0,
            "ask": ask.pk,
            "principle": a_principle(self.application.scheme).pk,
            "message_id": self.message.pk,
            "signatory_id": self.organisation.signatories.first().pk,
            "member_id": self.organisation.members.first().pk,
            "invitation_id": self.invitation.pk,
            "payment": self.run.payments.get().pk,
            "page": page,
            "pk": self._number(route.name, application),
        }
        try:
            return route.path({name: str(value) for name, value in values.items()})
        except KeyError as missing:
            pytest.fail(f"Say in this file how to fill {missing} of {route}")

    def state(self) -> list[object]:
        """What outsiders must not be able to change."""
        ours = self.organisation
        return [
            list(Application.objects.filter(organisation=ours).order_by("pk").values()),
            list(ours.members.order_by("pk").values()),
            list(ours.bank_accounts.order_by("pk").values_list("pk", "confirmed_at", "refused_at")),
            list(ours.signatories.order_by("pk").values()),
            list(Document.objects.order_by("pk").values_list("pk", flat=True)),
        ]

    def _number(self, name: str, application: Application) -> int:
        """What `pk` means in a list of the back office."""
        by_list = {
            "staff_bankaccounts": self.details.pk,
            "staff_paymentruns": self.run.pk,
            "staff_organisations": self.organisation.pk,
            "staff_reports": self.report.pk,
            "staff_budgets": self.budget.pk,
        }
        return by_list.get(name.split(":")[0], application.pk)


def of_grants() -> list[Route]:
    """The pages of groups and grants, and their lists in the back office."""
    lists = {each.url_namespace for each in grants_group.items} | {"staff_organisations"}
    return [route for route in routes() if route.name.split(":")[0] in {"grants", *lists}]


@pytest.fixture
def group(settings, tmp_path) -> Group:
    settings.STAFF_MFA = False
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path}},
    }
    return Group()


def said(client: Client, path: str, method: str = "get") -> str:
    answer = getattr(client, method)(path)
    assert answer.status_code < 500, f"{path}: {answer.status_code}"
    return answer.getvalue().decode("utf-8", errors="replace") + str(dict(answer.headers))


def signed_in(account: Account | None) -> Client:
    client = Client()
    if account is not None:
        client.force_login(account)
    return client


def test_an_outsider_learns_and_changes_nothing_by_any_address(group, subtests):
    """Neither by asking nor, as the nearest and the farthest of them try, by sending something."""
    before, paths = group.state(), group.all_paths()
    for who in [*OUTSIDE, "a stranger"]:
        client = signed_in(group.people[who])
        with subtests.test(msg=who):
            for path in paths:
                for method in ("get", "post") if who in SENDERS else ("get",):
                    page = said(client, path, method)
                    assert [found for found in (SECRET, *NUMBERS) if found in page] == [], f"{method} {path}"
    assert group.state() == before


def test_insiders_read_it_but_nobody_a_number_of_a_bank_account(group, subtests):
    """Not the group itself, not officers; the bank file is for the third person of an approved run alone."""
    paths = group.all_paths()
    for who in INSIDE:
        client = signed_in(group.people[who])
        with subtests.test(msg=who):
            pages = {path: said(client, path) for path in paths}
            assert [path for path, page in pages.items() if SECRET in page], (
                "or the test above could not fail"
            )
            assert [path for path, page in pages.items() if any(number in page for number in NUMBERS)] == []
