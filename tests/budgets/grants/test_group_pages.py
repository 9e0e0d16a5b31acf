"""The pages of a group: for its own people alone, and never with a bank number on them."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.grants.actions import claim_group, enter_bank, invite_member
from budgets.grants.enums import MemberRole, Status
from budgets.grants.models import BankAccount, Claim, Invitation, Member, Profile
from budgets.grants.tasks import invite
from budgets.models import Organisation
from engage.accounts.actions import give_roles
from engage.notifications.models import News
from engage.residents.models import Resident
from ideas.models import Idea
from tests.budgets.grants.factories import NOW, SchemeFactory, a_group, an_application
from tests.factories import AccountFactory, IdeaFactory, OrganisationFactory, ResidentFactory

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Friends of the Green",
    "kind": "group",
    "about": "We look after the green.",
    "address": "1 Green Lane",
}


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    cache.clear()
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def lead():
    return ResidentFactory().account


@pytest.fixture
def client(lead) -> Client:
    return as_(lead)


@pytest.fixture
def group(lead) -> Organisation:
    return a_group(lead)


def as_(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def url(group: Organisation, end: str = "") -> str:
    return f"/grants/groups/{group.pk}/{end}"


def officer():
    account = AccountFactory()
    give_roles(account=account, roles=["officer"], at=NOW)
    return account


def test_a_group_is_registered_and_its_page_says_what_is_next(client) -> None:
    assert "You act for no group yet" in client.get("/grants/groups/").content.decode()
    answer = client.post("/grants/groups/new/", TYPED)
    group = Organisation.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, url(group))
    page = client.get(url(group)).content.decode()
    assert "Name two people who sign" in page
    assert "Friends of the Green" in client.get("/grants/groups/").content.decode()


def test_what_is_wrong_stays_in_its_box(client) -> None:
    answer = client.post("/grants/groups/new/", {**TYPED, "charity_number": "12", "website": "no way"})
    assert answer.status_code == 422
    for words in ("no way", "We look after the green."):
        assert words in answer.content.decode()
    answer = client.post("/grants/groups/new/", {**TYPED, "charity_number": "12"})
    assert answer.status_code == 422
    assert "not how charity numbers are written" in answer.content.decode()


def test_a_known_group_is_asked_for_and_not_taken(client, lead) -> None:
    known = OrganisationFactory(name="Old Friends", identifier="GB-CHC-1110767")
    typed = {**TYPED, "charity_number": "1110767"}
    answer = client.post("/grants/groups/new/", typed)
    assert answer.status_code == 422
    assert "Are you of Old Friends?" in answer.content.decode()
    answer = client.post("/grants/groups/new/", {**typed, "claim": "yes", "role_there": "Treasurer"})
    assert answer.status_code == 303
    assert Claim.objects.get().organisation == known
    assert not Member.objects.exists()
    assert "Old Friends: you asked" in client.get("/grants/groups/").content.decode()
    assert client.get(url(known)).status_code == 404


@pytest.mark.slow
def test_an_officer_answers_a_claim_in_the_back_office(lead) -> None:
    claim = claim_group(organisation=OrganisationFactory(), role_there="Treasurer", by=lead, at=NOW)
    desk = as_(officer())
    page = reverse("staff_claims:edit", args=[claim.pk])
    assert "Treasurer" in desk.get(page).content.decode()
    assert desk.post(page, {"answer": "yes", "how": ""}).status_code == 200
    assert not Member.objects.exists()
    assert desk.post(page, {"answer": "yes", "how": "Rang the register’s number."}).status_code == 302
    assert Member.objects.get().account == lead


def test_both_texts_are_shown_when_two_change_the_details(client, group) -> None:
    typed = {**TYPED, "version": "1"}
    assert client.post(url(group, "change/"), {**typed, "about": "First."}).status_code == 303
    answer = client.post(url(group, "change/"), {**typed, "about": "Second."})
    assert answer.status_code == 409
    assert "First." in answer.content.decode()
    assert "Second." in answer.content.decode()
    newest = answer.context["form"].data["version"]
    client.post(url(group, "change/"), {**typed, "about": "Second.", "version": newest})
    assert Profile.objects.get(organisation=group).about == "Second."


def test_people_who_sign_are_added_and_their_homes_are_not_shown(client, group) -> None:
    typed = {
        "name": "Tom Brook",
        "role": "Chair",
        "household": "77 Hidden Row, TW1 2AB",
        "unrelated": "on",
        "email": "tom@example.org",
    }
    assert client.post(url(group, "signatories/"), typed).status_code == 303
    for page in ("", "signatories/"):
        shown = client.get(url(group, page)).content.decode()
        assert "Tom Brook" in shown
        assert "Hidden Row" not in shown
    answer = client.post(
        url(group, "signatories/"), {**typed, "name": "Ann Hill", "email": "ann@example.org"}
    )
    assert answer.status_code == 422
    assert "People who live together cannot both sign" in answer.content.decode()
    tom = group.signatories.get(name="Tom Brook")
    client.post(url(group, "signatories/"), {"remove": tom.pk})
    assert not group.signatories.filter(pk=tom.pk).exists()


def test_bank_numbers_are_on_no_page_not_even_when_they_are_wrong(client, group) -> None:
    typed = {"holder": "Friends", "sort_code": "301234", "number": "12345678"}
    wrong = client.post(url(group, "bank/"), {**typed, "sort_code": "301234x"})
    assert wrong.status_code == 422
    assert "Friends" in wrong.content.decode()
    assert client.post(url(group, "bank/"), typed).status_code == 303
    pages = [wrong, client.get(url(group)), client.get(url(group, "bank/"))]
    desk = as_(officer())
    pages += [desk.get(url(group)), desk.get(reverse("staff_bankaccounts:index"))]
    for page in pages:
        shown = page.content.decode()
        for number in ("301234", "12345678", "30-12-34", "1234 5678", "55779911"):
            assert number not in shown
    assert "ending in 5678" in pages[1].content.decode()
    assert "waiting to be confirmed" in pages[1].content.decode()


def test_a_failure_while_bank_details_are_entered_reports_no_number(client, group, monkeypatch) -> None:
    from django.views.debug import ExceptionReporter

    seen = []

    def fail(**given) -> None:
        raise RuntimeError("The database is away")

    monkeypatch.setattr("budgets.grants.actions.enter_bank", fail)
    typed = {"holder": "Friends", "sort_code": "301234", "number": "12345678"}
    client.raise_request_exception = False
    from django.core.signals import got_request_exception

    def look(sender, request, **kwargs) -> None:
        import sys

        seen.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_text())

    got_request_exception.connect(look)
    try:
        assert client.post(url(group, "bank/"), typed).status_code == 500
    finally:
        got_request_exception.disconnect(look)
    assert "The database is away" in seen[0]
    assert "12345678" not in seen[0]
    assert "301234" not in seen[0]


def test_a_colleague_is_invited_by_mail_and_joins_after_signing_in(client, group, lead) -> None:
    answer = client.post(url(group, "members/"), {"email": "kim@example.org", "role": "helper"})
    assert answer.status_code == 303
    invite()
    invite()
    assert [letter.to for letter in mail.outbox] == [["kim@example.org"]]
    (link,) = re.findall(r"https?://[^/]+(/grants/groups/join/\S+)", mail.outbox[0].body)
    assert Client().get(link).status_code == 302
    kim = AccountFactory()
    assert group.name in as_(kim).get(link).content.decode()
    assert not Member.objects.filter(account=kim).exists()
    assert as_(kim).post(link)["Location"] == url(group)
    assert Member.objects.get(account=kim).role == MemberRole.HELPER
    assert as_(AccountFactory()).post(link).status_code == 404


def test_an_invitation_can_be_taken_back(client, group, lead) -> None:
    asked = invite_member(organisation=group, email="kim@example.org", role="helper", by=lead, at=NOW)
    client.post(url(group, "members/"), {"take_back": asked.pk})
    assert not Invitation.objects.exists()


def test_people_are_made_leads_removed_and_leave(client, group) -> None:
    kim = Member.objects.create(organisation=group, account=AccountFactory(), joined_at=NOW)
    client.post(url(group, "members/"), {"lead": kim.pk})
    kim.refresh_from_db()
    assert kim.role == MemberRole.LEAD
    client.post(url(group, "members/"), {"remove": kim.pk})
    assert group.members.count() == 1
    answer = client.post(url(group, "leave/"))
    assert answer.status_code == 409
    assert "Nobody else leads this group" in answer.content.decode()
    for strange in ("x", "9" * 30, "-1", "٣"):
        assert client.post(url(group, "members/"), {"remove": strange}).status_code == 303
    assert group.members.count() == 1


@pytest.mark.slow
def test_no_page_of_a_group_is_there_for_others(group) -> None:
    other_lead = a_group(AccountFactory()).members.get().account
    for end in ("", "change/", "signatories/", "bank/", "members/", "leave/"):
        for who in (other_lead, AccountFactory()):
            for method in ("get", "post"):
                assert getattr(as_(who), method)(url(group, end)).status_code == 404, end
        assert Client().get(url(group, end)).url.startswith("/account/login/")
    helper = AccountFactory()
    Member.objects.create(organisation=group, account=helper, joined_at=NOW)
    assert as_(helper).get(url(group)).status_code == 200
    for end in ("change/", "signatories/", "bank/", "members/"):
        assert as_(helper).get(url(group, end)).status_code == 403
        assert as_(helper).post(url(group, end), {"remove": "1"}).status_code == 403
    assert as_(officer()).get(url(group)).status_code == 200
    assert as_(officer()).get(url(group, "bank/")).status_code == 403


def test_the_others_of_the_group_hear_of_new_bank_details(
    group, lead, django_capture_on_commit_callbacks
) -> None:
    kim = ResidentFactory()
    Member.objects.create(organisation=group, account=kim.account, joined_at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        enter_bank(organisation=group, holder="F", sort_code="301234", number="12345678", by=lead, at=NOW)
    told = News.objects.get(kind="group_bank_entered")
    assert kim.pk in told.also
    assert Resident.objects.get(account=lead).pk in told.but_not
    assert "12345678" not in str(list(News.objects.values()))


def test_the_account_and_the_idea_lead_there(client, group) -> None:
    SchemeFactory()
    idea = IdeaFactory()
    assert group.name in client.get("/account/").content.decode()
    assert f"/grants/apply/?idea={idea.pk}" in client.get(idea.get_absolute_url()).content.decode()
    Idea.objects.update(status="ballot")  # a vote decides about its money
    assert "/grants/apply/" not in client.get(idea.get_absolute_url()).content.decode()


@pytest.mark.slow
def test_a_groups_page_asks_the_same_however_much_it_holds(client, group, lead) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(group)).status_code == 200
        return len(queries)

    asked()
    before = asked()
    for number in range(30):
        Member.objects.create(organisation=group, account=AccountFactory(), joined_at=NOW)
        BankAccount.objects.create(
            organisation=group, holder="F", sort_code="1", number="2", number_ends="2", entered_at=NOW
        )
        group.signatories.create(
            name=f"P{number}", role="x", email=f"p{number}@example.org", household="y", waits=number > 0
        )
        an_application(organisation=group, lead=lead)
    assert asked() == before


def test_invitations_of_groups_have_a_limit_and_a_sentence_of_their_own(client, group) -> None:
    invited = {"email": "kim@example.org", "role": "helper"}
    answers = [client.post(url(group, "members/"), invited) for _ in range(7)]
    assert [each.status_code for each in answers] == [303] * 6 + [429]
    assert "many invitations in a short time" in answers[-1].content.decode()


def test_the_name_is_not_offered_once_the_group_has_applied(client, group) -> None:
    an_application(Status.SUBMITTED, organisation=group)
    form = client.get(url(group, "change/")).context["form"]
    assert form.fields["name"].disabled
    typed = {**form.initial, "name": "Another", "about": "New words.", "founded": ""}
    assert client.post(url(group, "change/"), typed).status_code == 303
    group.refresh_from_db()
    assert (group.name == "Another", group.profile.about) == (False, "New words.")
