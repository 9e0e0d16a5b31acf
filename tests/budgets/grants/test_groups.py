"""A group: registered by its founder, never taken over by a number, changed by one at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from budgets.actions import change_organisation
from budgets.grants.actions import (
    GroupFacts,
    accept_membership,
    add_signatory,
    change_group,
    change_role,
    claim_group,
    enter_bank,
    forget_member_invitations,
    invite_member,
    link_for,
    register_group,
    remove_member,
    remove_signatory,
    settle_claim,
)
from budgets.grants.actions.members import hash_of
from budgets.grants.enums import MemberRole, Status
from budgets.grants.models import Application, BankAccount, Claim, Invitation, Member, Profile
from budgets.grants.queries import membership_invitation
from budgets.models import Organisation
from budgets.permissions import may_change_organisation
from engage.accounts.actions import close_account, give_roles
from engage.accounts.models import Account
from engage.audit.models import Record
from engage.kit.decisions import Refused
from engage.residents.actions import leave
from engage.residents.models import Resident
from engage.residents.permissions import may_leave
from tests.budgets.grants.factories import NOW, a_group, an_application, with_role
from tests.factories import AccountFactory, AwardFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FACTS = GroupFacts(
    name="Friends of the Green", kind="group", about="We look after the green.", address="1 Green Lane"
)


@pytest.fixture
def lead():
    return AccountFactory()


@pytest.fixture
def officer():
    account = AccountFactory()
    give_roles(account=account, roles=["officer"], at=NOW)
    return type(account).objects.get(pk=account.pk)


def facts(**fields) -> GroupFacts:
    return replace(FACTS, **fields)


def no(verb, **given) -> object:
    with pytest.raises(Refused) as refused:
        verb(**given, at=NOW)
    return refused.value.denied


# --- registering and claiming ----------------------------------------------------------------------------


def test_the_founder_leads_the_new_group_and_takes_part_as_a_resident(lead) -> None:
    group = register_group(facts=facts(charity_number="sc 012345"), by=lead, at=NOW)
    assert group.identifier == "GB-SC-SC012345"
    assert Profile.objects.get(organisation=group).version == 1
    assert Member.objects.get(organisation=group).role == MemberRole.LEAD
    assert Resident.objects.filter(account=lead).exists()
    assert Record.objects.filter(event="GROUP_REGISTERED", actor_id=lead.pk).exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "gang"}, "kind"),
        ({"about": ""}, "about"),
        ({"address": "\u200b"}, "address"),
        ({"charity_number": "12"}, "charity_number"),
        ({"company_number": "12"}, "company_number"),
        ({"about": "a" * 1501}, "about"),
    ],
)
def test_what_is_missing_or_cannot_be_right_is_named(lead, change, field) -> None:
    assert no(register_group, facts=facts(**change), by=lead).field == field
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("typed", ["111 0767", "1110767", "1110 767 "])
def test_a_number_is_known_however_it_is_typed(lead, typed) -> None:
    OrganisationFactory(identifier="360G-OLD-7", charity_number="1110767")
    assert no(register_group, facts=facts(charity_number=typed), by=lead).field == "known"


@pytest.mark.parametrize(
    "known",
    [
        {"identifier": "GB-CHC-1110767"},
        {"identifier": "360G-OLD-7", "charity_number": "1110767"},
        {"identifier": "GB-COH-01234567"},
    ],
)
def test_typing_the_number_of_a_known_group_gives_nothing(lead, known) -> None:
    OrganisationFactory(**known)
    typed = facts(charity_number="1110767", company_number="1234567")
    assert no(register_group, facts=typed, by=lead).field == "known"
    assert not Member.objects.exists()


def test_a_claim_changes_nothing_until_an_officer_says_how_they_found_out(lead, officer) -> None:
    group = OrganisationFactory()
    claim = claim_group(organisation=group, role_there="Treasurer", by=lead, at=NOW)
    assert not Member.objects.exists()
    assert no(settle_claim, claim=claim, accepted=True, how=" ", by=officer).field == "how"
    settle_claim(claim=claim, accepted=True, how="Rang the number on the register.", by=officer, at=NOW)
    assert Member.objects.get().account == lead
    assert Member.objects.get().role == MemberRole.LEAD
    assert no(settle_claim, claim=claim, accepted=False, how="x", by=officer).status == 409


def test_a_claim_that_is_not_true_gives_nothing(lead, officer) -> None:
    claim = claim_group(organisation=OrganisationFactory(), role_there="Treasurer", by=lead, at=NOW)
    settle_claim(claim=claim, accepted=False, how="The chair does not know them.", by=officer, at=NOW)
    assert not Member.objects.exists()


def test_nobody_answers_their_own_claim_and_only_officers_answer(lead, officer) -> None:
    mine = claim_group(organisation=OrganisationFactory(), role_there="Chair", by=officer, at=NOW)
    assert no(settle_claim, claim=mine, accepted=True, how="I know", by=officer).status == 409
    assert no(settle_claim, claim=mine, accepted=True, how="I know", by=lead).status == 403


def test_an_officer_does_not_say_who_else_leads_their_own_group(lead, officer) -> None:
    group = a_group(officer)
    claim = claim_group(organisation=group, role_there="Treasurer", by=lead, at=NOW)
    for accepted in (True, False):
        denied = no(settle_claim, claim=claim, accepted=accepted, how="I know them", by=officer)
        assert (denied.status, "You act for this group" in str(denied.reason)) == (403, True)
    assert Claim.objects.get().settled_at is None


def test_a_claim_waits_once(lead) -> None:
    group = OrganisationFactory()
    claim_group(organisation=group, role_there="Chair", by=lead, at=NOW)
    assert no(claim_group, organisation=group, role_there="Chair", by=lead).status == 409
    assert Claim.objects.count() == 1


def test_nobody_asks_for_every_group_there_is(lead) -> None:
    for group in OrganisationFactory.create_batch(5):
        claim_group(organisation=group, role_there="Chair", by=lead, at=NOW)
    assert no(claim_group, organisation=OrganisationFactory(), role_there="Chair", by=lead).status == 409
    Claim.objects.filter(organisation=group).update(settled_at=NOW, how="Rang the chair.")
    claim_group(organisation=OrganisationFactory(), role_there="Chair", by=lead, at=NOW)


# --- changing --------------------------------------------------------------------------------------------


def test_the_second_of_two_who_change_at_once_is_told(lead) -> None:
    group = register_group(facts=FACTS, by=lead, at=NOW)
    change_group(organisation=group, facts=facts(about="First."), version=1, by=lead, at=NOW)
    denied = no(change_group, organisation=group, facts=facts(about="Second."), version=1, by=lead)
    assert (denied.status, denied.field) == (409, "version")
    assert Profile.objects.get().about == "First."


def test_a_group_cannot_take_the_number_of_another(lead) -> None:
    OrganisationFactory(identifier="GB-CHC-1110767")
    group = register_group(facts=FACTS, by=lead, at=NOW)
    typed = facts(charity_number="1110767")
    assert no(change_group, organisation=group, facts=typed, version=1, by=lead).status == 409


RENAMED = [{"name": "Quite new"}, {"charity_number": "1110767"}, {"company_number": "01234567"}]


@pytest.mark.parametrize("change", RENAMED)
@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.WITHDRAWN, Status.PAID])
def test_what_was_decided_keeps_its_name(lead, change, status) -> None:
    group = a_group(lead)
    an_application(status, organisation=group)
    before = facts(name=group.name, kind=group.kind)
    for other in (change, {**change, "about": "New words."}):
        renamed = replace(before, **other)
        assert no(change_group, organisation=group, facts=renamed, version=1, by=lead).status == 409
    said = replace(before, about="New words.")
    change_group(organisation=group, facts=said, version=1, by=lead, at=NOW)
    assert Profile.objects.get(organisation=group).about == "New words."


@pytest.mark.parametrize("change", RENAMED)
def test_a_group_that_has_asked_for_nothing_may_change_its_name(lead, change) -> None:
    group = register_group(facts=FACTS, by=lead, at=NOW)
    an_application(Status.DRAFT, organisation=group)
    change_group(organisation=group, facts=facts(**change), version=1, by=lead, at=NOW)
    ((name, value),) = change.items()
    assert getattr(Organisation.objects.get(), name) == value


def test_an_award_without_an_application_keeps_its_name_too(lead) -> None:
    group = a_group(lead)
    AwardFactory(organisation=group)
    assert no(change_group, organisation=group, facts=FACTS, version=1, by=lead).field == "name"


def test_an_officer_renames_a_group_that_is_not_their_own(lead, officer) -> None:
    assert may_change_organisation(officer, a_group(lead))
    assert not may_change_organisation(officer, a_group(officer))
    assert not may_change_organisation(lead, a_group())
    group = OrganisationFactory(name="Old name")
    change_organisation(organisation=group, name="New name", by=officer, at=NOW)
    assert Record.objects.get(event="ORGANISATION_CHANGED").data["was"] == {"name": "Old name"}


def test_a_helper_and_a_stranger_change_nothing(lead) -> None:
    group = a_group(lead)
    helper = AccountFactory()
    Member.objects.create(organisation=group, account=helper, joined_at=NOW)
    for who in (helper, AccountFactory()):
        assert no(change_group, organisation=group, facts=FACTS, version=1, by=who).status == 403
        bank = {"holder": "X", "sort_code": "200000", "number": "55779911"}
        assert no(enter_bank, organisation=group, by=who, **bank).status == 403
        someone = {
            "name": "A B",
            "role": "Chair",
            "email": "ab@example.org",
            "household": "9 Oak Road, TW1 2AC",
            "unrelated": True,
        }
        assert no(add_signatory, organisation=group, by=who, **someone).status == 403
        invited = {"email": "x@example.org", "role": MemberRole.HELPER}
        assert no(invite_member, organisation=group, by=who, **invited).status == 403


# --- who signs -------------------------------------------------------------------------------------------


TOM = {"name": "Tom Brook", "email": "tom@example.org", "household": "9 Oak Road, TW1 2AC"}


def sign(group, by, **fields):
    given = {
        "name": "Asha Verity",
        "role": "Chair",
        "email": "asha@example.org",
        "household": "4 Elm Street, TW1 2AB",
        "unrelated": True,
    }
    return add_signatory(organisation=group, by=by, at=NOW, **{**given, **fields})


def test_two_people_of_two_homes_sign(lead) -> None:
    group = register_group(facts=FACTS, by=lead, at=NOW)
    first = sign(group, lead)
    sign(group, lead, **TOM)
    remove_signatory(organisation=group, signatory_id=first.pk, by=lead, at=NOW)
    remove_signatory(organisation=group, signatory_id=first.pk, by=lead, at=NOW)
    assert [each.name for each in group.signatories.all()] == ["Tom Brook"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"household": "4 elm st, tw12ab"}, "household"),
        ({"household": "9 Oak Road"}, "household"),
        ({"email": "ASHA@example.org"}, "email"),
        ({"email": ""}, "email"),
        ({"unrelated": False}, "unrelated"),
        ({"name": "asha verity", "household": "1 Far Away, M1 1AA"}, "name"),
    ],
)
def test_two_of_one_family_do_not_both_sign(lead, change, field) -> None:
    group = register_group(facts=FACTS, by=lead, at=NOW)
    sign(group, lead)
    with pytest.raises(Refused) as refused:
        sign(group, lead, **{**TOM, **change})
    assert refused.value.denied.field == field


# --- bank details ----------------------------------------------------------------------------------------


def test_bank_details_are_sealed_and_only_their_end_is_in_the_open(lead) -> None:
    group = a_group(lead)
    entered = enter_bank(
        organisation=group, holder="Friends", sort_code="30-12-34", number="1234 5678", by=lead, at=NOW
    )
    assert entered.number_ends == "5678"
    assert entered.confirmed_at is None
    stored = str(list(BankAccount.objects.extra(select={"raw": "number || sort_code"}).values("raw")))
    assert "12345678" not in stored
    assert "301234" not in stored
    written = str(list(Record.objects.values()))
    assert "12345678" not in written
    assert "301234" not in written


def test_the_same_details_again_need_no_second_confirmation(lead) -> None:
    group = a_group(lead)
    before = BankAccount.objects.get()
    same = {"holder": before.holder, "sort_code": "20 00 00", "number": "55779911"}
    assert enter_bank(organisation=group, by=lead, at=NOW, **same) == before
    changed = enter_bank(organisation=group, by=lead, at=NOW, **{**same, "number": "55779912"})
    assert changed.confirmed_at is None


@pytest.mark.parametrize(
    ("change", "field"),
    [({"holder": ""}, "holder"), ({"sort_code": "12"}, "sort_code"), ({"number": "12"}, "number")],
)
def test_bank_details_that_cannot_be_right_are_refused(lead, change, field) -> None:
    given = {"holder": "Friends", "sort_code": "200000", "number": "55779911", **change}
    assert no(enter_bank, organisation=a_group(lead), by=lead, **given).field == field


def test_whoever_entered_bank_details_may_close_their_account(lead) -> None:
    a_group(lead)
    close_account(account=lead, at=NOW)
    assert BankAccount.objects.get().entered_by is None


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.CHECK, Status.AGREEMENT, Status.REPORT_DUE])
def test_whoever_alone_leads_a_group_with_a_grant_hands_it_over_before_they_leave(lead, status) -> None:
    group = a_group(lead, name="Friends of the Weir")
    an_application(status, organisation=group)
    Member.objects.create(organisation=group, account=AccountFactory(), joined_at=NOW)
    Resident.objects.create(account=lead)
    for verb in (close_account, leave):
        denied = no(verb, account=lead)
        assert denied.status == 409
        assert "Nobody else leads “Friends of the Weir”" in str(denied.reason)
    assert may_leave(lead).reason == denied.reason
    assert Account.objects.filter(pk=lead.pk).exists()
    other = group.members.get(role=MemberRole.HELPER)
    change_role(organisation=group, member_id=other.pk, role=MemberRole.LEAD, by=lead, at=NOW)
    leave(account=lead, at=NOW)
    assert not Account.objects.filter(pk=lead.pk).exists()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.DECLINED, Status.WITHDRAWN])
def test_a_group_that_owes_nothing_keeps_nobody(lead, status) -> None:
    an_application(status, lead=lead)
    leave(account=lead, at=NOW)
    assert not Account.objects.filter(pk=lead.pk).exists()


# --- members ---------------------------------------------------------------------------------------------


def test_a_colleague_joins_by_the_link_once(lead) -> None:
    group, kim = a_group(lead), AccountFactory()
    invitation = invite_member(
        organisation=group, email="Kim@example.org", role=MemberRole.LEAD, by=lead, at=NOW
    )
    token = link_for(invitation=invitation, at=NOW)
    assert token not in str(Invitation.objects.values())
    assert accept_membership(invitation=invitation, account=kim, at=NOW).role == MemberRole.LEAD
    assert not Invitation.objects.exists()
    assert no(accept_membership, invitation=invitation, account=AccountFactory()).status == 404


def test_an_invitation_ends(lead) -> None:
    group = a_group(lead)
    invitation = invite_member(
        organisation=group, email="kim@example.org", role=MemberRole.HELPER, by=lead, at=NOW
    )
    later = NOW + timedelta(days=Invitation.KEPT_DAYS + 1)
    with pytest.raises(Refused):
        accept_membership(invitation=invitation, account=AccountFactory(), at=later)
    assert forget_member_invitations(at=later) == 1


@pytest.mark.parametrize("gone", ["removed", "made a helper", "account closed"])
def test_who_leads_no_more_comes_back_by_no_invitation_of_their_own(lead, gone) -> None:
    """Neither the page behind the link nor the verb takes it."""
    group, other, mallory = a_group(lead), AccountFactory(), AccountFactory()
    theirs = Member.objects.create(organisation=group, account=mallory, role=MemberRole.LEAD, joined_at=NOW)
    invited = {"email": "second@example.org", "role": MemberRole.LEAD}
    invitation = invite_member(organisation=group, by=mallory, at=NOW, **invited)
    token = link_for(invitation=invitation, at=NOW)
    assert membership_invitation(hash_of(token), at=NOW) == invitation
    if gone == "removed":
        remove_member(organisation=group, member_id=theirs.pk, by=lead, at=NOW)
    elif gone == "made a helper":
        change_role(organisation=group, member_id=theirs.pk, role=MemberRole.HELPER, by=lead, at=NOW)
    else:
        close_account(account=mallory, at=NOW)
    assert membership_invitation(hash_of(token), at=NOW) is None
    assert no(accept_membership, invitation=invitation, account=other).status == 404
    assert not group.members.filter(account=other).exists()


def test_there_is_always_somebody_who_leads(lead) -> None:
    group = a_group(lead)
    me = group.members.get()
    assert no(remove_member, organisation=group, member_id=me.pk, by=lead).status == 409
    assert no(change_role, organisation=group, member_id=me.pk, role=MemberRole.HELPER, by=lead).status == 409
    kim = Member.objects.create(organisation=group, account=AccountFactory(), joined_at=NOW)
    change_role(organisation=group, member_id=kim.pk, role=MemberRole.LEAD, by=lead, at=NOW)
    remove_member(organisation=group, member_id=me.pk, by=lead, at=NOW)
    assert [each.pk for each in group.members.all()] == [kim.pk]


def test_a_helper_may_leave_and_remove_nobody(lead) -> None:
    group = a_group(lead)
    helper = Member.objects.create(organisation=group, account=AccountFactory(), joined_at=NOW)
    lead_there = group.members.get(account=lead)
    assert no(remove_member, organisation=group, member_id=lead_there.pk, by=helper.account).status == 403
    remove_member(organisation=group, member_id=helper.pk, by=helper.account, at=NOW)
    assert group.members.count() == 1


def test_an_administrator_deletes_nobody_whom_a_group_cannot_spare(client, lead) -> None:
    group = a_group(lead, name="Friends of the Weir")
    an_application(Status.PAID, organisation=group)
    Resident.objects.create(account=lead, name="Kim Findable")
    client.force_login(with_role("administrator"))
    alone, several = (
        reverse("wagtailusers_users:delete", args=[lead.pk]),
        reverse("wagtail_bulk_action", args=["accounts", "account", "delete"]) + f"?id={lead.pk}",
    )
    assert "Nobody else leads “Friends of the Weir”" in client.post(alone, follow=True).content.decode()
    answer = client.post(several)
    assert (answer.status_code, "Nobody else leads" in answer.content.decode()) == (409, True)
    assert Account.objects.filter(pk=lead.pk).exists()
    Application.objects.update(status=Status.CLOSED)
    assert client.post(several).status_code == 302
    assert not Account.objects.filter(pk=lead.pk).exists()
    assert Resident.objects.get(account=None).name == ""
