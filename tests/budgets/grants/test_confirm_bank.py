"""A second person compares bank details with a statement, or refuses them; a change stops payments until then."""

import pytest
from django.db import IntegrityError, transaction

from budgets.grants import actions
from budgets.grants.models import BankAccount, Member
from budgets.grants.queries import current_details, to_pay
from engage.audit.models import Record
from engage.kit.decisions import Refused
from tests.budgets.grants.factories import NOW, a_group, with_role
from tests.budgets.grants.paying import AT, new_details, signed
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
RIGHT = {"sort_code": "30-40-50", "number": "1234 5678", "how": "Bank statement of May 2026"}


def test_the_numbers_of_the_statement_confirm_the_details():
    group, officer = a_group(), with_role("officer")
    details = new_details(group)
    actions.confirm_bank(details=details, **RIGHT, by=officer, at=AT)
    now = current_details(group)
    assert (now.pk, now.confirmed_by, now.how) == (details.pk, officer, "Bank statement of May 2026")
    said = Record.objects.get(event="BANK_CONFIRMED")
    assert (said.subject_id, said.data) == (group.pk, {"account": details.pk})


@pytest.mark.parametrize(
    "wrong",
    [{"number": "12345679"}, {"sort_code": "304051"}, {"sort_code": "304051", "number": "12345679"}],
)
def test_other_numbers_confirm_nothing_and_do_not_say_which_differs(wrong):
    details = new_details(a_group())
    with pytest.raises(Refused, match="not the numbers that the group entered") as refused:
        actions.confirm_bank(details=details, **{**RIGHT, **wrong}, by=with_role("officer"), at=AT)
    assert (refused.value.denied.status, refused.value.denied.field) == (422, None)
    details.refresh_from_db()
    assert details.confirmed_at is None


@pytest.mark.parametrize(
    ("entered", "field"),
    [({"number": "123"}, "number"), ({"sort_code": "30405"}, "sort_code"), ({"how": " "}, "how")],
)
def test_what_is_no_number_is_said_beside_it(entered, field):
    with pytest.raises(Refused) as refused:
        actions.confirm_bank(
            details=new_details(a_group()), **{**RIGHT, **entered}, by=with_role("officer"), at=AT
        )
    assert refused.value.denied.field == field


def test_whoever_entered_them_cannot_confirm_them():
    officer = with_role("officer")
    details = new_details(a_group(), entered_by=officer)
    with pytest.raises(Refused, match="You entered these bank details"):
        actions.confirm_bank(details=details, **RIGHT, by=officer, at=AT)
    with pytest.raises(IntegrityError, match="bank_confirmed_by_another"), transaction.atomic():
        BankAccount.objects.filter(pk=details.pk).update(confirmed_by=officer, confirmed_at=AT)


def test_nor_can_an_officer_who_acts_for_the_group_nor_anybody_else():
    group, officer = a_group(), with_role("officer")
    details = new_details(group)
    Member.objects.create(organisation=group, account=officer, joined_at=NOW)
    with pytest.raises(Refused, match="You act for a group"):
        actions.confirm_bank(details=details, **RIGHT, by=officer, at=AT)
    for role in ("councillor", "auditor", "administrator", "resident"):
        with pytest.raises(Refused, match="Only grants officers confirm bank details"):
            actions.confirm_bank(details=details, **RIGHT, by=with_role(role), at=AT)


def test_details_are_dealt_with_once():
    details, officer = new_details(a_group()), with_role("officer")
    actions.confirm_bank(details=details, **RIGHT, by=officer, at=AT)
    with pytest.raises(Refused, match="dealt with already"):
        actions.refuse_bank(details=details, reason="Too late.", by=officer, at=AT)


def test_changed_details_stop_payments_until_they_are_confirmed():
    (application,) = signed()
    assert [each.ask.application for each in to_pay().ready] == [application]
    details = new_details(application.organisation)
    (waiting,) = to_pay().waiting
    assert "Its bank details are new" in waiting.decision.reason
    actions.confirm_bank(details=details, **RIGHT, by=with_role("officer"), at=AT)
    (ready,) = to_pay().ready
    assert ready.details == details


def test_refused_details_count_no_more_and_those_before_do_again():
    (application,) = signed()
    before = current_details(application.organisation)
    details = new_details(application.organisation)
    with pytest.raises(Refused, match="Say what is wrong"):
        actions.refuse_bank(details=details, reason="  ", by=with_role("officer"), at=AT)
    actions.refuse_bank(
        details=details, reason="The statement names somebody else.", by=with_role("officer"), at=AT
    )
    (ready,) = to_pay().ready
    assert ready.details == before
    with pytest.raises(IntegrityError, match="bank_refused_says_why"), transaction.atomic():
        BankAccount.objects.filter(pk=before.pk).update(
            confirmed_by=None, confirmed_at=None, refused_by=AccountFactory(), refused_at=AT
        )
