"""A group that owes a report does not begin anew by registering again."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.grants.actions import decide_ask, enter_bank, register_group, waive_reports
from budgets.grants.enums import Answer, Status
from budgets.grants.models import Application, BankAccount, Report
from budgets.grants.queries import groups_like, overdue_reports
from budgets.grants.rules.likeness import Sign
from budgets.models import Award, Organisation
from engage.kit.decisions import Refused
from engage.notifications.models import News
from tests.budgets.grants.factories import NOW, a_group, an_application, checked, with_role
from tests.budgets.grants.test_groups import FACTS, facts
from tests.factories import AccountFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DUE = date(2026, 5, 1)


def own_bank(group: Organisation, number: str) -> Organisation:
    """Not the account that every group of the tests has."""
    for each in BankAccount.objects.filter(organisation=group):
        each.number = number
        each.save()
    return group


@pytest.fixture
def owing() -> Organisation:
    """A group with a report that is overdue."""
    group = own_bank(a_group(name="Friends of the Weir"), "11111111")
    application = an_application(Status.REPORT_DUE, organisation=group)
    Report.objects.create(application=application, due_on=DUE)
    return group


@pytest.fixture
def anew() -> Organisation:
    return own_bank(a_group(name="Harbour Knitters"), "22222222")


def signs(group: Organisation) -> list[Sign]:
    return [sign for each in groups_like(group) for sign in each.signs]


def liken(anew: Organisation, owing: Organisation, sign: Sign) -> None:
    if sign == Sign.NAME:
        anew.name = "The Friends of Weir Group"
        anew.save()
    elif sign == Sign.NUMBER:
        for group in (anew, owing):
            group.charity_number = "1110767"
            group.save()
    elif sign == Sign.BANK:
        own_bank(anew, "11111111")
    else:
        signer = anew.signatories.first()
        signer.email = owing.signatories.first().email.upper()
        signer.save()


def test_groups_with_nothing_in_common_are_two(anew, owing) -> None:
    assert groups_like(anew) == []
    assert overdue_reports(anew, on=NOW.date()) == []


@pytest.mark.parametrize("sign", Sign)
def test_each_sign_is_seen_and_stops_a_new_award(anew, owing, sign) -> None:
    liken(anew, owing, sign)
    assert signs(anew) == signs(owing) == [sign]
    made = checked(an_application(Status.CHECK, organisation=anew))
    given = {
        "ask": made.asks.get(),
        "answer": Answer.APPROVED,
        "amount_pence": 100_00,
        "reason": "Good.",
        "no_interest": True,
        "by": made.asks.get().budget.councillor.account,
        "at": NOW,
    }
    with pytest.raises(Refused, match="overdue"):
        decide_ask(**given)
    assert not Award.objects.filter(organisation=anew).exists()
    reason = "Another group, which only shares its treasurer."
    waive_reports(application=made, reason=reason, by=with_role("administrator"), at=NOW)
    decide_ask(**given)
    assert Application.objects.get(pk=made.pk).status == Status.APPROVED
    assert made.steps.get(status=Status.APPROVED).public_note.endswith(reason)


def test_an_account_sealed_with_an_older_key_is_known(anew, owing, settings) -> None:
    own_bank(anew, "11111111")
    older = settings.FIELD_KEYS
    settings.FIELD_KEYS = ["a new key of thirty-two characters", *older]
    own_bank(owing, "11111111")
    assert signs(anew) == signs(owing) == [Sign.BANK]


def test_the_desk_and_the_bank_desk_say_why(client, anew, owing) -> None:
    liken(anew, owing, Sign.BANK)
    made = an_application(Status.CHECK, organisation=anew)
    client.force_login(with_role("officer"))
    bank = BankAccount.objects.filter(organisation=anew).first()
    for name, number in (("applications", made.pk), ("bankaccounts", bank.pk)):
        page = client.get(reverse(f"staff_{name}:inspect", args=[number])).content.decode()
        assert "Friends of the Weir</a>: the same bank account" in page
    assert "the same bank account" in client.get(reverse("grants:group", args=[anew.pk])).content.decode()


def test_the_group_itself_does_not_learn_whose_account_is_like_its_own(client, anew, owing) -> None:
    liken(anew, owing, Sign.BANK)
    for officer in (False, True):
        member = anew.members.get().account
        client.force_login(with_role("officer", member) if officer else member)
        assert (
            "Friends of the Weir" not in client.get(reverse("grants:group", args=[anew.pk])).content.decode()
        )


def test_officers_hear_when_a_group_like_another_registers_or_enters_its_account(
    owing, django_capture_on_commit_callbacks
) -> None:
    with_role("officer")
    with django_capture_on_commit_callbacks(execute=True):
        made = register_group(facts=facts(name="Friends of Weir"), by=AccountFactory(), at=NOW)
    assert News.objects.filter(kind="group_alike").count() == 1
    other = OrganisationFactory(name="Quite different")
    lead = AccountFactory()
    other.members.create(account=lead, role="lead", joined_at=NOW)
    details = {"holder": "X", "sort_code": "200000", "number": "11111111"}
    with django_capture_on_commit_callbacks(execute=True):
        enter_bank(organisation=other, by=lead, at=NOW, **details)
        register_group(facts=FACTS, by=AccountFactory(), at=NOW)
    assert {each.topic_id for each in News.objects.filter(kind="group_alike")} == {made.pk, other.pk}
