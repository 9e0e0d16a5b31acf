"""Nobody swaps who signs behind the officers' back: a second person confirms who is named after the group applied."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from budgets.grants.actions import (
    add_signatory,
    remove_signatory,
    settle_signatory,
    sign_agreement,
)
from budgets.grants.enums import MemberRole, Status
from budgets.grants.models import Agreement, Signatory
from budgets.grants.queries import payables, signers_of
from budgets.grants.tasks import ask_to_sign as mail_whoever_signs
from engage.kit.decisions import Refused
from tests.budgets.grants.factories import (
    NOW,
    a_group,
    an_application,
    sign_by_both,
    with_address,
    with_role,
)
from tests.factories import AccountFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EVE = {
    "name": "Eve Other",
    "role": "Chair",
    "email": "eve@example.org",
    "household": "77 Far Road, TW9 9ZZ",
    "unrelated": True,
}


def lead_of(group):
    return group.members.get(role=MemberRole.LEAD).account


def swapped(group) -> Signatory:
    """The lead takes the first of the two off the list and names somebody of their own."""
    remove_signatory(organisation=group, signatory_id=group.signatories.first().pk, by=lead_of(group), at=NOW)
    return add_signatory(organisation=group, by=lead_of(group), at=NOW, **EVE)


def settle(person, by=None, *, accepted=True, how="Rang the chair."):
    settle_signatory(signatory=person, accepted=accepted, how=how, by=by or with_role("officer"), at=NOW)


@pytest.fixture
def approved():
    return an_application(Status.APPROVED)


def test_before_the_group_applies_nobody_waits() -> None:
    group = a_group()
    assert not swapped(group).waits
    an_application(Status.DRAFT, organisation=group)
    an_application(Status.CLOSED, organisation=group)
    remove_signatory(organisation=group, signatory_id=group.signatories.last().pk, by=lead_of(group), at=NOW)
    assert not add_signatory(organisation=group, by=lead_of(group), at=NOW, **EVE).waits


def test_who_is_named_after_the_check_signs_when_a_second_person_has_confirmed_them(approved) -> None:
    group = approved.organisation
    eve = swapped(group)
    account = with_address(AccountFactory(email=eve.email), eve.email)
    with pytest.raises(Refused, match="asks the group first"):
        sign_agreement(application=approved, by=account, at=NOW)
    assert eve not in signers_of(approved, None)
    settle(eve)
    mail_whoever_signs(approved.pk)
    assert ["eve@example.org"] in [message.to for message in mail.outbox]
    assert sign_agreement(application=approved, by=account, at=NOW).first_name == "Eve Other"


def test_nothing_is_paid_while_somebody_waits(approved) -> None:
    sign_by_both(approved)
    eve = swapped(approved.organisation)
    assert "somebody new who signs" in payables(approved.asks.all())[0].decision.reason
    settle(eve, accepted=False)
    assert payables(approved.asks.all())[0].decision
    assert not Signatory.objects.filter(pk=eve.pk).exists()


def test_only_a_second_person_of_the_council_confirms(approved) -> None:
    eve = swapped(approved.organisation)
    near = with_role("officer", with_address(AccountFactory(), eve.email))
    for who in (lead_of(approved.organisation), AccountFactory(), near):
        with pytest.raises(Refused):
            settle(eve, who)
    with pytest.raises(Refused, match="Say how"):
        settle(eve, how=" ")
    settle(eve)
    with pytest.raises(Refused, match="answered this already"):
        settle(eve)


@pytest.mark.parametrize(
    "forged",
    [
        {"waits": False},
        {"waits": False, "confirmed_at": NOW},
        {"confirmed_at": NOW, "how": "x"},
    ],
)
def test_the_database_lets_nobody_stop_waiting_alone(approved, forged) -> None:
    eve = swapped(approved.organisation)
    if "confirmed_at" in forged and not forged.get("waits", True):
        forged = forged | {"confirmed_by": eve.named_by, "how": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Signatory.objects.filter(pk=eve.pk).update(**forged)


def test_the_database_refuses_a_swap_and_a_signature_of_who_waits(approved) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Signatory.objects.create(organisation=approved.organisation, **EVE)
    swapped(approved.organisation)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.create(
            application=approved, terms="x", first_name="Eve Other", first_at=NOW, first_by=AccountFactory()
        )


def test_the_desk_and_the_list_show_who_waits(client, approved) -> None:
    eve = swapped(approved.organisation)
    client.force_login(with_role("officer"))
    desk = client.get(reverse("staff_applications:inspect", args=[approved.pk])).content.decode()
    assert reverse("staff_signatories:edit", args=[eve.pk]) in desk
    assert "Named on" in desk
    page = reverse("staff_signatories:edit", args=[eve.pk])
    assert "eve@example.org" in client.get(page).content.decode()
    assert "Eve Other" in client.get(reverse("staff_signatories:index")).content.decode()
    client.post(page, {"answer": "yes", "how": "Rang the chair."})
    eve.refresh_from_db()
    assert (eve.waits, eve.how) == (False, "Rang the chair.")
