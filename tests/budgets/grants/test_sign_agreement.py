"""Signing what was approved: by two of the group's people, each from an account of their own; the words are kept."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from budgets.grants.actions import ask_to_sign, sign_agreement, support_ask
from budgets.grants.enums import MemberRole, Status
from budgets.grants.models import Agreement, Application
from budgets.grants.permissions import may_check
from budgets.grants.tasks import ask_to_sign as mail_whoever_signs
from engage.kit.decisions import Refused
from tests.budgets.grants.factories import (
    NOW,
    an_application,
    sign_by_both,
    signers_of,
    with_address,
    with_role,
)
from tests.factories import AccountFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def approved() -> Application:
    return an_application(Status.APPROVED)


def lead_of(application: Application):
    return application.organisation.members.get(role=MemberRole.LEAD).account


def refused(application: Application, by) -> str:
    with pytest.raises(Refused) as found:
        sign_agreement(application=application, by=by, at=NOW)
    return str(found.value.denied.reason)


def test_two_sign_and_the_text_is_kept(approved) -> None:
    first, second = signers_of(approved.organisation)
    sign_agreement(application=approved, by=first, at=NOW)
    Application.objects.update(summary="Something else.")
    assert Application.objects.get().status == Status.APPROVED
    signed = sign_agreement(application=approved, by=second, at=NOW)
    assert "Three benches where people can sit and talk." in signed.terms
    assert "The council gives £500 from the budget of" in signed.terms
    assert (signed.first_name, signed.second_name) == ("Sam Sample", "Pat Pattern")
    assert (signed.first_by, signed.second_by, signed.signed_at) == (first, second, NOW)
    assert Application.objects.get().status == Status.AGREEMENT


def test_one_person_cannot_sign_twice(approved) -> None:
    first, _second = signers_of(approved.organisation)
    sign_agreement(application=approved, by=first, at=NOW)
    assert "You have signed" in refused(approved, first)


def test_one_account_with_both_addresses_signs_once(approved) -> None:
    sam, pat = approved.organisation.signatories.values_list("email", flat=True)
    both = with_address(with_address(AccountFactory(), sam), pat)
    sign_agreement(application=approved, by=both, at=NOW)
    assert "You have signed" in refused(approved, both)
    assert Agreement.objects.get().signed_at is None


def test_whoever_leads_the_group_does_not_sign_for_others(approved) -> None:
    assert "people who are named" in refused(approved, lead_of(approved))
    assert "people who are named" in refused(approved, AccountFactory())


def test_an_address_that_was_not_checked_signs_nothing(approved) -> None:
    email = approved.organisation.signatories.first().email
    claims = AccountFactory(email=email)
    claims.emailaddress_set.create(email=email, verified=False)
    assert "people who are named" in refused(approved, claims)


def test_somebody_who_signs_for_another_group_signs_nothing_here(approved) -> None:
    stranger = signers_of(an_application(Status.APPROVED).organisation)[0]
    assert "people who are named" in refused(approved, stranger)


@pytest.mark.parametrize("status", [Status.CHECK, Status.AGREEMENT, Status.DECLINED])
def test_nothing_else_is_signed(status) -> None:
    made = an_application(status)
    assert "cannot become" in refused(made, signers_of(made.organisation)[0])
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    "forged",
    [
        {"second_by": "first"},
        {"second_name": "Sam Sample"},
        {"second_name": ""},
        {"signed_at": None},
    ],
)
def test_the_database_refuses_two_signatures_of_one(approved, forged) -> None:
    signed = sign_by_both(approved)
    fields = {name: signed.first_by if value == "first" else value for name, value in forged.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.update(**fields)


def test_both_are_written_to_and_after_the_first_the_other(approved) -> None:
    sam, pat = approved.organisation.signatories.values_list("email", flat=True)
    mail_whoever_signs(approved.pk)
    assert [message.to for message in mail.outbox] == [[sam], [pat]]
    assert f"/grants/applications/{approved.pk}/agreement/" in mail.outbox[0].body
    mail.outbox.clear()
    sign_agreement(application=approved, by=signers_of(approved.organisation)[0], at=NOW)
    mail_whoever_signs(approved.pk)
    assert [message.to for message in mail.outbox] == [[pat]]
    mail.outbox.clear()
    sign_agreement(application=approved, by=signers_of(approved.organisation)[1], at=NOW)
    mail_whoever_signs(approved.pk)
    assert not mail.outbox


def test_only_who_leads_has_us_write_again(approved) -> None:
    ask_to_sign(application=approved, by=lead_of(approved), at=NOW)
    with pytest.raises(Refused, match="leads this group"):
        ask_to_sign(application=approved, by=signers_of(approved.organisation)[0], at=NOW)


def test_an_officer_who_signs_for_a_group_does_not_deal_with_it(approved) -> None:
    email = approved.organisation.signatories.first().email
    officer = with_role("officer", with_address(AccountFactory(), email))
    assert not may_check(officer, approved)
    assert may_check(with_role("officer"), approved)


def test_a_councillor_who_signs_for_a_group_does_not_support_it() -> None:
    made = an_application(Status.SUBMITTED)
    ask = made.asks.get()
    with_address(ask.budget.councillor.account, made.organisation.signatories.first().email)
    with pytest.raises(Refused, match="interest"):
        support_ask(ask=ask, by=ask.budget.councillor.account, at=NOW)
